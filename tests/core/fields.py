"""Fields, valid values of them, and what Dialog Insight would store: written apart from the code under test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from disf_desktop.core.conversion import converter, converter_back
from disf_desktop.core.project import ConflictPolicy, Direction, FieldPair, TransformName, WhenEmpty
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.core.values import Value

TORONTO = ZoneInfo("America/Toronto")
PARIS = ZoneInfo("Europe/Paris")
ZONES = st.sampled_from(
    [
        TORONTO,
        PARIS,
        ZoneInfo("UTC"),
        ZoneInfo("Australia/Lord_Howe"),
        ZoneInfo("Asia/Kathmandu"),
        ZoneInfo("America/Havana"),
    ]
)

SALESFORCE_TYPES = [t for t in FieldType if t is not FieldType.CONTACT]
DIALOG_INSIGHT_TYPES = [t for t in FieldType if t not in (FieldType.ID, FieldType.REFERENCE)]
TEXT_TYPES = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PHONE, FieldType.URL)

ID15 = "003d000000IqhSL"
ID18 = "003d000000IqhSLAAZ"


def a_field(type: FieldType, name: str = "Field", **members: Any) -> Field:
    return Field(name, members.pop("label", name), type, **members)


def a_pair(
    *transform: TransformName,
    source: str = "Field",
    target: str = "Field",
    key: bool = False,
    default: str | None = None,
    when_empty: WhenEmpty = WhenEmpty.CLEAR,
    direction: Direction | None = None,
    conflict: ConflictPolicy | None = None,
) -> FieldPair:
    return FieldPair(
        source=source,
        target=target,
        direction=direction,
        key=key,
        transform=transform,
        when_empty=when_empty,
        default=default,
        conflict=conflict,
    )


LIST = ("Hockey", "Ski", "Vélo", "true", "false", "12")

CHOICES = st.lists(st.sampled_from(LIST), min_size=1, unique=True).map(tuple)
CHOICES_OF_A_TARGET = st.lists(st.sampled_from([*LIST, "ski", "HOCKEY"]), unique_by=str.casefold).map(tuple)


def source_fields(type: FieldType) -> st.SearchStrategy[Field]:
    match type:
        case FieldType.INTEGER:
            return st.builds(a_field, st.just(type), precision=st.integers(0, 12))
        case FieldType.DECIMAL:
            known = st.builds(a_field, st.just(type), precision=st.integers(4, 18), scale=st.integers(0, 4))
            return known | st.just(a_field(type))
        case FieldType.CHOICE | FieldType.CHOICES:
            return st.builds(
                a_field, st.just(type), choices=CHOICES, restricted=st.booleans(), length=st.just(255)
            ) | st.just(a_field(type))
        case _:
            return st.builds(a_field, st.just(type), length=st.sampled_from([0, 20, 40]))


def target_fields(type: FieldType) -> st.SearchStrategy[Field]:
    match type:
        case FieldType.INTEGER:
            return st.builds(a_field, st.just(type), precision=st.sampled_from([0, 0, 5, 9, 19]))
        case FieldType.DECIMAL:
            known = st.builds(a_field, st.just(type), precision=st.integers(4, 24), scale=st.integers(0, 4))
            return known | st.just(a_field(type))
        case FieldType.CHOICE | FieldType.CHOICES:
            lengths = st.sampled_from([0, 0, 5, 255])
            restricted = st.booleans()
            return st.builds(a_field, st.just(type), choices=CHOICES_OF_A_TARGET, restricted=restricted, length=lengths)
        case FieldType.EMAIL:
            return st.builds(a_field, st.just(type), length=st.sampled_from([0, 10, 100]))
        case _:
            return st.builds(a_field, st.just(type), length=st.one_of(st.just(0), st.integers(1, 60)))


def units(text: str) -> int:
    """Count the UTF-16 units of a text, one by one."""
    return sum(2 if ord(c) > 0xFFFF else 1 for c in text)


LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="|;")
SHORT_TEXTS = st.text(LETTERS, min_size=1, max_size=12)
ACCENTED = st.text("aeiou ÀéèêçñœŒ日本e\u0301\u0327\u00a0\U0001f600", min_size=1, max_size=12)

MOMENTS = st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(4000, 12, 31))
NEAR_CLOCK_CHANGES = st.builds(
    lambda base, seconds: datetime.fromtimestamp(base.timestamp() + seconds, UTC).replace(tzinfo=None),
    st.sampled_from(
        [datetime(2026, m, d, 12, tzinfo=UTC) for m, d in [(3, 8), (3, 29), (10, 25), (11, 1), (4, 5), (10, 4)]]
    ),
    st.integers(-100_000, 100_000),
)


def raw_values(field: Field) -> st.SearchStrategy[Any]:
    """Give raw values that Salesforce may hold in this field: in range, of the right form, within its length."""
    match field.type:
        case FieldType.BOOLEAN:
            return st.booleans()
        case FieldType.INTEGER:
            most = 10**field.precision - 1 if field.precision else 2**31 - 1
            return st.integers(-most, most)
        case FieldType.DECIMAL:
            most = 10**field.precision - 1 if field.precision else 10**18 - 1
            scale = field.scale if field.precision else 6
            return st.builds(lambda n: Decimal(n).scaleb(-scale), st.integers(-most, most))
        case FieldType.DATE:
            return st.dates(min_value=date(1700, 1, 1), max_value=date(4000, 12, 31)).map(str)
        case FieldType.DATETIME:
            return st.one_of(MOMENTS, NEAR_CLOCK_CHANGES).map(lambda m: f"{m:%Y-%m-%dT%H:%M:%S}.000+0000".zfill(28))
        case FieldType.TIME:
            return st.times().map(lambda t: f"{t:%H:%M:%S}.000Z")
        case FieldType.ID | FieldType.REFERENCE:
            return st.from_regex(r"\A[0-9A-Za-z]{15}\Z")
        case FieldType.EMAIL:
            return st.from_regex(r"\A[a-z0-9]{1,12}(\.[a-zé]{1,6})?@[a-z0-9]{1,8}\.(example|ca)\Z")
        case FieldType.CHOICE:
            return st.sampled_from(field.choices) if field.choices else short_texts(field.length)
        case FieldType.CHOICES:
            if field.choices:
                return st.lists(st.sampled_from(field.choices)).map(";".join)
            return short_texts(field.length)
        case FieldType.UNSUPPORTED:
            return st.none()
        case _:
            return short_texts(field.length)


def short_texts(length: int) -> st.SearchStrategy[str]:
    texts = st.one_of(SHORT_TEXTS, ACCENTED)
    return texts.filter(lambda t: units(t) <= length) if length else texts


def raw_values_there(field: Field) -> st.SearchStrategy[Any]:
    """Give raw values that Dialog Insight may hold in this field, as its web services write them."""
    match field.type:
        case FieldType.BOOLEAN:
            return st.sampled_from(["1", "0", True, False, "", None])
        case FieldType.DATE:
            return raw_values(field).map(lambda d: d.replace("-", "."))
        case FieldType.DATETIME:
            return st.one_of(MOMENTS, NEAR_CLOCK_CHANGES).map(lambda m: f"{m:%Y.%m.%d %H:%M:%S}".zfill(19))
        case FieldType.TIME:
            return st.times().map(lambda t: f"{t:%H:%M}")
        case FieldType.CHOICES:
            return raw_values(field).map(lambda text: text.replace(";", "|"))
        case FieldType.CONTACT:
            return st.integers(0, 2**31)
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.PHONE | FieldType.URL if not field.length:
            return st.builds(lambda blanks, text: blanks + text, st.sampled_from(["", " ", "\n"]), short_texts(0))
        case _:
            return raw_values(field)


def anything() -> st.SearchStrategy[Any]:
    """Give what no service should send, and what one may."""
    scalars = st.one_of(
        st.none(), st.booleans(), st.integers(), st.decimals(), st.text(max_size=40), st.floats(), st.binary(max_size=4)
    )
    forms = st.from_regex(
        r"\A\s?([0-9]{4}[-.][0-9]{2}[-.][0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{3})?)?(Z|[+-][0-9]{4})?)?"
        r"|[+-]?[0-9]{1,70}(\.[0-9]{0,70})?([eE][+-]?[0-9]{1,4})?|[0-9A-Za-z]{15,18}|true|FALSE|[01]|[a-z]+@[a-z.]+)\s?\Z"
    )
    return st.one_of(
        scalars, forms, st.lists(scalars, max_size=3), st.dictionaries(st.text(max_size=3), scalars, max_size=2)
    )


def as_stored(target: Field, image: Any, zone: ZoneInfo) -> Any:
    """Give what Dialog Insight's web services would show of a field after we wrote this image to it."""
    if image is None:
        return ""
    match target.type:
        case FieldType.BOOLEAN:
            return "1" if image else "0"
        case FieldType.INTEGER:
            return image
        case FieldType.DECIMAL:
            return Decimal(image)
        case FieldType.CHOICES:
            return "|".join(image)
        case FieldType.DATE:
            return image.replace("-", ".")
        case FieldType.DATETIME:
            local = datetime.strptime(image, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone(zone)
            return f"{local:%Y.%m.%d %H:%M:%S}".zfill(19)
        case FieldType.EMAIL:
            return image
        case FieldType.TIME | FieldType.CONTACT:
            return image
        case _:
            return image.rstrip()


def image(
    value: Value, source: Field, target: Field, *transform: TransformName, zone: ZoneInfo = TORONTO, **pair: Any
) -> Value | Refusal:
    """Convert one value by a pair of these fields."""
    return converter(source, target, a_pair(*transform, **pair), zone)(value)


def as_stored_in_salesforce(receiving: Field, image: Any) -> Any:
    """Give what Salesforce would show of a field after we wrote this image to it."""
    if image is None:
        return None
    match receiving.type:
        case FieldType.DECIMAL if receiving.precision:
            return Decimal(image).quantize(Decimal(1).scaleb(-receiving.scale), "ROUND_HALF_UP")
        case FieldType.DECIMAL:
            return Decimal(image)
        case FieldType.CHOICES:
            return ";".join(image)
        case FieldType.DATETIME:
            return f"{image[:19]}.000+0000"
        case FieldType.TIME:
            return f"{image}.000Z"
        case FieldType.BOOLEAN | FieldType.INTEGER | FieldType.DATE:
            return image
        case _:
            return image.strip()


def image_back(value: Value, found: Field, receiving: Field, zone: ZoneInfo = TORONTO) -> Value | Refusal:
    """Convert one value of Dialog Insight to a Salesforce field."""
    return converter_back(found, receiving, zone)(value)
