"""How long the state machines play: each history drawn by itself, the same ones at every merge."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

_INDEPENDENT: Final = "independent"


class Independent(HypothesisProvider):
    """Draws every history anew.

    Left to itself, Hypothesis begins with the simplest ones and makes five of six others by changing one that it has
    played: of sixty histories eight would be new.
    """


AVAILABLE_PROVIDERS[_INDEPENDENT] = Independent


def played(histories: int, steps: int) -> settings:
    """Play so many histories of so many steps, or DISF_EXAMPLES others of DISF_STEPS."""
    more = "DISF_EXAMPLES" in os.environ
    return settings(
        backend=_INDEPENDENT,
        max_examples=int(os.environ.get("DISF_EXAMPLES", histories)),
        stateful_step_count=int(os.environ.get("DISF_STEPS", steps)),
        deadline=None,
        database=None,
        # The same histories at each merge, so that what fails is what changed; others when more are asked for.
        derandomize=not more,
        print_blob=True,
        phases=[Phase.generate] + [Phase.shrink] * bool(os.environ.get("DISF_SHRINK")),
        suppress_health_check=list(HealthCheck),
    )
