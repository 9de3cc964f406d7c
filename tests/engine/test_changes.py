"""What one change in Salesforce leads to: one write, of the changed fields only."""

from __future__ import annotations

from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import FieldPair, TransformName, Trigger
from disf_desktop.core.schema import Field, FieldType, Side
from tests.engine.fakes import DialogInsightTable, with_field
from tests.engine.world import CONTACT, CONTACTS, NEWSLETTER, PAIRS, World


def loaded(world: World, number: int = 5) -> list[str]:
    """Load some contacts, with ten minutes before the load and ten after it."""
    rids = [
        world.contact(LastName=f"N{n}", Phone=f"514 555-010{n % 10}", Title="Baker", Level__c="Gold")
        for n in range(number)
    ]
    world.clock.advance(600)
    world.run()
    world.clock.advance(600)
    return rids


def test_one_change_is_one_write_of_the_changed_field_only(world: World) -> None:
    rids = loaded(world)
    world.org.update("Contact", rids[2], LastName="Roy")
    mark = len(world.contacts.sent)
    told = world.run()
    [call] = world.contacts.sent[mark:]
    [record] = call.records
    assert call.kind == "update"
    assert dict(record.fields) == {"LastName": "Roy"}
    assert record.rid == world.contacts.by_key[(rids[2].lower(),)]
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 1
    assert told.status is RunStatus.SUCCESS


def test_a_save_that_changes_no_mapped_field_writes_nothing(world: World) -> None:
    rids = loaded(world)
    world.org.update("Contact", rids[0], City__c="Sherbrooke")
    mark = len(world.contacts.sent)
    told = world.run()
    assert world.contacts.sent[mark:] == []
    assert told.total.unchanged == told.total.sides[Side.SALESFORCE].read == 1


def test_a_change_undone_before_the_run_writes_nothing(world: World) -> None:
    rids = loaded(world)
    world.org.update("Contact", rids[0], LastName="Roy")
    world.org.update("Contact", rids[0], LastName="N0")
    mark = len(world.contacts.sent)
    world.run()
    assert world.contacts.sent[mark:] == []


def test_an_emptied_field_is_cleared_or_kept_as_its_pair_says(world: World) -> None:
    rids = loaded(world)
    world.org.update("Contact", rids[0], Phone=None, Title=None)
    world.run()
    contact = world.in_contacts(rids[0])
    assert "Phone" not in contact
    assert contact["Title"] == "Baker"
    world.clock.advance(60)
    world.org.update("Contact", rids[0], Title="Painter")
    world.run()
    assert world.in_contacts(rids[0])["Title"] == "Painter"


def test_a_kept_value_is_not_written_again_when_the_same_one_comes_back(world: World) -> None:
    rids = loaded(world)
    world.org.update("Contact", rids[0], Title=None)
    world.run()
    world.clock.advance(60)
    world.org.update("Contact", rids[0], Title="Baker")
    mark = len(world.contacts.sent)
    world.run()
    assert world.contacts.sent[mark:] == []


def test_an_update_whose_trigger_is_not_ticked_is_seen_and_not_carried_out(world: World) -> None:
    rids = loaded(world)
    creates_only = world.job(triggers=(Trigger.SALESFORCE_CREATED,))
    world.run(creates_only)
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Roy")
    world.contact(LastName="New")
    mark = len(world.contacts.sent)
    told = world.run(creates_only)
    assert told.status is RunStatus.SUCCESS
    assert [call.kind for call in world.contacts.sent[mark:]] == ["create"]
    assert world.in_contacts(rids[0])["LastName"] == "N0"


def test_a_trigger_that_is_ticked_later_carries_over_what_piled_up(world: World) -> None:
    rids = loaded(world)
    creates_only = world.job(triggers=(Trigger.SALESFORCE_CREATED,))
    world.run(creates_only)
    world.clock.advance(600)
    world.org.update("Contact", rids[0], LastName="Roy")
    world.run(creates_only)
    world.clock.advance(600)
    shown = world.preview(world.job())
    assert [operation.key for operation in shown.operations] == [rids[0]]
    world.run(world.job())
    assert world.in_contacts(rids[0])["LastName"] == "Roy"


def test_a_create_whose_trigger_is_not_ticked_is_not_carried_out(world: World) -> None:
    world.contact()
    told = world.run(world.job(triggers=(Trigger.SALESFORCE_UPDATED,)))
    assert told.status is RunStatus.SUCCESS
    assert world.contacts.sent == []
    assert world.rows("SELECT count(*) FROM link") == [(0,)]
    world.run(world.job())
    assert len(world.contacts.rows) == 1


