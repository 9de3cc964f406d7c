"""An installation that is killed at any moment: the same command again ends with the same org.

The command runs as users run it, in a process of its own, and is ended by SIGKILL. `DISF_KILLS` says how often (2 here,
30 in `make soak`), `DISF_SEED` which moments.
"""

from __future__ import annotations

import os
import random
import time
from typing import Any

from tests.cli.conftest import PATIENCE_S, Desk
from tests.cli.test_prepare import ORG, deploys, fresh, prepare, setup
from tests.workspace.prepared import org_of

KILLS = int(os.environ.get("DISF_KILLS", "2"))
SEED = int(os.environ.get("DISF_SEED", "6"))
WISH = ("--install", "all", "--users", "all")
LASTS_S = 1.2
"""About how long an installation takes here, from its first request to its last."""


def killed_after(disf: Desk, seconds: float) -> bool:
    """Kill an installation so long after its first request; say whether it was still at work."""
    disf.control("requests", method="DELETE")
    process = disf.start("prepare", str(disf.file), ORG, *WISH, *disf.places, "--json")
    last = time.monotonic() + PATIENCE_S
    while not disf.control("requests"):
        assert time.monotonic() < last, "nothing was asked"
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    time.sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.communicate()
    return at_work


def once_each(told: dict[str, Any]) -> None:
    """Hold that there is one of everything."""
    names = [(each["object"], each["name"]) for each in told["fields"]]
    assert len(names) == len(set(names))
    [access] = [each for each in told["permission_sets"] if each["name"] == "Dialog_Insight_Sync"]
    assert len(access["assigned"]) == len(set(access["assigned"]))


def test_an_install_that_is_killed_at_any_moment_ends_with_the_same_org(disf: Desk) -> None:
    fresh(disf)
    assert prepare(disf, *WISH).code == 0
    whole = org_of(setup(disf))
    moments = random.Random(SEED)
    at_work = 0
    for kill in range(KILLS):
        where = f"kill {kill}, DISF_SEED={SEED}"
        disf.control("reset", {})
        fresh(disf)
        disf.control("salesforce-setup", {"deploy": {"seconds": 0.3}})
        at_work += killed_after(disf, moments.uniform(0, LASTS_S))
        disf.control("salesforce-setup", {"deploy": {"seconds": 0}})
        noted = bool(list(disf.profile.glob("*/prepare-*.json")))
        # What was asked is brought to its end by the same command, and by itself where it was noted.
        again = prepare(disf, *(("--go-on",) if noted and kill % 2 else WISH))
        assert again.code == 0, where
        told = setup(disf)
        assert org_of(told) == whole, where
        once_each(told)
        assert deploys(disf).count(False) == 1, where
        assert not list(disf.profile.glob("*/prepare-*.json")), where
        assert prepare(disf, *WISH).the("prepare_finished")["changed"] == 0, where
    assert at_work or KILLS < 5, "every kill came too late"
