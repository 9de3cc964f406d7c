"""The exports of an administrator, through the side door: whole files, and the ones that are not what they seem."""

from __future__ import annotations

import csv
import io
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.simulator.conftest import Simulator
from tests.simulator.dialog_insight.conftest import NEWSLETTER, OPTIONS, WEB_FORMS, contact


@pytest.fixture
def administered(simulator: Simulator) -> Simulator:
    simulator.control("dialog-insight/account", {"kind": "export"})
    return simulator


def export(simulator: Simulator, folder: Path, *faults: str, project: int = NEWSLETTER, **more: Any) -> dict[str, Any]:
    body = {"project": project, "folder": str(folder), "faults": list(faults), **more}
    answer: dict[str, Any] = simulator.control("dialog-insight/export", body)
    return answer


def merged(simulator: Simulator, *records: dict[str, Any]) -> None:
    reply = simulator.call("Contacts.Merge", idProject=NEWSLETTER, Records=list(records), MergeOptions=OPTIONS).json()
    assert reply["CreatedRecords"] + reply["UpdatedRecords"] == len(records)


def table(path: str | Path) -> tuple[list[dict[str, str]], list[str]]:
    """Read an export; return its rows and the cells of its last line."""
    text = Path(path).read_bytes().decode("utf-8")
    assert text.endswith("\r\n")
    header, *rows, last = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert len(set(header)) == len(header)
    return [dict(zip(header, row, strict=True)) for row in rows], last


def cities(path: str | Path) -> list[str]:
    return [row["f_City"] for row in table(path)[0]]


def second(name: str) -> datetime:
    return datetime.strptime(Path(name).name, f"contacts-{NEWSLETTER}-%Y%m%d-%H%M%S.csv").replace(tzinfo=UTC)


