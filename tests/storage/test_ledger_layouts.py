"""The order in which values are packed: what a base says after the mapping changed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.operations import ABSENT, Base, BaseValue
from disf_desktop.storage.ledger_layouts import Layout, in_order, read_layout, realigned, shows, write_layout

NAMES = st.sampled_from("abcd")
BASE_VALUES: st.SearchStrategy[BaseValue] = st.sampled_from([None, "x", "y", 1, True, ("x",), ABSENT])


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    targets = draw(st.lists(st.sampled_from("ABCD"), unique=True, max_size=4))
    pairs = draw(st.lists(NAMES, max_size=len(targets)))
    sources = [*dict.fromkeys(pairs), *draw(st.lists(st.sampled_from("xyz"), unique=True))]
    return Layout(tuple(sources), tuple(targets), tuple(pairs))


@st.composite
def bases(draw: st.DrawFn, layout: Layout) -> Base:
    assert layout.pairs is not None
    source = draw(st.lists(BASE_VALUES, min_size=len(layout.pairs), max_size=len(layout.pairs)))
    target = draw(st.lists(BASE_VALUES, min_size=len(layout.pairs), max_size=len(layout.targets)))
    return Base(tuple(source), tuple(target))


@given(layouts())
def test_a_layout_is_read_as_it_was_written(layout: Layout) -> None:
    assert layout.pairs is not None
    assert read_layout(write_layout(layout.sources, layout.targets, layout.pairs)) == layout
    assert [layout.sources[place] for place in layout.pair_places()] == list(layout.pairs)


@given(st.data(), layouts(), layouts())
def test_a_pair_keeps_its_base_where_both_names_stay_and_has_none_where_not(
    data: st.DataObject, old: Layout, new: Layout
) -> None:
    base = data.draw(bases(old))
    moved = realigned(base, old, new)
    assert old.pairs is not None
    assert new.pairs is not None
    assert (len(moved.source), len(moved.target)) == (len(new.pairs), len(new.targets))
    known = {pair: (base.source[i], base.target[i]) for i, pair in enumerate(zip(old.pairs, old.targets, strict=False))}
    for i, pair in enumerate(zip(new.pairs, new.targets, strict=False)):
        source, target = known.get(pair, (ABSENT, ABSENT))
        assert (moved.source[i], moved.target[i]) == (source, ABSENT if source is ABSENT else target)
    targets = dict(zip(old.targets, base.target, strict=False))
    for i in range(len(new.pairs), len(new.targets)):
        assert moved.target[i] is targets.get(new.targets[i], ABSENT)


@given(st.data(), layouts(), layouts())
def test_a_mapping_that_changes_and_changes_back_invents_nothing(
    data: st.DataObject, one: Layout, other: Layout
) -> None:
    base = data.draw(bases(one))
    back = realigned(realigned(base, one, other), other, one)
    for was, now in (*zip(base.source, back.source, strict=True), *zip(base.target, back.target, strict=False)):
        assert now is was or now is ABSENT
    assert all(value is ABSENT for value in back.target[len(base.target) :])


def test_a_base_of_version_1_is_told_by_the_names_of_each_side() -> None:
    old = Layout(("Id", "Name"), ("Key", "First", "Whole"), None)
    new = Layout(("Name", "Id"), ("Whole", "Key", "City"), ("Name", "Id", "City"))
    base = Base(("003", "Ann"), ("003", "A", "Ann"))
    assert realigned(base, old, new) == Base(("Ann", "003", ABSENT), ("Ann", "003", ABSENT))
    assert (old.pair_places(), old.unpaired()) == ((0, 1), 0)


@given(st.data(), layouts())
def test_what_is_shown_is_what_the_base_says_if_every_value_is_the_same(data: st.DataObject, layout: Layout) -> None:
    base = data.draw(bases(layout)).target
    said: list[Any] = [None if value is ABSENT else value for value in base]
    said += [None] * (len(layout.targets) - len(base))
    paired = len(layout.targets) - layout.unpaired()
    assert shows(said, base, layout.unpaired()) is (ABSENT not in base[:paired])
    for place in range(len(said)):
        assert not shows([*said[:place], "z", *said[place + 1 :]], base, layout.unpaired())


def test_yes_is_not_the_number_one() -> None:
    assert not shows([True], [1], 0)
    assert not shows([1], [True], 0)


def test_observed_values_are_put_in_another_order_only_as_a_whole() -> None:
    assert in_order(("1", "2", "3"), ("a", "b", "c"), ("c", "a")) == ("3", "1")
    assert in_order(("1", "2"), ("a", "b"), ("a", "d")) is None
