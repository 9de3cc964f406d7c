"""What people paste as the address of their org, and what is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.addresses import PLATFORMS, login_url_of, root_url_of
from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("acme", "https://acme.my.salesforce.com"),
        (" Acme ", "https://acme.my.salesforce.com"),
        ("acme--full", "https://acme--full.sandbox.my.salesforce.com"),
        ("acme.my.salesforce.com", "https://acme.my.salesforce.com"),
        ("https://acme.my.salesforce.com/home/home.jsp?a=b#c", "https://acme.my.salesforce.com"),
        ("http://acme.my.salesforce.com", "https://acme.my.salesforce.com"),
        ("https://acme.lightning.force.com/lightning/page/home", "https://acme.my.salesforce.com"),
        (
            "https://acme--full.sandbox.lightning.force.com/lightning/o/Contact/list",
            "https://acme--full.sandbox.my.salesforce.com",
        ),
        ("https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home", "https://acme.my.salesforce.com"),
        (
            "acme--full.sandbox.my.salesforce-setup.com/lightning/setup/x",
            "https://acme--full.sandbox.my.salesforce.com",
        ),
        ("https://acme--c.vf.force.com/apex/page", "https://acme.my.salesforce.com"),
        ("https://acme--full--c.sandbox.vf.force.com/apex/p", "https://acme--full.sandbox.my.salesforce.com"),
        (
            "https://acme-dev-ed.develop.lightning.force.com/one/one.app",
            "https://acme-dev-ed.develop.my.salesforce.com",
        ),
        ("https://login.salesforce.com/", "https://login.salesforce.com"),
        ("https://acme.my.salesforce.mil", "https://acme.my.salesforce.mil"),
        ("http://127.0.0.1:8123/services", "http://127.0.0.1:8123"),
    ],
)
def test_any_address_of_an_org_becomes_the_one_to_sign_in_at(typed: str, url: str) -> None:
    assert login_url_of(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "acme newsletter",
        "marie@example.org",
        "https://example.org",
        "https://acme.my.salesforce.com.example.org",
        "https://user:word@acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
        "https://www.salesforce.com/fr",
        "https://help.salesforce.com/s/articleView",
        "ftp://acme.my.salesforce.com",
        "https://[",
        "https://force.com",
        "-acme",
    ],
)
def test_what_is_of_no_org_is_refused(typed: str) -> None:
    assert login_url_of(typed) is None


@given(st.text(max_size=80))
def test_what_is_made_of_any_text_may_stand_in_a_project_file(typed: str) -> None:
    made = login_url_of(typed)
    if made is not None:
        assert SalesforceConnection(id="org", name="Org", login_url=made).login_url == made
        assert login_url_of(made) == made


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("app.dialoginsight.com", PLATFORMS["Canada"]),
        ("https://app.mydialoginsight.com/fe/webservices/about", PLATFORMS["France"]),
        ("di.example.org", "https://di.example.org/webservices/ofc4/"),
        (" https://di.example.org/services ", "https://di.example.org/services/"),
        ("http://127.0.0.1:8123/dialog-insight", "http://127.0.0.1:8123/dialog-insight/"),
    ],
)
def test_any_page_of_a_platform_is_that_platform(typed: str, url: str) -> None:
    assert root_url_of(typed) == url


@pytest.mark.parametrize(
    "typed", ["", "here", "http://di.example.org", "https://a:b@di.example.org", "di.example.org/?a=b", "https://["]
)
def test_what_would_send_a_key_in_the_clear_or_nowhere_is_refused(typed: str) -> None:
    assert root_url_of(typed) is None


@given(st.text(max_size=80))
def test_what_is_made_of_any_text_may_stand_as_the_address_of_an_account(typed: str) -> None:
    made = root_url_of(typed)
    if made is not None:
        assert DialogInsightConnection(id="di", name="Account", id_key=1, root_url=made).root_url == made
