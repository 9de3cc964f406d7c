"""Project files: read with every problem at once, written whole."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import SettingsError
from disf_desktop.core.project import CURRENT_VERSION, ConflictPolicy, Project, TransformName, WhenEmpty
from disf_desktop.storage.project_file import (
    LARGEST_FILE,
    SCHEMA_NAME,
    UPGRADES,
    load,
    project_of,
    read,
    save,
    upgrade,
    write_json_schema,
)
from disf_desktop.storage.strict_yaml import YamlProblem, parse, render

FIXTURES = Path(__file__).parent / "fixtures"
START = "version: 1\nid: 2f0c7a9e-5b1d\nname: A project\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def to_file(text: str) -> Path:
        path = tmp_path / "project.disf.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def _problems(path: Path) -> dict[str, tuple[str, str]]:
    with pytest.raises(SettingsError) as told:
        load(path)
    return {problem.path: (problem.message, problem.what_to_do) for problem in told.value.problems}


def test_a_file_of_version_1_is_read_for_ever() -> None:
    project = load(FIXTURES / "v1.disf.yaml")
    assert project.name == "Fidélisation"
    assert [c.kind for c in project.connections] == ["salesforce", "dialog_insight"]
    assert project.integrations[0].mapping.pairs[1].transform == (TransformName.LOWER,)
    assert project.integrations[0].mapping.pairs[1].when_empty is WhenEmpty.KEEP
    assert project.integrations[0].mapping.pairs[2].default == "No"
    assert project.integrations[0].mapping.pairs[2].conflict is ConflictPolicy.FIRST_NON_EMPTY
    table = project.projects[0].table("ORDERS")
    assert table is not None
    assert table.fields[2].scale == 2


def test_every_version_has_a_fixture_and_an_upgrade() -> None:
    for version in range(1, CURRENT_VERSION + 1):
        assert load(FIXTURES / f"v{version}.disf.yaml").version == CURRENT_VERSION
    assert len(UPGRADES) == CURRENT_VERSION - 1


def test_what_is_saved_is_what_is_loaded_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "copy.disf.yaml"
    save(path, load(FIXTURES / "v1.disf.yaml"))
    assert path.read_text() == (FIXTURES / "v1.disf.yaml").read_text()


awkward = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.sampled_from(
        ["No", "on", "~", "null", "007", "1e3", "0x1F", "12:30", "2026-11-02", "1_000", "=", "<<", "*a", "&a"]
    ),
    st.sampled_from(
        ["- a", "a: b", "a #b", "#", "'", '"', "{a", "[a", "!x", "%x", "@x", "`x", "é\u2028b", "\x85", ".5", "+1"]
    ),
)


@settings(deadline=None)
@given(awkward)
def test_any_text_is_written_and_read_back_as_it_is(text: str) -> None:
    assert parse(render({"a": text, text: ["b", {text: True}]})) == {"a": text, text: ["b", {text: True}]}


@settings(deadline=None, max_examples=40)
@given(st.lists(awkward.filter(lambda text: 0 < len(text.strip()) <= 120), min_size=1, max_size=5, unique=True))
def test_any_project_is_written_and_read_back_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    project, _ = project_of(
        {
            "version": 1,
            "id": "12345678",
            "name": names[0],
            "connections": [{"kind": "dialog_insight", "id": "007", "name": names[-1], "id_key": 1}],
            "integrations": [
                {
                    "name": name,
                    "salesforce": "no",
                    "object": name,
                    "project": "1e3",
                    "mapping": {"pairs": [{"source": name, "target": name, "default": name}]},
                }
                for name in names
            ],
        }
    )
    path = tmp_path_factory.mktemp("any") / "any.disf.yaml"
    save(path, project)
    assert read(path)[0] == project


def test_all_problems_are_said_at_once_each_with_its_path(write: Callable[[str], Path]) -> None:
    problems = _problems(
        write(
            START.replace("name: A project", "name: [1]")
            + """
connections:
  - {kind: salesforce, id: org, name: Org, batch_size: 500, login_url: "http://example.org", clientid: x}
  - {id: x}
  - {kind: hubspot}
integrations:
  - {name: One, salesforce: org, object: Contact, project: p, mapping: {pairs: [{source: Id, target: Key, key: true}]}}
  - name: Two
    salesforce: org
    object: Contact
    project: p
    triggers: [whenever]
    mapping:
      pairs:
        - {source: Id, target: Key, key: true}
        - {source: Email, target: EMail}
        - {source: FirstName, traget: FirstName, when_empty: sometimes}
