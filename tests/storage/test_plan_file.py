"""Saved plans: what they admit, what they refuse, and half or edited files."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import DiskFull, LedgerError
from disf_desktop.core.events import FieldChange, OperationPlanned, PreviewFinished
from disf_desktop.core.plan_file import Admission, NotThisPlan, PlanFor, PlanIsDamaged
from disf_desktop.core.schema import Side
from disf_desktop.storage.plan_file import PlannedOperations, PlanWriter

MINE = PlanFor("0f3f1c1e-plan", ("Contacts", "Leads"), "2026-11-02T14:10:00Z")
FINISHED = PreviewFinished("abcdef0123456789", {"create": 1, "update": 1}, {Side.SALESFORCE: 0})


def operation(
    rid: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    kind: str = "update",
    side: Side = Side.DIALOG_INSIGHT,
    integration: str = "Contacts",
) -> OperationPlanned:
    after = {"City": "Lévis"} if after is None else after
    changes = {n: FieldChange((before or {}).get(n), v, "changed_in_salesforce") for n, v in after.items()}
    return OperationPlanned(integration, side, kind, rid, changes)


def saved(path: Path, operations: Sequence[OperationPlanned], plan_for: PlanFor = MINE) -> Path:
    with PlanWriter(path, plan_for) as writer:
        for each in operations:
            writer.add(each)
        writer.finish(FINISHED)
    return path


def judged(plan: PlannedOperations, each: OperationPlanned) -> Admission:
    before = {n: c.before for n, c in each.fields.items()}
    after = {n: c.after for n, c in each.fields.items()}
    return plan.judge(each.integration, each.side, each.kind, each.key, before, after)


def test_a_plan_admits_its_own_operations_and_has_nothing_left_then(tmp_path: Path) -> None:
    operations = [
        operation("003A", kind="create"),
        operation("003B", {"City": "Laval"}),
        operation("17", {"Email": "a@example.org"}, {"Email": None}, side=Side.SALESFORCE),
        operation("003A", {"Tags": ("a", "b")}, {"Tags": ("b",)}, integration="Leads"),
    ]
    with PlannedOperations.open(saved(tmp_path / "plan", operations), MINE.project) as plan:
        assert (plan.plan_for, plan.plan_hash, plan.counts) == (MINE, FINISHED.plan_hash, FINISHED.counts)
        assert [judged(plan, each) for each in reversed(operations)] == [Admission.ADMITTED] * 4
        assert list(plan.leftovers()) == []


@pytest.mark.parametrize(
    ("now", "admission"),
    [
        (operation("003B", {"City": "Laval"}), Admission.ADMITTED),
        (operation("003B", {"City": "Laval"}, {"City": "Québec"}), Admission.MOVED),
        (operation("003B", {"City": "Magog"}), Admission.MOVED),
        (operation("003B", {"City": "Laval"}, {"City": "Lévis", "Phone": "1"}), Admission.MOVED),
        (operation("003B", {"City": "Laval"}, {}), Admission.MOVED),
        (operation("003C", {"City": "Laval"}), Admission.NEW),
        (operation("003B", {"City": "Laval"}, kind="create"), Admission.NEW),
        (operation("003B", {"City": "Laval"}, side=Side.SALESFORCE), Admission.NEW),
        (operation("003B", {"City": "Laval"}, integration="Leads"), Admission.NEW),
    ],
)
def test_only_the_very_same_operation_is_admitted(tmp_path: Path, now: OperationPlanned, admission: Admission) -> None:
    path = saved(tmp_path / "plan", [operation("003A"), operation("003B", {"City": "Laval"})])
    with PlannedOperations.open(path, MINE.project) as plan:
        assert judged(plan, now) is admission
        before = {n: c.before for n, c in now.fields.items()}
        after = {n: c.after for n, c in now.fields.items()}
        admits = plan.admits(now.integration, now.side, now.kind, now.key, before, after)
        assert admits is (admission is Admission.ADMITTED)


def test_what_nothing_calls_for_any_more_is_left_over_in_the_order_of_the_plan(tmp_path: Path) -> None:
    operations = [operation(rid, {"City": "Laval"}) for rid in ("9", "10", "003A", "003B")]
    with PlannedOperations.open(saved(tmp_path / "plan", operations), MINE.project) as plan:
        judged(plan, operations[1])
        judged(plan, operation("003B", {"City": "another"}))
        left = list(plan.leftovers())
    assert [each.key for each in left] == ["9", "003A"]
    assert left[0].as_json() == operations[0].as_json() | {"not_applied": "moved"}


def test_a_field_that_the_operation_says_nothing_of_was_empty(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan", [operation("003A", kind="create")])
    with PlannedOperations.open(path, MINE.project) as plan:
        assert plan.admits("Contacts", Side.DIALOG_INSIGHT, "create", "003A", {}, {"City": "Lévis"})


def test_a_record_that_is_set_aside_is_no_operation_of_the_plan(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan", [operation("003A", kind="set_aside")])
    with PlannedOperations.open(path, MINE.project) as plan:
        assert list(plan.leftovers()) == []
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3


VALUES = st.one_of(st.none(), st.booleans(), st.text(), st.tuples(st.text()), st.integers(-(2**53), 2**53))
OPERATIONS = st.lists(
    st.builds(
        operation,
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4),
        st.dictionaries(st.sampled_from("abc"), VALUES),
        st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1),
        kind=st.sampled_from(["create", "update"]),
        side=st.sampled_from(Side),
        integration=st.sampled_from(["Contacts", "Leads"]),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(OPERATIONS, OPERATIONS)
def test_admitted_is_exactly_what_both_plans_hold(
    tmp_path_factory: pytest.TempPathFactory, then: list[OperationPlanned], now: list[OperationPlanned]
) -> None:
    path = saved(tmp_path_factory.mktemp("plan") / "plan", then)

    def as_it_is(each: OperationPlanned) -> str:
        return json.dumps(each.as_json(), sort_keys=True)

    def whose(each: OperationPlanned) -> tuple[str, Side, str, str]:
        return each.integration, each.side, each.kind, each.key

    with PlannedOperations.open(path, MINE.project) as plan:
        for each in now + then:
            expected = Admission.NEW
            if whose(each) in set(map(whose, then)):
                expected = Admission.ADMITTED if as_it_is(each) in set(map(as_it_is, then)) else Admission.MOVED
            assert judged(plan, each) is expected
        assert list(plan.leftovers()) == []


# ------------------------------------------------------------------------------------- files


def test_a_plan_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_text("there before", encoding="utf-8")
    path.chmod(0o644)
    saved(path, [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_plan_that_is_not_finished_leaves_no_file_and_no_part_of_one(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    with PlanWriter(path, MINE) as writer:
        writer.add(operation("003A"))
        [part] = tmp_path.iterdir()
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == []


def test_a_plan_replaces_the_one_before_only_when_it_is_finished(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan", [operation("003A")])
    with PlanWriter(path, MINE) as writer:
        writer.add(operation("003B"))
    with PlannedOperations.open(path, MINE.project) as plan:
        assert [each.key for each in plan.leftovers()] == ["003A"]


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 4])
def test_a_plan_of_which_the_last_lines_are_missing_is_refused(tmp_path: Path, cut: int) -> None:
    path = saved(tmp_path / "plan", [operation("003A"), operation("003B")])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:cut]))
    with pytest.raises(NotThisPlan if cut == 0 else PlanIsDamaged), PlannedOperations.open(path, MINE.project):
        pass


@given(st.data())
@settings(max_examples=80)
def test_a_plan_with_one_byte_changed_or_cut_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = saved(tmp_path_factory.mktemp("plan") / "plan", [operation("003A"), operation("003B")])
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 2))
    if data.draw(st.booleans()):
        content[place] ^= data.draw(st.integers(1, 255))
    else:
        del content[place:]
    path.write_bytes(content)
    with pytest.raises((PlanIsDamaged, NotThisPlan)), PlannedOperations.open(path, MINE.project):
        pass


def test_lines_that_change_places_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan", [operation("003A"), operation("003B")])
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    path.write_bytes(b"".join(lines))
    with pytest.raises(PlanIsDamaged), PlannedOperations.open(path, MINE.project):
        pass


@pytest.mark.parametrize("content", [b"", b"hello\n", b"[1]\n[2]\n", b'{"a":1}\n', b"\x00\xff" * 400])
def test_a_file_that_is_no_plan_is_wrong_use(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan"
    path.write_bytes(content)
    with pytest.raises(NotThisPlan) as refused, PlannedOperations.open(path, MINE.project):
        pass
    assert refused.value.exit_code == 2
    with pytest.raises(NotThisPlan), PlannedOperations.open(tmp_path / "nothing there", MINE.project):
        pass


def test_a_plan_for_another_project_file_is_wrong_use(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan", [])
    with pytest.raises(NotThisPlan, match="another project"), PlannedOperations.open(path, "1a2b3c4d-other"):
        pass


def test_a_plan_of_another_version_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "plan", [])
    head, end, _ = path.read_bytes().splitlines(keepends=True)
    later = head.replace(b'"disf_plan":1', b'"disf_plan":2')
    seal = blake2b(later + end, digest_size=16).hexdigest()
    path.write_bytes(later + end + f'{{"blake2b":"{seal}"}}\n'.encode())
    with pytest.raises(PlanIsDamaged, match="version") as refused, PlannedOperations.open(path, MINE.project):
        pass
    assert refused.value.exit_code == 1


def test_a_folder_that_is_not_there_is_said_before_anything_is_planned(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be written"):
        PlanWriter(tmp_path / "nowhere" / "plan", MINE)


def test_a_full_disk_is_said_as_such_and_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limit for the size of a file")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    big = operation("003A", {"City": "x" * 100_000})
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limit[1]))
        with pytest.raises(DiskFull):
            saved(tmp_path / "plan", [big])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert list(tmp_path.iterdir()) == []
