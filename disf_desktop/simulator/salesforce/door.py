"""The part of the side door that acts on the org: what a person does there, its limits, its triggers, its set-up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from disf_desktop.simulator.salesforce import setup_door
from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError
from disf_desktop.simulator.salesforce.person import Person
from disf_desktop.simulator.salesforce.store import Org

Act = Callable[[Request, Mapping[str, Any]], Any]


class _Refused(Exception):
    """An answer of the side door that is no success."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def door(org: Org, root: str) -> list[Route]:
    """Return the routes below `root`; every answer is a JSON object, a refusal is `{"error": reason}`."""

    def record(request: Request, given: Mapping[str, Any]) -> Any:
        sobject = _object(org, request.path_params["sobject"])
        _check_names(given, "Id", "set", "delete", "undelete")
        person, record_id = Person(org), given.get("Id")
        chosen = [name for name in ("set", "delete", "undelete") if given.get(name) not in (None, False)]
        if len(chosen) != 1:
            raise _Refused(400, "One of `set`, `delete` and `undelete` is expected.")
        if chosen == ["set"]:
            if not isinstance(given["set"], dict):
                raise _Refused(400, "`set` is an object of values.")
            return {"Id": person.save(sobject, record_id, given["set"])}
        act = person.delete if chosen == ["delete"] else person.undelete
        return {"Id": act(sobject, record_id)}

    def merge(_: Request, given: Mapping[str, Any]) -> Any:
        _check_names(given, "object", "master", "loser")
        sobject = _object(org, given.get("object"))
        return {"Id": Person(org).merge(sobject, given.get("master"), given.get("loser"))}

    def convert(_: Request, given: Mapping[str, Any]) -> Any:
        _check_names(given, "lead", "contact", "account")
        made = Person(org).convert(given.get("lead"), given.get("contact"), given.get("account"))
        return dict(zip(("Id", "contact", "account"), made, strict=True))

    def limits(_: Request, given: Mapping[str, Any]) -> Any:
        _check_names(given, "max", "used")
        most, used = given.get("max", org.daily_calls), given.get("used", org.api_calls)
        if not all(type(each) is int and each >= 0 for each in (most, used)):
            raise _Refused(400, "`max` and `used` are whole numbers, zero or more.")
        org.daily_calls, org.api_calls = most, used
        return {"max": most, "used": used}

    def normalise(_: Request, given: Mapping[str, Any]) -> Any:
        org.rewrites.set(given)
        return org.rewrites.given

    def empty(_: Request, given: Mapping[str, Any]) -> Any:
        _check_names(given, "object", "ids")
        sobject, ids = _object(org, given["object"]) if "object" in given else None, given.get("ids")
        if ids is not None and (not isinstance(ids, list) or not all(isinstance(each, str) for each in ids)):
            raise _Refused(400, "`ids` is a list of ids.")
        with org.transaction():
            return {"gone": org.bin.empty(sobject, ids)}

    def itself(_: Request, given: Mapping[str, Any]) -> Any:
        _check_names(given, "object", "ids", "set", "stamp")
        sobject, ids, values = _object(org, given.get("object")), given.get("ids"), given.get("set", {})
        if ids is not None and (not isinstance(ids, list) or not all(isinstance(each, str) for each in ids)):
            raise _Refused(400, "`ids` is a list of ids.")
        if not isinstance(values, dict) or type(given.get("stamp", False)) is not bool:
            raise _Refused(400, "`set` is an object of values, `stamp` true or false.")
        return {"changed": Person(org).itself(sobject, ids, values, bool(given.get("stamp")))}

    def persons(_: Request, given: Mapping[str, Any]) -> Any:
        _check_names(given, "on")
        if given.get("on") is not True:
            raise _Refused(400, "Person accounts are switched on for good: `on` is true. A reset switches them off.")
        org.persons.switch_on()
        return {"on": True}

    def rules(_: Request, given: Mapping[str, Any]) -> Any:
        return org.rules.set(given)

    def arrange(_: Request, given: Mapping[str, Any]) -> Any:
        return setup_door.arrange(org, given)

    async def show(_: Request) -> Response:
        return _json(setup_door.shown(org))

    setup = [
        Route(f"{root}-setup", show, methods=["GET"]),
        Route(f"{root}-setup", _answering(arrange), methods=["POST"]),
    ]
    return setup + [
        Route(f"{root}/{path}", _answering(act), methods=["POST"])
        for path, act in (
            ("merge", merge),
            ("convert-lead", convert),
            ("limits", limits),
            ("normalise", normalise),
            ("bin", empty),
            ("rules", rules),
            ("person-accounts", persons),
            ("system", itself),
            ("{sobject}", record),
        )
    ]


def _answering(act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            given = orjson.loads(await request.body())
            if not isinstance(given, dict):
                raise _Refused(400, "A JSON object is expected.")
            return _json(act(request, given))
        except _Refused as refused:
            return _json({"error": str(refused)}, refused.status)
        except (RecordError, ApiError) as refused:
            return _json({"error": f"{refused.code}: {refused.message}"}, refused.status)
        except ValueError as mistake:
            return _json({"error": str(mistake)}, 400)

    return answer


def _object(org: Org, name: object) -> SObject:
    known = org.schema.get(name) if isinstance(name, str) else None
    if known is None:
        raise _Refused(404, f"There is no object {name}.")
    return known


def _check_names(given: Mapping[str, Any], *names: str) -> None:
    unknown = set(given) - set(names)
    if unknown:
        raise _Refused(400, f"Not known here: {', '.join(sorted(unknown))}. Known: {', '.join(names)}.")


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")
