"""What the values that a person chose are made of: their common form, identifiers and names."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Chosen(BaseModel):
    """A frozen part of the project file that refuses unknown members, so that a misspelt setting is said."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class TransformName(StrEnum):
    """Changes that a person may ask for on the way; everything else is an exact conversion by type."""

    CUT = "cut"  # shorten text to the length of the target
    ROUND = "round"  # a number to the scale of the target, half up
    LOWER = "lower"
    DIGITS = "digits"  # keep digits, +, - and parentheses of a phone number


class WhenEmpty(StrEnum):
    """What an empty source does to the target in an update."""

    CLEAR = "clear"
    KEEP = "keep"
