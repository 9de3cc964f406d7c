"""Both services in memory, behind the engine's ports, with everything that may go wrong and a history for the checker.

They share no code with the engine; `contract.py` holds what they and the real adapters have in common.
"""

from __future__ import annotations

from tests.engine.fake_org import LateCommit, Row, SalesforceOrg
from tests.engine.fake_table import DialogInsightTable, ExportFile, ExportFolder
from tests.engine.ground import (
    ENGINE,
    PERSON,
    START,
    Call,
    Change,
    FakeClock,
    Fault,
    InlineExecutor,
    Look,
    OptinChange,
    Refusal,
    same_key,
    schema_of,
    stamped,
    with_field,
)

__all__ = [
    "ENGINE",
    "PERSON",
    "START",
    "Call",
    "Change",
    "DialogInsightTable",
    "ExportFile",
    "ExportFolder",
    "FakeClock",
    "Fault",
    "InlineExecutor",
    "LateCommit",
    "Look",
    "OptinChange",
    "Refusal",
    "Row",
    "SalesforceOrg",
    "same_key",
    "schema_of",
    "stamped",
    "with_field",
]