def test_a_value_that_dialog_insight_cuts_is_sent_once_and_never_back_and_forth(world: World) -> None:
    world.contacts.cuts = {"LastName": 20}
    rid = world.contact(LastName="Jean-Sébastien Lacroix-Tremblay", Email="Jean@Example.org")
    world.run()
    assert world.in_contacts(rid)["LastName"] == "Jean-Sébastien Lacro"
    assert world.in_contacts(rid)["EMail"] == "jean@example.org"
    for _ in range(3):
        world.clock.advance(600)
        mark = len(world.contacts.sent)
        assert world.run().status is RunStatus.SUCCESS
        assert world.contacts.sent[mark:] == []
    world.org.update("Contact", rid, Phone="514")
    world.run()
    [record] = world.sent_since(mark)
    assert dict(record.fields) == {"Phone": "514"}
    world.clock.advance(60)
    world.org.update("Contact", rid, LastName="Lacroix")
    world.run()
    assert world.in_contacts(rid)["LastName"] == "Lacroix"


def test_what_a_person_changes_in_dialog_insight_is_not_touched_by_the_change_of_another_field(world: World) -> None:
    rids = loaded(world)
    target = world.contacts.by_key[(rids[0].lower(),)]
    world.contacts.edit(target, Phone="819")
    world.org.update("Contact", rids[0], LastName="Roy")
    world.run()
    assert world.in_contacts(rids[0])["Phone"] == "819"
    assert world.in_contacts(rids[0])["LastName"] == "Roy"


def test_a_changed_value_that_dialog_insight_already_holds_writes_nothing(world: World) -> None:
    world.contacts.cuts = {"LastName": 4}
    rid = world.contact(LastName="Roy Tremblay")
    world.run()
    world.clock.advance(60)
    world.org.update("Contact", rid, LastName="Roy")
    mark = len(world.contacts.sent)
    world.run()
    assert world.contacts.sent[mark:] == []
    world.clock.advance(60)
    world.org.update("Contact", rid, LastName="Roy T")
    world.run()
    assert [dict(r.fields) for r in world.sent_since(mark)] == [{"LastName": "Roy T"}]


def test_a_new_pair_starts_from_now_and_fills_nothing_back(world: World) -> None:
    rids = loaded(world, 4)
    world.org.update("Contact", rids[0], City__c="Laval")
    world.run()
    world.clock.advance(600)
    wider = world.job((*PAIRS, FieldPair(source="City__c", target="City")))
    mark = len(world.contacts.sent)
    told = world.run(wider)
    assert told.status is RunStatus.SUCCESS
    assert told.total.sides[Side.SALESFORCE].read == 4
    assert world.contacts.sent[mark:] == []
    world.clock.advance(600)
    world.org.update("Contact", rids[0], City__c="Lévis")
    world.run(wider)
    assert [dict(r.fields) for r in world.sent_since(mark)] == [{"City": "Lévis"}]


def test_a_change_made_while_a_new_pair_arrives_still_travels(world: World) -> None:
    rids = loaded(world)
    world.org.update("Contact", rids[1], LastName="Roy", City__c="Laval")
    mark = len(world.contacts.sent)
    world.run(world.job((*PAIRS, FieldPair(source="City__c", target="City"))))
    assert [dict(r.fields) for r in world.sent_since(mark)] == [{"LastName": "Roy"}]


def test_a_removed_pair_is_forgotten_and_the_others_go_on(world: World) -> None:
    rids = loaded(world)
    narrower = world.job(PAIRS[:3])
    mark = len(world.contacts.sent)
    world.run(narrower)
    assert world.contacts.sent[mark:] == []
    world.clock.advance(600)
    world.org.update("Contact", rids[0], Phone="438", LastName="Roy")
    world.run(narrower)
    assert [dict(r.fields) for r in world.sent_since(mark)] == [{"LastName": "Roy"}]


def test_a_changed_transform_writes_nothing_by_itself(world: World) -> None:
    rids = loaded(world)
    lower = tuple(
        pair.model_copy(update={"transform": (TransformName.LOWER,)}) if pair.target == "Title" else pair
        for pair in PAIRS
    )
    mark = len(world.contacts.sent)
    told = world.run(world.job(lower))
    assert told.status is RunStatus.SUCCESS
    assert world.contacts.sent[mark:] == []
    world.clock.advance(600)
    world.org.update("Contact", rids[0], Title="PAINTER")
    world.run(world.job(lower))
    assert world.in_contacts(rids[0])["Title"] == "painter"


def test_a_field_whose_definition_changed_in_salesforce_is_read_again_in_full(world: World) -> None:
    rids = loaded(world)
    world.org.schemas["Contact"] = with_field(CONTACT, Field("Title", "Title", FieldType.TEXT, length=200))
    mark = len(world.contacts.sent)
    told = world.run()
    assert told.total.sides[Side.SALESFORCE].read == len(rids)
    assert world.contacts.sent[mark:] == []


def test_an_integration_that_moves_to_another_table_starts_over_there(world: World) -> None:
    rids = loaded(world)
    elsewhere = DialogInsightTable(CONTACTS)
    other = NEWSLETTER.model_copy(update={"id": "other", "id_project": 777})
    told = world.run(world.job(target=elsewhere, destination=other))
    assert told.status is RunStatus.SUCCESS
    assert len(elsewhere.rows) == len(rids)
    world.clock.advance(600)
    mark = len(world.contacts.sent)
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.contacts.sent[mark:] == []
    assert len(world.contacts.rows) == len(rids)
