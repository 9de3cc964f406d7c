"""A network that misbehaves in every way: the sync ends right, or says honestly what it could not do.

The real command, its real connections, and a proxy in between (`tests.faults.proxy`). `DISF_STORMS` says how many
storms there are (1 here, without most of the stalls, for each of them costs six seconds), `DISF_SEED` which.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.checker import Checker
from tests.faults.proxy import KINDS, PATIENCE_S, FaultyNetwork
from tests.faults.town import Launcher, Town
from tests.services.salesforce_simulator import Simulator

STORMS = int(os.environ.get("DISF_STORMS", "1"))
SEED = os.environ.get("DISF_SEED", "1")
HONEST = {"service_unavailable", "unexpected_answer", "authorization", "limit"}
SHORT = tuple(kind for kind in KINDS if not kind.startswith("stall"))


@pytest.fixture
def networks(simulator: Simulator) -> Iterator[list[FaultyNetwork]]:
    """Give the network toward Salesforce and the one toward Dialog Insight."""
    chance = random.Random(f"network {SEED}")
    made = [
        FaultyNetwork(simulator.ready["salesforce_url"], chance),
        FaultyNetwork(simulator.ready["dialog_insight_url"], chance),
    ]
    yield made
    for each in made:
        each.close()


def town_behind(networks: list[FaultyNetwork], simulator: Simulator, launcher: Launcher, folder: Path) -> Town:
    def through(project: dict[str, Any]) -> None:
        salesforce, dialog_insight = project["connections"]
        salesforce |= {"login_url": networks[0].url, "timeout_s": PATIENCE_S}
        dialog_insight |= {"root_url": f"{networks[1].url}/webservices/ofc4/", "timeout_s": PATIENCE_S}

    return Town(simulator, folder, launcher, f"network {SEED}", kind="equality", change=through)


def storm(town: Town, networks: list[FaultyNetwork], checker: Checker) -> int:
    """Run until every fault that was ordered has come; give how many runs could not do all of it, and said so."""
    honest = 0
    for _ in range(40):
        if not any(each.kinds for each in networks):
            return honest
        town.act(4)
        town.at.later()
        command = town.start()
        town.act(2)
        code = command.wait()
        checker.look()
        if code not in (0, 3):
            last = command.events[-1]
            assert (code, last["code"] in HONEST) == (1, True), f"{code}\n{command.out[-3000:]}\n{command.err[-3000:]}"
            assert last["what_to_do"]
            honest += 1
            if last["code"] == "authorization":
                # Whoever signs in waits for better weather.
                kinds = [each.kinds for each in networks]
                for each in networks:
                    each.kinds = []
                town.sign_in_again()
                for each, left in zip(networks, kinds, strict=True):
                    each.kinds = left
    raise AssertionError(f"these never came: {[each.kinds for each in networks]}")


def test_whatever_the_network_does_nothing_is_lost_and_nobody_is_doubled(
    networks: list[FaultyNetwork], simulator: Simulator, launcher: Launcher, tmp_path: Path
) -> None:
    town = town_behind(networks, simulator, launcher, tmp_path)
    town.run()
    checker, honest = Checker(town), 0
    try:
        for number in range(STORMS):
            kinds = [*(KINDS if STORMS > 1 else (*SHORT, "stall after"))]
            town.chance.shuffle(kinds)
            for place, each in enumerate(networks):
                # At a merge each kind comes once, in one of the two places.
                each.kinds = [*kinds] if STORMS > 1 else kinds[place::2]
            honest += storm(town, networks, checker)
            town.until_quiet()
            checker.quiet()
            if number % 10 == 9:
                town.history.story.clear()
    except BaseException as failure:
        failure.add_note(f"DISF_SEED={SEED} DISF_STORMS={STORMS}")
        raise
    fired = Counter({kind: sum(each.fired[kind] for each in networks) for kind in KINDS})
    told = {
        "storms": STORMS,
        "exchanges": [each.exchanges for each in networks],
        "honest failures": honest,
        "fired": fired,
    }
    if "DISF_FIGURES" in os.environ:
        Path(os.environ["DISF_FIGURES"]).with_suffix(".network.json").write_text(json.dumps(told, indent=1), "utf-8")
    assert not set(SHORT) - set(fired.keys())
    assert all(fired[kind] for kind in SHORT)
