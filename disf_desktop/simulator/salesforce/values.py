"""What a saved value becomes, field by field, and why it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache, partial
from typing import Any

from disf_desktop.simulator.salesforce.describe import Field
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.stamps import parse_date, parse_stamp, stamp

# One @, a dotted domain, none of the characters that Salesforce refuses, no dot at the edges of the local part.
EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*/=?^_+`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*/=?^_+`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}"
)
Save = Callable[[Any], Any]
WORDS = {"int": "int", "boolean": "boolean", "date": "date", "datetime": "datetime"}
WORDS |= dict.fromkeys(("double", "currency", "percent"), "double")


class BadType(Exception):
    """A value that its field cannot read: a broken request in JSON, a refused record in a CSV."""

    def __init__(self, field: Field, value: object) -> None:
        super().__init__(field.name)
        self.field = field
        self.value = value

    def as_json(self) -> str:
        """Return the message of JSON_PARSER_ERROR."""
        word = WORDS.get(self.field.type, "string")
        return (
            f"Cannot deserialize instance of {word} from {_token(self.value)} value {_shown(self.value)}"
            " or request may be missing a required field at [line:1, column:2]"
        )

    def as_record(self) -> RecordError:
        """Return the refusal of one record of a CSV."""
        message = f"{self.field.label}: value not of required type: {_shown(self.value)}"
        return RecordError("INVALID_TYPE_ON_FIELD_IN_RECORD", message, [self.field.name])


def _token(value: object) -> str:
    if isinstance(value, bool):
        return "VALUE_TRUE" if value else "VALUE_FALSE"
    kinds = {str: "VALUE_STRING", int: "VALUE_NUMBER_INT", float: "VALUE_NUMBER_FLOAT", dict: "START_OBJECT"}
    return kinds.get(type(value), "START_ARRAY")


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def saved(field: Field, value: Any) -> Any:
    """Return the stored form of a value (None for an empty one); raise RecordError or BadType."""
    return saver(field)(value)


@lru_cache(8192)
def saver(field: Field) -> Save:
    """Return the function that gives the stored form of a value of this field, or raises as `saved` does."""
    make: Callable[[Field], Save] = _MAKERS.get(field.type, _text_saver)
    save = make(field)
    if make in (_text_saver, _picklist_saver):
        return save
    empty = int(bool(field["defaultValue"])) if field.type == "boolean" else None

    def save_unless_empty(value: Any) -> Any:
        return empty if value is None or value == "" else save(value)

    return save_unless_empty


def _plain(save: Callable[[Field, Any], Any]) -> Callable[[Field], Save]:
    return lambda field: partial(save, field)


def _text_saver(field: Field) -> Save:
    longest = int(field["length"])

    def save(value: Any) -> str | None:
        if type(value) is not str:
            if value is None:
                return None
            raise BadType(field, value)
        text = value.strip()
        return _text(field, text) if len(text) > longest else text or None

    return save


def _boolean_saver(field: Field) -> Save:
    known = {True: 1, False: 0, "true": 1, "false": 0}

    def save(value: Any) -> int:
        try:
            return known[value]
        except (KeyError, TypeError):
            return _boolean(field, value)

    return save


def _number_saver(field: Field) -> Save:
    """Round to as many decimals as the field has, a half away from zero."""
    unit, limit = Decimal(1).scaleb(-field["scale"]), Decimal(10) ** (field["precision"] - field["scale"])

    def save(value: Any) -> float:
        number = _decimal(field, value)
        rounded = number.quantize(unit, ROUND_HALF_UP) if number.adjusted() < 30 else number
        if abs(rounded) >= limit:
            raise _outside(field, value)
        return float(rounded)

    return save


def _date_saver(field: Field) -> Save:
    def save(value: Any) -> str:
        found = parse_date(value.strip()) if isinstance(value, str) else None
        if found is None:
            raise BadType(field, value)
        return found.isoformat()

    return save


def _picklist_saver(field: Field) -> Save:
    spelt = {each["value"]: str(each["value"]) for each in reversed(field["picklistValues"]) if each["active"]}

    def save(value: Any) -> str | None:
        if type(value) is str and value in spelt:
            return spelt[value]
        return None if value is None or value == "" else _picklist(field, value)

    return save


def _text(field: Field, value: Any) -> str | None:
    if not isinstance(value, str):
        raise BadType(field, value)
    text = value.strip()
    if len(text) > field["length"]:
        shown = text if len(text) <= 255 else text[:255]
        message = f"{field.label}: data value too large: {shown} (max length={field['length']})"
        raise RecordError("STRING_TOO_LONG", message, [field.name])
    return text or None


def _email(field: Field, value: Any) -> str | None:
    text = _text(field, value)
    if text and not EMAIL.fullmatch(text):
        message = f"{field.label}: invalid email address: {text}"
        raise RecordError("INVALID_EMAIL_ADDRESS", message, [field.name])
    return text.lower() if text else None


def _boolean(field: Field, value: Any) -> int:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.strip().lower() in ("true", "false", "1", "0"):
        return int(value.strip().lower() in ("true", "1"))
    raise BadType(field, value)


def _integer(field: Field, value: Any) -> int:
    number = _decimal(field, value)
    if number != number.to_integral_value():
        raise BadType(field, value)
    if abs(number) >= Decimal(10) ** field["digits"]:
        raise _outside(field, value)
    return int(number)


def _decimal(field: Field, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadType(field, value)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise BadType(field, value) from None
    if not number.is_finite():
        raise BadType(field, value)
    return number


def _outside(field: Field, value: Any) -> RecordError:
    message = f"{field.label}: value outside of valid range on numeric field: {_shown(value)}"
    return RecordError("NUMBER_OUTSIDE_VALID_RANGE", message, [field.name])


def _datetime(field: Field, value: Any) -> str:
    moment = parse_stamp(value.strip()) if isinstance(value, str) else None
    if moment is None and isinstance(value, str):
        # A date alone is midnight, in UTC.
        day = parse_date(value.strip())
        moment = parse_stamp(f"{day}T00:00:00Z") if day else None
    if moment is None:
        raise BadType(field, value)
    return stamp(moment)


def _picklist(field: Field, value: Any) -> str | None:
    text = _text(field, value)
    return _known(field, text) if text else None


def _known(field: Field, text: str) -> str:
    """Return a picklist value as the field spells it; an unknown one is kept unless the field is restricted."""
    for each in field["picklistValues"]:
        if each["active"] and each["value"].casefold() == text.casefold():
            return str(each["value"])
    if field["restrictedPicklist"]:
        message = f"{field.label}: bad value for restricted picklist field: {text}"
        raise RecordError("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [field.name])
    return text


def _multipicklist(field: Field, value: Any) -> str | None:
    text = _text(field, value)
    chosen = {_known(field, each.strip()): None for each in (text or "").split(";") if each.strip()}
    order = [each["value"] for each in field["picklistValues"]]
    # Given in any order, kept in the order of the field's own list.
    return ";".join(sorted(chosen, key=lambda each: order.index(each) if each in order else len(order))) or None


def _reference(field: Field, value: Any) -> str | None:
    if not isinstance(value, str):
        raise BadType(field, value)
    if not value.strip():
        return None
    known = long_id(value.strip())
    if known is None:
        raise RecordError("MALFORMED_ID", f"{field.label}: id value of incorrect type: {value}", [field.name])
    return known


_MAKERS: dict[str, Callable[[Field], Save]] = {
    "email": _plain(_email),
    "boolean": _boolean_saver,
    "double": _number_saver,
    "currency": _number_saver,
    "percent": _number_saver,
    "int": _plain(_integer),
    "date": _date_saver,
    "datetime": _plain(_datetime),
    "picklist": _picklist_saver,
    "multipicklist": _plain(_multipicklist),
    "reference": _plain(_reference),
}
