"""Several reads in one call: `composite/batch`.

It is one request over the network. Salesforce's guide says that each request inside may count against its limits; what
the org counts is told with every answer, and our ceiling goes by that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.services.salesforce.errors import CONCURRENT, Refusal, raise_unless_ok, read_refusal, refusal_of
from disf_desktop.services.salesforce.wire import SALESFORCE_TRANSIENT, Wire, read_json

MOST_REQUESTS: Final = 25
PASSING: Final = SALESFORCE_TRANSIENT | {412}
"""What is over in a moment; 412 is said of a request that the batch did not come to."""


def ask_together(wire: Wire, base: str, paths: Sequence[str]) -> list[Any]:
    """Give for each path below `base`, its query included, what it answers: decoded JSON, or a `Refusal`.

    A request that fails only for the moment is asked again alone. Raises what the call as a whole means.
    """
    answers: list[Any] = []
    for start in range(0, len(paths), MOST_REQUESTS):
        some = paths[start : start + MOST_REQUESTS]
        answers += [_alone(wire, base, some[0])] if len(some) == 1 else _batch(wire, base, some)
    return answers


def _alone(wire: Wire, base: str, path: str) -> Any:
    reply = wire.send("GET", f"{base}/{path}", repeatable=True, parse=read_json)
    return reply.parsed if reply.ok else read_refusal(reply.status, reply.body)


def _batch(wire: Wire, base: str, paths: Sequence[str]) -> list[Any]:
    version = base.rpartition("/")[2]
    requests = [{"method": "GET", "url": f"{version}/{path}"} for path in paths]
    # Nothing but reads is inside: it may be sent again.
    reply = wire.send(
        "POST",
        f"{base}/composite/batch",
        json={"haltOnError": False, "batchRequests": requests},
        repeatable=True,
        parse=read_json,
    )
    told = raise_unless_ok(reply).parsed
    results = told.get("results") if isinstance(told, dict) else None
    if not isinstance(results, list) or len(results) != len(paths):
        raise _strange()
    answers = [_answer(result) for result in results]
    return [
        _alone(wire, base, path) if _passes(answer) else answer for path, answer in zip(paths, answers, strict=True)
    ]


def _answer(result: Any) -> Any:
    status = result.get("statusCode") if isinstance(result, dict) else None
    if not isinstance(status, int):
        raise _strange()
    return result.get("result") if 200 <= status < 300 else refusal_of(status, result.get("result"))


def _passes(answer: Any) -> bool:
    return isinstance(answer, Refusal) and (answer.status in PASSING or answer.code == CONCURRENT)


def _strange() -> UnexpectedAnswer:
    return UnexpectedAnswer("Salesforce did not answer each request of a batch.", "Run again; if it lasts, report it.")
