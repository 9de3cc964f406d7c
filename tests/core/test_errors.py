from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from disf_desktop.core import errors
from disf_desktop.core.errors import DisfError, LedgerIsBusy, Problem, SettingsError, Stopped


def every_error(root: type[DisfError] = DisfError) -> Iterator[type[DisfError]]:
    """Give the errors of the tree; a room may refine one for itself, which then keeps its code."""
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from every_error(child)


def test_every_error_is_in_the_tree_at_the_top_of_the_module() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert sorted(drawn) == sorted(e.__name__ for e in every_error() if e is not DisfError)


def test_codes_are_told_apart() -> None:
    codes = [e.code for e in every_error()]
    assert len(set(codes)) == len(codes)


def test_an_error_says_what_happened_what_to_do_and_where() -> None:
    error = DisfError("The org is asleep.", "Wait.", "connections[0]", "HTTP 503")
    assert str(error) == error.message == "The org is asleep."
    assert (error.what_to_do, error.where, error.detail) == ("Wait.", "connections[0]", "HTTP 503")


def test_exit_codes_are_those_of_the_command_line() -> None:
    assert {e.exit_code for e in every_error()} == {1, 4, 5}
    assert LedgerIsBusy.exit_code == 5
    assert Stopped.exit_code == 4


def test_a_settings_error_carries_every_problem_and_speaks_of_the_first() -> None:
    first, second = Problem("name", "No name.", "Write one."), Problem("id", "No id.", "Make one.")
    error = SettingsError((first, second))
    assert error.problems == (first, second)
    assert (error.message, error.what_to_do, error.where) == ("No name.", "Write one.", "name")


def test_a_settings_error_without_a_problem_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        SettingsError(())
