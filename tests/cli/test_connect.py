"""`connect`: a key that is tested before it is kept, and a sign-in whose page this test opens itself."""

from __future__ import annotations

import json
import re
import stat

import pytest
import requests
import yaml

from tests.cli.conftest import Desk, finished


def test_a_key_is_tested_then_kept(disf: Desk) -> None:
    disf.secrets.unlink()
    told = disf("connect", "dialog-insight-demo", "--key-stdin", given=f"{disf.ready['key']}\n")
    assert told.code == 0
    names = {each["name"] for each in told.the("connected")["projects"]}
    assert names == {"Newsletter", "Web forms"}
    assert yaml.safe_load(disf.secrets.read_text(encoding="utf-8")) == {
        "dialog-insight-demo": {"key": disf.ready["key"]}
    }
    assert stat.S_IMODE(disf.secrets.stat().st_mode) == 0o600
    assert disf.ready["key"] not in told.out + told.err


@pytest.mark.parametrize("key", ["wrong-key-canary-123\n", "\n", ""])
def test_a_key_that_is_refused_is_not_kept(disf: Desk, key: str) -> None:
    told = disf("connect", "dialog-insight-demo", "--key-stdin", given=key)
    assert told.code == 1
    assert told.events[-1]["event"] == "error"
    kept = yaml.safe_load(disf.secrets.read_text(encoding="utf-8"))
    assert kept["dialog-insight-demo"] == {"key": disf.ready["key"]}
    assert "canary" not in told.out + told.err


def test_without_a_terminal_a_key_is_asked_for_in_no_hidden_way(disf: Desk) -> None:
    told = disf("connect", "dialog-insight-demo")
    assert told.code == 2
    assert "--key-stdin" in told.the("error")["message"]


def test_a_person_signs_in_to_salesforce_in_a_browser(disf: Desk) -> None:
    disf.secrets.unlink()
    words = ("connect", str(disf.file), "salesforce-demo", "--no-browser", "--json", *disf.places)
    process = disf.start(*words)
    assert process.stdout is not None
    opened = json.loads(process.stdout.readline())
    assert opened["event"] == "open_url"
    assert opened["url"].startswith(disf.ready["salesforce_url"])
    allow(opened["url"], disf)
    told = finished(process)
    assert told.code == 0, told.err
    connected = told.the("connected")
    assert connected["user"] == disf.ready["username"]
    assert connected["calls_allowed"] > 0
    assert "refresh_token" in yaml.safe_load(disf.secrets.read_text(encoding="utf-8"))["salesforce-demo"]
    assert disf("connect", "dialog-insight-demo", "--key-stdin", given=disf.ready["key"]).code == 0
    assert disf("check").code == 0


def allow(url: str, disf: Desk) -> None:
    """Do what a person does: sign in on the page, allow the app on the next one, be sent back."""
    page = requests.get(url, timeout=10)
    page.raise_for_status()
    for answer in ({"username": disf.ready["username"], "password": disf.ready["password"]}, {"answer": "allow"}):
        [hidden] = set(re.findall(r'name="page" value="([^"]+)"', page.text))
        page = requests.post(url.split("?")[0], data={"page": hidden, **answer}, timeout=10, allow_redirects=False)
    assert page.is_redirect, page.text
    requests.get(page.headers["Location"], timeout=10).raise_for_status()


def test_a_sign_in_given_up_ends_with_4_and_keeps_what_there_was(disf: Desk) -> None:
    process = disf.start("connect", str(disf.file), "salesforce-demo", "--no-browser", "--json", *disf.places)
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["event"] == "open_url"
    process.terminate()
    told = finished(process)
    assert told.code == 4
    kept = yaml.safe_load(disf.secrets.read_text(encoding="utf-8"))
    assert kept["salesforce-demo"] == {"refresh_token": disf.ready["refresh_token"]}
