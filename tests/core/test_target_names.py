"""The ledger's name of a table tells accounts, projects and tables apart, and nothing else."""

from __future__ import annotations

from disf_desktop.core.target_names import account_of, target_name


def test_a_table_is_named_by_its_platform_its_project_and_its_code() -> None:
    account = account_of("https://app.dialoginsight.example/webservices")
    assert target_name(account, 5335, "Contact") == "app.dialoginsight.example/5335/Contact"


def test_two_ways_to_write_an_address_name_one_account() -> None:
    assert account_of("https://App.Example.org:443/") == account_of("https://app.example.org/webservices")
    assert account_of("") == ""
