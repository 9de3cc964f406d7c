"""What tells this computer from another, so that a profile that was copied is known for a copy."""

from __future__ import annotations

import sys
import uuid
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def this_computer() -> str:
    """Give a fingerprint of this computer that says nothing of it; "" where the system has no lasting name for it."""
    name = _lasting_name()
    return blake2b(name.encode(), digest_size=16, person=b"disf-computer").hexdigest() if name else ""


def _lasting_name() -> str:
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return ""
    if sys.platform == "darwin":
        node = uuid.getnode()
        # Where there is no address of the hardware, a number is made up anew each time, with this bit set.
        return "" if node >> 40 & 1 else str(node)
    for path in _LINUX:
        with suppress(OSError):
            if name := path.read_text(encoding="ascii", errors="replace").strip():
                return name
    return ""
