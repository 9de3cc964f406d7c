"""The log keeps ids, counts and codes, and lets nothing personal and no secret through."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from disf_desktop.workspace.log import KEPT_FILES, keep_log, prune, without_persons

LOG = logging.getLogger("disf_desktop.some.module")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger("disf_desktop")
    level, propagate = root.level, root.propagate
    yield tmp_path / "log"
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    root.propagate = propagate


def written(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.log")))


@pytest.mark.parametrize(
    "canary",
    [
        "zoe.lefebvre@example.org",
        "zoë+news@exemple.example",
        "+1 514 555-0142",
        "(514) 555-0142",
        "00DQy0320971276!AQnHekGeRWAQ9iFAbuDOpLKJxlB8qiVm4wtXbEP5YuCwknWpz2dH6hjJI00ML9YMsVHKuo0luObKOiDuWgXTxPVEQHBvcqT9",
        "5Aep861QT52vZzOtzlZ6L3aK3sqXMIgTxhRdeqK0BXNDZeCgRPYd8D7buQ9paWx6nJUmf5yrUXF8WC2mgFKnpoI",
        "'Lefebvre'",
    ],
)
def test_what_looks_like_a_person_or_a_token_never_reaches_the_file(folder: Path, canary: str) -> None:
    keep_log(folder, "sync")
    LOG.warning("refused %s in batch 17", canary)
    text = written(folder)
    assert canary not in text
    assert "in batch 17" in text


@pytest.mark.parametrize(
    "sentence",
    [
        "Authorization: Bearer abcSECRETdef",
        'body {"Key": "abcSECRETdef", "idKey": 5335}',
        "refresh_token=abcSECRETdef&grant_type=refresh_token",
        "password: abcSECRETdef",
        "client_secret=abcSECRETdef",
    ],
)
def test_a_named_secret_is_hidden_however_short_it_is(sentence: str) -> None:
    assert "SECRET" not in without_persons(sentence).replace("<secret>", "")


@pytest.mark.parametrize(
    "said",
    [
        "run 17 ends: partial; salesforce: read 10000 created 0",
        "record 003Qy00000ABCDEIA4 batch 12 plan 9f86d081884c7d659a2feaa0c55ad015",
        "project 32552c70-2d35-4cd2-8599-97ec300506dc, 3 integrations",
        "sync failed: service_unavailable (connections[0])",
    ],
)
def test_ids_counts_and_hashes_stay_readable(said: str) -> None:
    assert without_persons(said) == said


def test_an_exception_is_kept_by_kind_and_place_without_its_text(folder: Path) -> None:
    keep_log(folder, "sync")
    try:
        raise ValueError("canary value of a person")
    except ValueError:
        LOG.exception("unexpected")
    text = written(folder)
    assert "ValueError at test_log.py:" in text
    assert "canary" not in text


def test_the_files_are_for_their_owner_alone_and_made_with_the_first_word(folder: Path) -> None:
    keep_log(folder, "sync")
    assert not folder.exists()
    LOG.info("a word")
    [path] = folder.glob("*.log")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_stops_nothing(folder: Path) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    keep_log(folder, "sync")
    LOG.info("a word")


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT_FILES + 5):
        (tmp_path / f"2026010{number // 10}T00000{number % 10}Z-sync-1.log").touch()
    prune(tmp_path)
    kept = sorted(path.name for path in tmp_path.glob("*.log"))
    assert len(kept) == KEPT_FILES
    assert kept[0] == "20260100T000005Z-sync-1.log"
