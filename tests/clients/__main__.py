"""`python -m tests.clients`: run the clients, print the table; the exit code is 1 when a step failed."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from tests.clients import (
    cumulusci_calls,
    jsforce_calls,
    scripts_in_python,
    sf_calls,
    sfdmu_calls,
    simple_salesforce_calls,
    tap_salesforce_calls,
)
from tests.clients.context import Context
from tests.clients.installed import NotInstalled
from tests.clients.table import Step, Steps
from tests.simulator.conftest import Simulator

CLIENTS: dict[str, Callable[[Context], None]] = {
    "simple-salesforce": simple_salesforce_calls.run,
    "jsforce": jsforce_calls.run,
    "sf": sf_calls.run,
    "salesforce-bulk": scripts_in_python.salesforce_bulk,
    "aiosalesforce": scripts_in_python.aiosalesforce,
    "tap-salesforce": tap_salesforce_calls.run,
    "cumulusci": cumulusci_calls.run,
    "sfdmu": sfdmu_calls.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make clients", description=__doc__)
    parser.add_argument("clients", nargs="*", metavar="CLIENT", help="all of them, when none is named")
    parser.add_argument("--records", type=int, default=20_000, help="how many contacts are loaded at once (20000)")
    given = parser.parse_args()
    unknown = set(given.clients) - set(CLIENTS)
    if unknown:
        parser.error(f"known clients: {', '.join(CLIENTS)}")
    # A stop must end the simulator too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = Console(width=130 if not sys.stdout.isatty() else None)
    steps = Steps(console)
    with tempfile.TemporaryDirectory(prefix="clients-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        simulator = Simulator(folder, "--records", "500", "--https")
        try:
            simulator.wait_until_ready()
            for name in given.clients or CLIENTS:
                simulator.control("reset", {})
                console.print(f"{name} …", style="dim")
                own = folder / name
                own.mkdir()
                _run(name, Context(steps, simulator.ready, own, given.records))
        finally:
            code, errors = simulator.end()
    if code or errors:
        steps.add(Step("simulator", "", "ran without a complaint", f"exit code {code}: {errors}"))
    steps.show()
    return 1 if steps.failures() else 0


def _run(name: str, context: Context) -> None:
    began = time.perf_counter()
    try:
        CLIENTS[name](context)
    except NotInstalled as missing:
        seconds = time.perf_counter() - began
        context.steps.add(Step(name, "", "install", f"not installed: {missing}", seconds=seconds))


if __name__ == "__main__":
    sys.exit(main())
