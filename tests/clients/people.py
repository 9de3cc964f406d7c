"""The contacts that every client loads and reads back: with everything in them that travels badly."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

FIELDS = ("Legacy_Id__c", "FirstName", "LastName", "Email", "Title", "Description")
_FIRST = ("Zoé", "Éloïse", "Noël", "Anaïs", "O'Neil", "Mary Jane", "François", "Bjørn")
_LAST = ("Tremblay", "D'Amours", "Lévesque", "Bélanger", "St-Pierre", "Nguyễn", "Özdemir", "李")
_TITLES = ("Directrice", 'La "grande" patronne', "Achats, ventes", "R&D <chef>", "100 % à distance", "a\\b")
_DESCRIPTIONS = (
    "Une ligne",
    "Deux\nlignes",
    'Virgule, guillemet " et\nretour',
    "Émoji 🎉 et euro €",
    "tab\tet ; point",
)


def people(count: int, mark: str) -> Iterator[dict[str, str]]:
    """Make contacts; `mark` begins their keys and tells those of one client from those of another."""
    for number in range(count):
        yield {
            "Legacy_Id__c": f"{mark}-{number:06}",
            "FirstName": _FIRST[number % len(_FIRST)],
            "LastName": f"{_LAST[number % len(_LAST)]} {number}",
            "Email": f"{mark.lower()}{number}@example.org",
            "Title": _TITLES[number % len(_TITLES)],
            "Description": _DESCRIPTIONS[number % len(_DESCRIPTIONS)],
        }


def query(mark: str) -> str:
    """The SOQL that finds the contacts of a client."""
    return f"SELECT {', '.join(FIELDS)} FROM Contact WHERE Legacy_Id__c LIKE '{mark}-%'"


def written(path: Path, rows: Iterable[Mapping[str, str]], fields: tuple[str, ...] = FIELDS) -> Path:
    """Write a CSV file as most programs do; return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check_equal(sent: Iterable[Mapping[str, str]], found: Iterable[Mapping[str, object]]) -> int:
    """Assert that the records read are those sent, whatever their order; return how many."""
    wanted = {each["Legacy_Id__c"]: dict(each) for each in sent}
    seen: set[str] = set()
    for record in found:
        key = str(record["Legacy_Id__c"])
        assert key not in seen, f"{key} came twice"
        seen.add(key)
        shown = {name: record[name] for name in FIELDS}
        assert shown == wanted.get(key), f"{key}: {shown} is not {wanted.get(key)}"
    assert len(seen) == len(wanted), f"{len(seen)} records came, {len(wanted)} were sent"
    return len(seen)
