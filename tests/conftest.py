"""What holds for all tests: the same examples at every merge, and no verdict by the clock."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A law that fails at a merge must fail because of what changed, and speed is measured elsewhere. Other examples each
# time: HYPOTHESIS=explore make test.
settings.register_profile("merge", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", settings.get_profile("merge"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS", "merge"))
