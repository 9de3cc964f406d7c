"""Random histories of a consent, judged by what really happened: no opt-in is older than an opt-out (section 7.6)."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.optins import Reading
from tests.core.consent_world import PersonWorld
from tests.core.consents import PAIRS

SPANS = st.sampled_from([0, 1, 2, 30, 61, 90, 400, 4000])
HANDS = st.sampled_from(["out", "out", "in", "none", "touch"])
RUNS = st.tuples(
    st.just("run"),
    st.sampled_from(["ok", "ok", "ok", "lost", "before", "later", "refused"]),
    st.sampled_from(["", "", "", "out", "touch"]),
    st.sampled_from([0, 0, 1]),
)
STEPS = st.one_of(
    RUNS,
    RUNS,
    st.tuples(st.just("wait"), SPANS),
    st.tuples(
        st.just("answers"), st.sampled_from([True, True, False]), st.booleans(), st.sampled_from([0, 0, 50, 5000])
    ),
    st.tuples(st.just("by_hand"), HANDS),
    st.sampled_from([("keep",), ("restore",), ("read",), ("take",), ("old",), ("photograph",)]),
)


def lived(world: PersonWorld, steps: list[Any]) -> PersonWorld:
    for name, *rest in steps:
        match name:
            case "run":
                world.run(*rest)
            case "wait":
                world.wait(*rest)
            case "answers":
                world.answers(rest[0], dated=rest[1], back=rest[2])
            case "by_hand":
                world.by_hand(*rest)
            case "keep":
                world.keep()
            case "restore":
                world.restore()
            case "read":
                world.read()
            case "take":
                world.read(deliver=False)
            case _:
                world.deliver_old(photograph=name == "photograph")
    return world


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(PAIRS),
    st.sampled_from([0, 0, 30, -3600]),
    st.sampled_from([0, 0, -30]),
    st.lists(STEPS, max_size=30),
)
def test_no_opt_in_is_older_than_an_opt_out(pair: Any, di_error: int, sf_error: int, steps: list[Any]) -> None:
    world = lived(PersonWorld(pair, di_error, sf_error), steps)
    assert not world.wrong


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PAIRS), st.lists(STEPS, max_size=20))
def test_when_all_is_quiet_an_opt_out_is_in_salesforce_and_nothing_more_is_written(pair: Any, steps: list[Any]) -> None:
    world = lived(PersonWorld(pair), steps)
    world.wait(1000)
    for _ in range(3):
        world.run()
        world.wait(1000)
    if world.answer.state is False:
        reading = pair.read(world.value)
        assert reading is Reading.OPTED_OUT or (reading is Reading.NONE and not pair.says_out)
    before = world.writes
    world.run()
    assert world.writes == before


def _step(random: Random) -> list[Any]:
    """Give one step of a long life: people act, time passes, the engine runs, things go wrong."""
    kind = random.choices(["run", "wait", "answers", "by_hand", "other"], [5, 4, 3, 3, 1])[0]
    match kind:
        case "run":
            fate = random.choice(["ok"] * 5 + ["lost", "before", "later", "refused"])
            return ["run", fate, random.choice([""] * 5 + ["out", "touch"]), random.choice([0, 0, 0, 1])]
        case "wait":
            return ["wait", random.choice([1, 2, 5, 30, 61, 63, 90, 200, 400, 4000])]
        case "answers":
            return ["answers", random.random() < 0.6, random.random() < 0.7, random.choice([0, 0, 0, 50, 300, 5000])]
        case "by_hand":
            return ["by_hand", random.choice(["out", "out", "in", "none", "touch"])]
        case _:
            return [random.choice(["keep", "restore", "read", "take", "old", "photograph"])]


@pytest.mark.parametrize("pair", PAIRS, ids=["words", "words without neutral", "inverted", "plain"])
def test_long_lives_are_judged_too(pair: Any) -> None:
    for seed in range(500):
        random = Random(seed)
        world = PersonWorld(pair, random.choice([0, 0, 30, -3600]), random.choice([0, 0, -30]))
        lived(world, [_step(random) for _ in range(60)])
        assert not world.wrong, f"seed {seed}"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PAIRS), st.lists(st.booleans(), min_size=1, max_size=6))
def test_without_faults_and_people_in_salesforce_it_follows_dialog_insight(pair: Any, answers: list[bool]) -> None:
    world = PersonWorld(pair)
    for answer in answers:
        world.wait(600)
        world.answers(answer, dated=True)
        world.wait(600)
        world.run()
        assert world.value == (pair.subscribed if answer else pair.out)
    assert not world.wrong
