"""Canonical values as the JSON text that the ledger keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from disf_desktop.core.operations import ABSENT, BaseValue
from disf_desktop.core.refusals import Bad, Refusal
from disf_desktop.core.values import Value

_BAD: Final = "\u0000bad"
"""The name under which a refusal's code stands; no code says that there is no value at all (ABSENT)."""
_BAD_PACKED: Final = orjson.dumps(_BAD).decode()


def _default(value: object) -> Any:
    if isinstance(value, Refusal):
        return {_BAD: value.code}
    if value is ABSENT:
        return {_BAD: None}
    raise TypeError(type(value).__name__)


def pack(values: Sequence[Value | Bad] | Sequence[BaseValue]) -> str:
    """Pack canonical values as a JSON array, in their order."""
    return orjson.dumps(values, default=_default, option=orjson.OPT_PASSTHROUGH_DATACLASS).decode()


def unpack(text: str) -> tuple[Any, ...]:
    """Undo `pack`; several choices come back as a tuple, an unreadable value as its `Refusal`."""
    values = orjson.loads(text)
    if _BAD_PACKED in text:
        return tuple([_revive(v) for v in values])
    if text.find("[", 1) > 0:
        return tuple([tuple(v) if type(v) is list else v for v in values])
    return tuple(values)


def _revive(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        code = value[_BAD]
        return ABSENT if code is None else Refusal(code)
    return value


def pack_map(values: Mapping[str, Value]) -> str:
    """Pack canonical values by name."""
    return orjson.dumps(values).decode()


def unpack_map(text: str | None) -> dict[str, Value]:
    """Undo `pack_map`; nothing gives no values."""
    if text is None:
        return {}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in orjson.loads(text).items()}


def pack_value(value: Value) -> str:
    """Pack one canonical value."""
    return orjson.dumps(value).decode()


def unpack_value(text: str) -> Value:
    """Undo `pack_value`."""
    value = orjson.loads(text)
    return tuple(value) if isinstance(value, list) else value


def pack_list(values: Sequence[str] | Sequence[int]) -> str:
    """Pack what a query takes through `json_each`."""
    return orjson.dumps(values).decode()