"""
        )
    )
    assert {path: message for path, (message, _) in problems.items()} == {
        "name": "“name” must be text.",
        "connections[0].batch_size": "“batch_size” is too large.",
        "connections[0].login_url": "“login_url” cannot be used as it is.",
        "connections[0].clientid": "“clientid” is not known here.",
        "connections[1].kind": "“kind” is missing.",
        "connections[2].kind": "There is no kind “hubspot”.",
        "integrations[1].triggers[0]": "“triggers[0]” has a value that is not known.",
        "integrations[1].mapping.pairs[2].target": "“target” is missing.",
        "integrations[1].mapping.pairs[2].traget": "“traget” is not known here.",
        "integrations[1].mapping.pairs[2].when_empty": "“when_empty” has a value that is not known.",
    }
    assert problems["connections[0].batch_size"][1] == "Use a number of at most 200."
    assert problems["connections[0].clientid"][1] == "Did you mean “client_id”?"
    assert problems["integrations[1].mapping.pairs[2].traget"][1] == "Did you mean “target”?"
    assert "'clear' or 'keep'" in problems["integrations[1].mapping.pairs[2].when_empty"][1]
    assert all(what_to_do for _, what_to_do in problems.values())


def test_problems_that_only_the_whole_shows_are_said_too(write: Callable[[str], Path]) -> None:
    text = (FIXTURES / "v1.disf.yaml").read_text().replace("connection: di", "connection: elsewhere")
    problems = _problems(write(text.replace("target: City", "target: optin_Newsletter")))
    assert set(problems) == {"projects[0].connection", "integrations[0].mapping.pairs[2].target"}


def test_an_unfinished_project_can_be_read_with_what_is_still_wrong(write: Callable[[str], Path]) -> None:
    text = (FIXTURES / "v1.disf.yaml").read_text().replace("connection: di", "connection: elsewhere")
    project, problems = read(write(text))
    assert project.projects[0].connection == "elsewhere"
    assert [problem.path for problem in problems] == ["projects[0].connection"]


def test_an_unknown_member_without_a_near_name_is_answered_with_the_known_ones(write: Callable[[str], Path]) -> None:
    message, what_to_do = _problems(write(START + "colour: red\n"))["colour"]
    assert message == "“colour” is not known here."
    assert "connections" in what_to_do
    assert "integrations" in what_to_do


@pytest.mark.parametrize("name", ["password", "client_secret", "refresh_token", "key", "api_key", "AccessToken"])
def test_a_secret_in_the_file_is_answered_with_where_secrets_live(write: Callable[[str], Path], name: str) -> None:
    connection = f"connections:\n  - {{kind: dialog_insight, id: di, name: DI, id_key: 1, {name}: 5Aep861xyz}}\n"
    with pytest.raises(SettingsError) as told:
        load(write(START + connection))
    (problem,) = told.value.problems
    assert problem.path == f"connections[0].{name}"
    assert "holds none" in problem.message
    assert "keyring" in problem.what_to_do
    assert "--secrets" in problem.what_to_do
    assert "5Aep861xyz" not in repr(told.value.problems)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("version: 1\nname: [a, b\nid: x\n", "line 3, column 3", "not readable"),
        ("version: 1\n\tname: x\n", "line 2, column 1", "not readable"),
        ("version: 1\nname: a\nname: b\n", "line 3, column 1", "given twice"),
        ("version: 1\nconnections:\n  - &c {kind: salesforce}\n  - *c\n", "line 4, column 5", "alias"),
        ("version: 1\n? [a]\n: b\n", "line 2, column 3", "plain text"),
        ("version: 1\nname: !!python/object/apply:os.getcwd []\n", "line 2, column 7", "not readable"),
        ("version: 1\nname: " + "[" * 50 + "]" * 50, "line 2, column 46", "nested too deeply"),
        ("a\x07b", "", "does not allow"),
        ("- a list", "", "not a project file"),
        ("", "", "not a project file"),
    ],
)
def test_a_file_that_is_no_such_yaml_is_refused_with_the_place(
    write: Callable[[str], Path], text: str, place: str, message: str
) -> None:
    problems = _problems(write(text))
    assert list(problems) == [place]
    assert message in problems[place][0]


def test_a_bomb_of_aliases_is_refused_before_it_is_unfolded(write: Callable[[str], Path]) -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert "alias" in next(iter(_problems(write("\n".join(lines))).values()))[0]


def test_a_file_that_is_too_large_or_no_text_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.disf.yaml"
    assert "cannot be read" in _problems(path)[""][0]
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert "larger" in _problems(path)[""][0]
    path.write_bytes("name: é".encode("latin-1"))
    assert "UTF-8" in _problems(path)[""][0]
    assert "cannot be read" in _problems(tmp_path)[""][0]


@pytest.mark.parametrize("version", ["2", "99"])
def test_a_file_of_a_newer_version_refuses_kindly(write: Callable[[str], Path], version: str) -> None:
    message, what_to_do = _problems(write(START.replace("version: 1", f"version: {version}") + "new_member: x\n"))[
        "version"
    ]
    assert "newer version of this program" in message
    assert "Install" in what_to_do


@pytest.mark.parametrize("line", ["", "version: true", "version: '1'", "version: 0", "version: 1.0", "version:"])
def test_a_file_without_a_version_is_refused(write: Callable[[str], Path], line: str) -> None:
    assert _problems(write(START.replace("version: 1", line)))["version"][1] == "Begin it with: version: 1"


def test_upgrades_are_applied_one_after_another_and_leave_what_they_were_given() -> None:
    def first(members: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in members.items() if k != "title"}, "name": members["title"]}

    def second(members: dict[str, Any]) -> dict[str, Any]:
        return {**members, "name": members["name"].upper()}

    old = {"version": 1, "title": "a name"}
    assert upgrade(old, (first, second)) == {"version": 3, "name": "A NAME"}
    assert old == {"version": 1, "title": "a name"}
    assert upgrade({"version": 2, "name": "x"}, (first, second)) == {"version": 3, "name": "X"}
    assert upgrade({"version": 3, "name": "x"}, (first, second)) == {"version": 3, "name": "x"}
    with pytest.raises(SettingsError, match="newer"):
        upgrade({"version": 4}, (first, second))


def test_saving_leaves_out_what_is_understood_anyway(tmp_path: Path) -> None:
    path = tmp_path / "small.disf.yaml"
    save(path, Project(id="12345678", name="Small"))
    body = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    assert body == ["version: 1", "id: '12345678'", "name: Small"]


def test_saving_keeps_the_permissions_and_follows_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.disf.yaml", tmp_path / "link.disf.yaml"
    save(real, Project(id="12345678", name="First"))
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    real.chmod(0o644)
    link.symlink_to(real)
    save(link, Project(id="12345678", name="Second"))
    assert link.is_symlink()
    assert load(real).name == "Second"
    assert stat.S_IMODE(real.stat().st_mode) == 0o644


def test_a_failed_save_keeps_the_old_file_and_leaves_no_scrap(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / ("n" * 240 + ".disf.yaml")
    path.write_text("old")
    # The name of the new file beside it is too long for the file system.
    with pytest.raises(SettingsError, match="cannot be written"):
        save(path, Project(id="12345678", name="New"))
    assert path.read_text() == "old"
    assert [p.name for p in folder.iterdir()] == [path.name]


def test_the_schema_for_editors_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "a.disf.yaml"
    save(path, Project(id="12345678", name="A"))
    assert path.read_text().splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA_NAME}"
    schema = json.loads((tmp_path / SCHEMA_NAME).read_text())
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(Project.model_fields)
    before = (tmp_path / SCHEMA_NAME).stat().st_ino
    assert write_json_schema(tmp_path) == tmp_path / SCHEMA_NAME
    assert (tmp_path / SCHEMA_NAME).stat().st_ino == before
    (tmp_path / SCHEMA_NAME).write_text("{}")
    write_json_schema(tmp_path)
    assert json.loads((tmp_path / SCHEMA_NAME).read_text()) == schema


def test_our_yaml_reads_json_and_plain_words_as_a_person_means_them() -> None:
    assert parse('{"a": [1, -2, 2.5, true, null], "b": "x"}') == {"a": [1, -2, 2.5, True, None], "b": "x"}
    assert parse("a: No\nb: 12:30\nc: 2026-11-02\nd: 007\ne: on\nf: 1_000\ng: 0x1F") == {
        "a": "No",
        "b": "12:30",
        "c": "2026-11-02",
        "d": "007",
        "e": "on",
        "f": "1_000",
        "g": "0x1F",
    }
    with pytest.raises(YamlProblem):
        parse("a: 1\nb: 2\na: 3")


def test_what_we_write_means_the_same_to_other_readers_of_yaml(tmp_path: Path) -> None:
    path = tmp_path / "v1.disf.yaml"
    shutil.copyfile(FIXTURES / "v1.disf.yaml", path)
    assert yaml.safe_load(path.read_text()) == parse(path.read_text())
