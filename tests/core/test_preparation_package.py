"""The installation link of a package, what is installed of it, and whether it may be installed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.preparation_package import (
    InstalledPackage,
    PackageVerdict,
    PackageVersion,
    installed_of,
    judged,
    same_id,
    version_id_of,
)

ID = "04t5g000000Made"
LONG = ID + "AAA"


def installed(**more: object) -> InstalledPackage:
    known: dict[str, object] = {
        "id": "0A3",
        "package_id": "033000000000001",
        "name": "Dialog Insight Integration",
        "namespace": "",
        "version_id": "04t5g000000Oldr",
        "version": (1, 2, 0, 0),
    }
    return InstalledPackage(**{**known, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "link",
    [
        ID,
        f"  {ID} ",
        f"https://login.salesforce.com/packaging/installPackage.apexp?p0={ID}",
        f"https://test.salesforce.com/packaging/installPackage.apexp?x=1&p0={ID}",
        f"https://acme.my.salesforce.com/?startURL=%2Fpackaging%2FinstallPackage.apexp%3Fp0%3D{ID}",
    ],
)
def test_a_link_names_the_version_of_a_package(link: str) -> None:
    assert version_id_of(link) == ID


@pytest.mark.parametrize("link", ["", "033000000000001", ID[:-1], f"http://login.salesforce.com/?p0={ID}", "https://x"])
def test_what_names_no_version_is_no_link(link: str) -> None:
    assert version_id_of(link) is None


@given(st.text())
def test_no_text_breaks_the_reading_of_a_link(text: str) -> None:
    found = version_id_of(f"https://example.org/?p0={text}")
    assert found is None or found in text


def test_an_id_with_its_check_letters_is_the_same_id() -> None:
    assert same_id(ID, LONG)
    assert not same_id("", "")


def test_a_package_is_known_again_by_its_ids_and_else_by_its_name() -> None:
    wanted = PackageVersion(ID, package_id="033000000000001AAA", name="Renamed")
    assert installed_of(wanted, [installed(name="Other")]) is not None
    assert installed_of(PackageVersion(ID, name="Something else"), [installed()]) is None
    assert installed_of(PackageVersion(ID), [installed()]) is not None
    assert installed_of(None, [installed(name="Sales tools")]) is None


@pytest.mark.parametrize(
    ("wanted", "there", "verdict"),
    [
        (PackageVersion(ID), None, PackageVerdict.INSTALL),
        (PackageVersion(ID), installed(version_id=LONG), PackageVerdict.INSTALLED),
        (PackageVersion(ID), installed(), PackageVerdict.UNINSTALL_FIRST),
        (PackageVersion(ID, version=(1, 4, 0, 0)), installed(namespace="di"), PackageVerdict.INSTALL),
        (PackageVersion(ID, version=(1, 1, 9, 9)), installed(namespace="di"), PackageVerdict.NEWER_IS_THERE),
        (PackageVersion(ID), installed(namespace="di"), PackageVerdict.INSTALL),
    ],
)
def test_whether_a_package_may_be_installed(
    wanted: PackageVersion, there: InstalledPackage | None, verdict: PackageVerdict
) -> None:
    assert judged(wanted, there) is verdict


def test_a_version_is_written_as_short_as_it_may_be() -> None:
    assert installed().version_text == "1.2"
    assert installed(version=(1, 2, 3, 0)).version_text == "1.2.3"
    assert installed(version=(1, 2, 0, 4)).version_text == "1.2.0.4"
