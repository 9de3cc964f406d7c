"""`python -m disf_desktop.simulator`: both services on loopback, in the foreground, until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from disf_desktop.simulator.server import Options, PortTaken, run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until a signal (0); 1 when a port or the state folder cannot be used."""
    options, until_stdin_ends = _read(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # A signal while the records are being made must clean up like one that comes later.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if until_stdin_ends:
            threading.Thread(target=_end_with_stdin, daemon=True, name="stdin").start()
        run(options)
    except KeyboardInterrupt:
        return 0
    except PortTaken as problem:
        print(f"{problem} Choose another with --port, or leave it out.", file=sys.stderr)  # noqa: T201
        return 1
    except sqlite3.OperationalError as problem:
        where = options.state or "the temporary folder"
        print(f"The state in {where} cannot be used ({problem}). Is another simulator using it?", file=sys.stderr)  # noqa: T201
        return 1
    except OSError as problem:
        print(f"The simulator cannot run: {problem}.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end_with_stdin() -> None:
    """Wait until nobody holds the other end of our standard input, then end as a signal would: whoever started us is
    gone, however that came."""
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _read(arguments: Sequence[str] | None) -> tuple[Options, bool]:
    parser = argparse.ArgumentParser(prog="disf simulate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder resources/simulator")
    parser.add_argument("--ready-file", type=Path, required=True, help="written when both services answer")
    parser.add_argument("--records", type=_count, default=10_000, help="how many contacts (10000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same records (1)")
    parser.add_argument("--port", type=_port, help="Salesforce here, Dialog Insight one above, https two above")
    parser.add_argument("--https", action="store_true", help="serve Salesforce over https too")
    parser.add_argument("--state", type=Path, help="keep everything in this folder, and begin with what is in it")
    parser.add_argument("--until-stdin-ends", action="store_true", help="end too when standard input does")
    given = parser.parse_args(arguments)
    told = (given.data, given.ready_file, given.records, given.seed, given.port, given.https, given.state)
    return Options(*told), given.until_stdin_ends


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number from 0 is expected")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65533:
        raise argparse.ArgumentTypeError("a port from 1 to 65533 is expected")
    return number


if __name__ == "__main__":
    sys.exit(main())
