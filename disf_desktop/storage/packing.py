"""Canonical values as the JSON text that the ledger keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.values import Value

_BAD: Final = "\u0000bad"
_BAD_PACKED: Final = orjson.dumps(_BAD).decode()
_PACKED_OTHERWISE: Final = frozenset({list, dict})


def _default(value: object) -> Any:
    if isinstance(value, Refusal):
        return {_BAD: value.code}
    raise TypeError(type(value).__name__)


def pack(values: Sequence[Value | Bad]) -> str:
    """Pack canonical values as a JSON array, in their order."""
    return orjson.dumps(values, default=_default, option=orjson.OPT_PASSTHROUGH_DATACLASS).decode()


def unpack(text: str) -> tuple[Any, ...]:
    """Undo `pack`; several choices come back as a tuple, an unreadable value as its `Refusal`."""
    values = orjson.loads(text)
    if "[" in text[1:] or _BAD_PACKED in text:
        return tuple([_revive(v) if type(v) in _PACKED_OTHERWISE else v for v in values])
    return tuple(values)


def _revive(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return Refusal(value[_BAD])
    return value


def pack_map(values: Mapping[str, Value]) -> str:
    """Pack canonical values by name."""
    return orjson.dumps(values).decode()


def unpack_map(text: str | None) -> dict[str, Value]:
    """Undo `pack_map`; nothing gives no values."""
    if text is None:
        return {}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in orjson.loads(text).items()}
