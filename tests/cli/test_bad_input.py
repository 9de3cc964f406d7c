"""Bad input: each a clear message, the right exit code, and nothing half-written."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LOOKUPS, Desk, Told, finished


def only_error(told: Told, code: int = 1) -> dict[str, Any]:
    """Give the error with which a verb ended."""
    assert told.code == code
    error = told.events[-1]
    assert error["event"] == "error"
    assert "Traceback" not in told.err
    return error


def nothing_was_written(disf: Desk) -> bool:
    return disf.writes() == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("sync",),
        ("sync", "FILE", "--unknown"),
        ("sync", "FILE", "--integration", "Nobody"),
        ("sync", "missing.disf.yaml"),
        ("sync", "FILE", "--control", "carrier-pigeon"),
        ("set-aside", "FILE", "--retry", "some"),
        ("set-aside", "FILE", "--dismiss", "all"),
        ("set-aside", "FILE", "--csv", "no/such/folder/out.csv"),
        ("connect", "FILE", "nobody"),
        ("simulate",),
        ("demo", "--records", "-1"),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_an_error(disf: Desk, words: tuple[str, ...]) -> None:
    given = [str(disf.file) if word == "FILE" else word for word in words]
    told = finished(disf.start("--json", *disf.places, *given))
    assert only_error(told, 2)["code"] == "usage"
    assert "--help" in told.the("error")["what_to_do"]


def test_every_problem_of_a_project_file_is_said_with_its_place(disf: Desk) -> None:
    project = disf.project
    project["integrations"][0]["mapping"]["pairs"][2]["target"] = "optin_Newsletter"
    project["integrations"][1]["mapping"]["pairs"][0]["key"] = False
    project["connections"][0]["login_url"] = "http://login.example.org"
    project["connections"][0]["colour"] = "blue"
    disf.project = project
    told = disf("sync")
    assert told.code == 1
    assert {event["code"] for event in told.events} == {"settings"}
    assert {"connections[0].login_url", "connections[0].colour"} <= {event["where"] for event in told.events}
    del project["connections"][0]["colour"]
    project["connections"][0]["login_url"] = disf.ready["salesforce_url"]
    disf.project = project
    told = disf("sync")
    assert {"integrations[0].mapping.pairs[2].target", "integrations[1].mapping.pairs"} <= {
        event["where"] for event in told.events
    }
    assert nothing_was_written(disf)
    checked = disf("check", "--offline")
    assert checked.code == 1
    assert checked.the("check_finished")["problems"] == len(checked.of("problem")) == len(checked.of("error")) > 1


def test_an_unknown_field_is_said_by_check_and_by_sync(disf: Desk) -> None:
    project = disf.project
    project["integrations"][0]["mapping"]["pairs"][2]["source"] = "FristName"
    project["integrations"][0]["mapping"]["pairs"][3]["target"] = "LastNmae"
    disf.project = project
    disf.only("Contacts")
    checked = disf("check")
    assert checked.code == 1
    places = {f"integrations[0].mapping.pairs[{n}].{end}" for n, end in ((2, "source"), (3, "target"))}
    assert {each["path"] for each in checked.of("problem")} == places
    told = disf("sync")
    assert told.code == 1
    assert {each["where"] for each in told.of("error")} == places
    assert told.the("run_finished")["status"] == "failed"
    assert nothing_was_written(disf)


def test_a_right_project_file_has_no_problem(disf: Desk) -> None:
    told = disf("check")
    assert (told.code, told.the("check_finished")["problems"]) == (0, 0)
    [notice] = told.of("notice")
    assert (notice["integration"], notice["code"]) == ("Contacts", "finding")
    assert f"{LOOKUPS} look-ups a run" in notice["message"]


def test_a_wrong_key_is_said_in_plain_words(disf: Desk) -> None:
    disf.write_secrets(refresh_token=disf.ready["refresh_token"], key="not-the-key-of-this-account")
    error = only_error(disf("sync"))
    assert error["code"] in ("authorization", "access")
    checked = disf("check")
    assert [each["path"] for each in checked.of("problem")] == ["connections[1]"]
    assert "not-the-key" not in checked.out + checked.err


def test_a_wrong_token_asks_to_sign_in(disf: Desk) -> None:
    disf.write_secrets(refresh_token="5Aep861-not-a-token-of-this-org", key=disf.ready["key"])
    told = disf("sync")
    assert only_error(told)["code"] == "authorization"
    assert "5Aep861" not in told.out + told.err


def test_missing_secrets_are_said_for_each_connection(disf: Desk) -> None:
    disf.write_secrets()
    told = disf("check")
    assert [each["path"] for each in told.of("problem")] == ["connections[0]", "connections[1]"]
    assert only_error(disf("sync"))["code"] == "authorization"


def test_a_service_that_is_down_is_said_by_name(disf: Desk) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused at once
        project = disf.project
        project["connections"][0]["login_url"] = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        disf.project = project
        [problem] = disf("check").of("problem")
    assert problem["path"] == "connections[0]"
    assert "127.0.0.1" in problem["message"]


def test_a_secrets_file_that_others_can_read_is_refused(disf: Desk) -> None:
    disf.secrets.chmod(0o644)
    error = only_error(disf("sync"))
    assert error["code"] == "vault"
    assert "chmod 600" in error["what_to_do"]
    assert not disf.ledger.exists()


def test_without_a_safe_keyring_a_status_still_answers_and_a_sync_says_what_is_missing(disf: Desk) -> None:
    environment = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    words = (str(disf.file), "--profile", str(disf.profile), "--json")
    told = finished(disf.start("status", *words, env=environment))
    assert (told.code, told.the("status")["secrets"]) == (0, "")
    error = only_error(finished(disf.start("sync", *words, env=environment)))
    assert error["code"] == "vault"
    assert "--secrets FILE" in error["what_to_do"]
    assert not disf.ledger.exists()


def test_a_ledger_from_a_newer_version_is_not_opened(disf: Desk) -> None:
    disf.only("Leads")
    disf("sync")
    make_newer(disf)
    before = disf.ledger.read_bytes()
    for verb in ("sync", "status", "set-aside"):
        assert only_error(disf(verb))["code"] == "ledger_newer"
    assert disf.ledger.read_bytes() == before


def make_newer(disf: Desk) -> None:
    from disf_desktop.storage.database import close_database, open_database
    from disf_desktop.storage.ledger_schema import MIGRATIONS
    from disf_desktop.storage.vault import FileVault, ledger_key

    key = ledger_key(FileVault(disf.secrets), disf.project["id"], make=True)
    connection = open_database(disf.ledger, key, MIGRATIONS)
    connection.pragma("user_version", len(MIGRATIONS) + 1)
    close_database(connection)


def test_a_damaged_ledger_is_said_and_left_as_it_is(disf: Desk) -> None:
    disf.only("Leads")
    disf("sync")
    content = bytearray(disf.ledger.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    disf.ledger.write_bytes(content)
    told = disf("status")
    assert only_error(told)["code"] == "ledger_damaged"
    assert disf.ledger.read_bytes() == bytes(content)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root and its rights")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_said_before_anything_is_sent(disf: Desk, small_disk: Path) -> None:
    disf.profile = small_disk / "profile"
    error = only_error(disf("sync"))
    assert error["code"] == "disk_full"
    assert "MB" in error["message"]
    assert disf.control("requests") == []
    assert not disf.ledger.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_cannot_be_written_is_a_failure(disf: Desk) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = disf.start("status", str(disf.file), *disf.places, "--json", stdout=full)
        _, err = process.communicate()
    assert process.returncode == 1
    assert "no room left where the output goes" in err
