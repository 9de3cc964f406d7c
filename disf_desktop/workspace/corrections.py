"""The verbs that mend a record which waits: look at it in Salesforce, correct one value there, and try it again."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from disf_desktop.core.correction import Correction, NotTaken, WhyNot, judge, judged, pair_of
from disf_desktop.core.errors import AccessRefused, DisfError, LedgerError, ServiceUnavailable
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.moments import instant
from disf_desktop.core.project import Integration
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.records import NotSent, RecordRefused, Refused, Unknown, WriteRecord, WriteReply, Written
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Refusal, Value, canonicaliser
from disf_desktop.workspace.answers import Answers

if TYPE_CHECKING:
    from disf_desktop.services.salesforce.rest import SalesforceOrg

log = logging.getLogger(__name__)


class RecordMoved(DisfError):
    """Somebody saved the record in Salesforce since it was looked at; nothing was written."""

    code = "record_moved"


class NotCorrected(DisfError):
    """Salesforce did not take the corrected value; `detail` has its own words."""

    code = "not_corrected"


class NoLongerWaits(LedgerError):
    """The record is not among those that wait any more."""

    code = "no_longer_waits"


class Corrections(Answers):
    """Mends records that wait."""

    def record_address(self, integration: str, rid: str) -> str:
        """Give the address at which a browser shows a Salesforce record. Asks for a token where there is none yet."""
        assert rid.isalnum(), "this is the Id of a record"
        chosen = self._named(integration)
        with self._connections(self._vault()) as connections:
            return f"{connections.org(chosen.salesforce).tokens.instance_url.rstrip('/')}/{rid}"

    def correction(self, aside: int) -> Correction:
        """Say whether the value for which a record waits may be corrected in Salesforce, and what it is there now.

        Raises NoLongerWaits for a record that was sent or dismissed meanwhile.
        """
        record = self._waiting(aside)
        integration = self._named(record.integration)
        with self._connections(self._vault()) as connections:
            org = connections.org(integration.salesforce).source
            destination = self.project.destination(integration.project)
            assert destination is not None, "a project file that ran names its destinations"
            pair = pair_of(integration, record)
            related = [pair.source] if pair is not None and "." in pair.source else []
            source = org.describe(integration.object, related)
            target = connections.target(destination, integration.table).describe()
            found = judged(integration, record, consent_fields(self.project), source, target)
            return found if found.why_not is not None else _with_value(org, found)

    def correct(self, correction: Correction, value: Value) -> int:
        """Write one corrected value to Salesforce and let the next run send the record again. Give 1.

        Nothing is written where somebody saved the record since `correction` was read (RecordMoved). Consents, and
        fields that cannot be written, are refused by `correction` before.
        """
        field = correction.field
        assert correction.why_not is None, "what may not be corrected is not"
        assert field is not None, "what may be corrected is known"
        integration = self._named(correction.integration)
        pair = pair_of(integration, self._waiting(correction.aside))
        destination = self.project.destination(integration.project)
        assert pair is not None, "what may be corrected has a pair"
        assert destination is not None, "a project file that ran names its destinations"
        checked = judge(value, correction, pair, ZoneInfo(destination.time_zone))
        assert not isinstance(checked, NotTaken), "a face judges a value before it sends it"
        with self._connections(self._vault()) as connections:
            org = connections.org(integration.salesforce).source
            # Salesforce compares whole seconds, so its own condition alone would not see an edit within one.
            now = _with_value(org, correction)
            if now.why_not is not None or (now.stamp, now.value) != (correction.stamp, correction.value):
                raise _moved()
            record = WriteRecord(1, {}, {field.name: checked}, correction.rid)
            result = org.write_unless_modified(correction.sobject, record, instant(correction.stamp))
            outcome = result.outcomes[0] if isinstance(result, WriteReply) else result
            if not isinstance(outcome, Written):
                _raise_unless_there(org, correction, checked, outcome)
        log.info("corrected in Salesforce: %s %s, field %s", correction.sobject, correction.rid, field.name)
        return self.retry([correction.aside])

    def _waiting(self, aside: int) -> SetAsideRecord:
        with self._view() as view:
            record = view.set_aside_record(aside) if view is not None else None
        if record is None:
            raise NoLongerWaits("This record does not wait any more.", "Look at the list again.")
        return record

    def _named(self, integration: str) -> Integration:
        found = self.project.integration(integration)
        if found is None:
            raise NoLongerWaits(f"The project file has no integration “{integration}” any more.", "Dismiss the record.")
        return found


def _with_value(org: SalesforceOrg, found: Correction) -> Correction:
    """Read what Salesforce holds now."""
    assert found.field is not None
    record = org.read_by_id(found.sobject, [found.field.name], [found.rid]).get(found.rid)
    if record is None:
        return replace(found, why_not=WhyNot.NO_RECORD)
    value = canonicaliser(found.field, Side.SALESFORCE)(record.values[0])
    return replace(found, value=None if isinstance(value, Refusal) else value, stamp=record.stamp)


def _moved() -> RecordMoved:
    return RecordMoved(
        "Somebody saved this record in Salesforce meanwhile, so nothing was written.", "Look at it again."
    )


def _raise_unless_there(org: SalesforceOrg, correction: Correction, value: Value, outcome: object) -> None:
    """Say what became of a write that was not confirmed; nothing where a look shows that it arrived."""
    from disf_desktop.services.salesforce.writes import MODIFIED_SINCE

    if isinstance(outcome, NotSent):
        raise outcome.error
    if isinstance(outcome, RecordRefused) and outcome.code == MODIFIED_SINCE:
        raise _moved()
    if isinstance(outcome, RecordRefused | Refused):
        kind = AccessRefused if outcome.code.startswith("INSUFFICIENT_ACCESS") else NotCorrected
        raise kind(
            "Salesforce did not take the value.",
            "Correct it in Salesforce itself; the details have its reason.",
            detail=f"{outcome.code}: {outcome.message}",
        )
    now = _with_value(org, correction)
    if now.why_not is not None or now.value != value:
        error = outcome.error if isinstance(outcome, Unknown) else None
        raise ServiceUnavailable(
            "Whether Salesforce took the value is not known; it does not show it yet.",
            "Look at the record in a few minutes.",
            detail=error.code if isinstance(error, DisfError) else "",
        )
