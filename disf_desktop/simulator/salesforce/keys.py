"""The keys of an org: the one it signs with, and that of the application that comes in by signed assertions.

Cryptography is brought when a key is first needed: most programs never ask for one, and it is a fifth of the start.
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import rsa

ALGORITHM = "RS256"
BITS = 2048


class Keys:
    """Private keys in the folder of the org; each is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def client_file(self) -> Path:
        """The private key of the application, in a file for its programs; made where there is none."""
        path = self._folder / "jwt-key.pem"
        if not path.exists():
            self._make(path)
        return path

    @cached_property
    def client(self) -> rsa.RSAPublicKey:
        """The certificate that the application has registered, as it were."""
        return _read(self.client_file).public_key()

    @cached_property
    def _own(self) -> rsa.RSAPrivateKey:
        path = self._folder / "signing-key.pem"
        if not path.exists():
            self._make(path)
        return _read(path)

    def signed(self, claims: dict[str, Any]) -> str:
        """Return a token signed by the org."""
        import jwt

        return jwt.encode(claims, self._own, ALGORITHM, headers={"kid": self.published()["kid"]})

    def published(self) -> dict[str, str]:
        """Return the public key of the org as a JSON Web Key."""
        numbers = self._own.public_key().public_numbers()
        modulus, exponent = (_base64(number) for number in (numbers.n, numbers.e))
        kid = hashlib.sha256(modulus.encode()).hexdigest()[:8]
        return {"alg": ALGORITHM, "e": exponent, "kid": kid, "kty": "RSA", "n": modulus, "use": "sig"}

    @staticmethod
    def _make(path: Path) -> None:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        content = rsa.generate_private_key(public_exponent=65_537, key_size=BITS).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)


def _read(path: Path) -> rsa.RSAPrivateKey:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(found, rsa.RSAPrivateKey)
    return found


def _base64(number: int) -> str:
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