def test_a_photograph_holds_every_field_of_every_contact(administered: Simulator, tmp_path: Path) -> None:
    odd = 'Zoé "la ,fée"\r\nLévis\n'
    values: dict[str, Any] = {"FirstName": odd, "Points": 1e-7, "IsVIP": True, "BirthDate": "1980.01.02"}
    values |= {"Interests": "Sport|Voyages", "LastVisit": "2026.01.02 10:00:00", "Children": 0, "CardNumber": "007"}
    chosen = {"optin_Newsletter": 0, "dtOptin_Newsletter": "2026.01.02 11:00:00"}
    merged(administered, contact("003A", **values, **chosen), contact("003B", "b@x.example", IsVIP=False, City="#rows"))
    answer = export(administered, tmp_path)
    rows, last = table(answer["file"])
    assert (answer["rows"], answer["files"], last) == (2, [answer["file"]], ["#rows", "2"])
    [first, other] = rows
    info = administered.call("Projects.Get", idProject=NEWSLETTER).json()["ProjectInfo"]
    fields, optins = ([each["Code"] for each in info[kind]] for kind in ("ProjectFields", "OptinFields"))
    assert list(first) == [
        *("idContact", *(f"f_{code}" for code in fields)),
        *(f"optin_{code}" for code in optins),
        *(f"dtOptin_{code}" for code in optins),
        "dtModified",
    ]
    told = {
        "idContact": "1",
        "f_SalesforceID": "003A",
        "f_EMail": "claire@courriel.example",
        "f_Children": "0",
        "f_FirstName": odd.rstrip(),
        "f_Points": "0.0000001",
        "f_IsVIP": "1",
        "f_BirthDate": "1980.01.02",
        "f_Interests": "Sport|Voyages",
        "f_LastVisit": "2026.01.02 10:00:00",
        "f_CardNumber": "007",
        "optin_Newsletter": "0",
        "dtOptin_Newsletter": "2026.01.02 11:00:00",
    }
    stored = {
        str(each["idContact"]): each for each in administered.lines(f"dialog-insight/projects/{NEWSLETTER}/contacts")
    }
    told["dtModified"] = stored["1"]["modified"]
    assert {name: value for name, value in first.items() if value} == told
    assert (other["f_IsVIP"], other["f_City"], other["optin_Newsletter"], other["dtOptin_Newsletter"]) == (
        *("0", "#rows"),
        *("", ""),
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner bits")
def test_a_photograph_is_for_its_owner_only_in_a_folder_that_is_made(administered: Simulator, tmp_path: Path) -> None:
    folder = tmp_path / "dropped" / "here"
    answer = export(administered, folder)
    assert stat.S_IMODE(Path(answer["file"]).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [str(each) for each in folder.iterdir()] == [answer["file"]], "nothing half-written is left"


def test_a_project_without_contacts_is_a_header_and_a_last_line(administered: Simulator, tmp_path: Path) -> None:
    assert table(export(administered, tmp_path)["file"]) == ([], ["#rows", "0"])


def test_the_people_of_the_forms_are_photographed_with_their_opt_ins(administered: Simulator, tmp_path: Path) -> None:
    rows, last = table(export(administered, tmp_path, project=WEB_FORMS, name="forms.csv")["file"])
    assert last == ["#rows", str(len(rows))]
    stored = administered.lines(f"dialog-insight/projects/{WEB_FORMS}/contacts")
    wanted = [
        ("" if each["optin_Newsletter"] is None else str(each["optin_Newsletter"]), each["dtOptin_Newsletter"] or "")
        for each in stored
    ]
    assert [(row["optin_Newsletter"], row["dtOptin_Newsletter"]) for row in rows] == wanted
    assert (tmp_path / "forms.csv").exists()


def test_name_stamp_and_answer_tell_one_time(administered: Simulator, tmp_path: Path) -> None:
    administered.control("clock", {"advance_s": 86_400 * 40})
    try:
        answer = export(administered, tmp_path)
    finally:
        administered.control("clock", {"advance_s": -86_400 * 40})
    as_of = datetime.fromisoformat(answer["as_of"])
    assert as_of.tzinfo is not None
    assert second(answer["file"]) == as_of
    assert datetime.fromtimestamp(Path(answer["file"]).stat().st_mtime, UTC) == as_of


def test_two_exports_at_once_are_two_files(administered: Simulator, tmp_path: Path) -> None:
    first, other = export(administered, tmp_path), export(administered, tmp_path)
    assert second(first["file"]) < second(other["file"])
    assert datetime.fromisoformat(other["as_of"]) == second(other["file"])


def test_half_a_file_has_no_last_line(administered: Simulator, tmp_path: Path) -> None:
    merged(administered, *(contact(f"003{n}", f"p{n}@x.example") for n in range(50)))
    whole, half = export(administered, tmp_path)["file"], export(administered, tmp_path, "halved")["file"]
    content = Path(whole).read_bytes()
    assert Path(half).read_bytes() == content[: len(content) // 2]
    assert b"#rows" not in Path(half).read_bytes()


def test_a_stale_file_is_the_photograph_before_under_a_newer_name(administered: Simulator, tmp_path: Path) -> None:
    merged(administered, contact("003A", City="Laval"))
    first = export(administered, tmp_path)
    merged(administered, contact("003A", City="Lévis"))
    stale = export(administered, tmp_path, "stale")
    assert second(stale["file"]) > second(first["file"])
    assert Path(stale["file"]).read_bytes() == Path(first["file"]).read_bytes()
    assert (stale["as_of"], stale["rows"]) == (first["as_of"], 1)
    assert Path(stale["file"]).stat().st_mtime == Path(first["file"]).stat().st_mtime
    assert cities(export(administered, tmp_path)["file"]) == ["Lévis"], "the one after is true again"


def test_a_file_may_come_twice(administered: Simulator, tmp_path: Path) -> None:
    merged(administered, contact("003A", City="Laval"))
    answer = export(administered, tmp_path, "repeated")
    first, again = answer["files"]
    assert Path(first).read_bytes() == Path(again).read_bytes()
    assert (second(again) - second(first)).total_seconds() == 1
    assert second(first) == datetime.fromisoformat(answer["as_of"])
    assert Path(first).stat().st_mtime == Path(again).stat().st_mtime
    assert export(administered, tmp_path)["file"] not in (first, again)


def test_two_photographs_may_have_exchanged_their_names(administered: Simulator, tmp_path: Path) -> None:
    merged(administered, contact("003A", City="Laval"))
    first = export(administered, tmp_path)
    merged(administered, contact("003A", City="Lévis"))
    swapped = export(administered, tmp_path, "swapped")
    older, newer = sorted(swapped["files"])
    assert (older, cities(older), cities(newer)) == (first["file"], ["Lévis"], ["Laval"])
    assert Path(older).stat().st_mtime > Path(newer).stat().st_mtime
    assert (swapped["file"], datetime.fromisoformat(swapped["as_of"]).timestamp()) == (
        older,
        Path(older).stat().st_mtime,
    )


@pytest.mark.parametrize("fault", ["stale", "swapped"])
def test_without_an_earlier_photograph_there_is_none_to_bring_back(
    administered: Simulator, tmp_path: Path, fault: str
) -> None:
    export(administered, tmp_path, project=WEB_FORMS)
    with pytest.raises(requests.HTTPError, match="400"):
        export(administered, tmp_path, fault)
    export(administered, tmp_path)
    administered.control("reset", {})
    administered.control("dialog-insight/account", {"kind": "export"})
    with pytest.raises(requests.HTTPError, match="400"):
        export(administered, tmp_path, fault)


@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (404, {"project": 1}),
        (404, {"project": str(NEWSLETTER)}),
        (400, {"folder": "exports"}),
        (400, {"folder": None}),
        (400, {"name": "../elsewhere.csv"}),
        (400, {"name": ".hidden"}),
        (400, {"name": ""}),
        (400, {"faults": ["burnt"]}),
        (400, {"faults": "halved"}),
        (400, {"faults": ["stale", "swapped"]}),
        (400, {"when": "now"}),
    ],
)
def test_what_is_no_export_is_said_and_writes_nothing(
    administered: Simulator, tmp_path: Path, status: int, wrong: dict[str, Any]
) -> None:
    body = {"project": NEWSLETTER, "folder": str(tmp_path), **wrong}
    reply = requests.post(f"{administered.ready['control_url']}/dialog-insight/export", json=body, timeout=10)
    assert reply.status_code == status
    assert reply.json()["error"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(administered: Simulator, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    body = {"project": NEWSLETTER, "folder": str(in_the_way)}
    reply = requests.post(f"{administered.ready['control_url']}/dialog-insight/export", json=body, timeout=10)
    assert (reply.status_code, "cannot be written" in reply.json()["error"]) == (400, True)


@pytest.mark.parametrize("kind", ["equality", "no_empty", "dates"])
def test_nobody_exports_where_nobody_is_said_to(simulator: Simulator, tmp_path: Path, kind: str) -> None:
    simulator.control("dialog-insight/account", {"kind": kind})
    with pytest.raises(requests.HTTPError, match="400"):
        export(simulator, tmp_path)
    assert list(tmp_path.iterdir()) == []
