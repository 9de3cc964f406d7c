"""What a Salesforce org told of itself and of its calls, and how many of them this program may use."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QSizePolicy

from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Labelled, Number
from disf_desktop.gui.models.connections import changed
from disf_desktop.gui.parts import FactGrid, column, label, say
from disf_desktop.gui.theme import tokens
from disf_desktop.gui.words.figures import duration, number
from disf_desktop.workspace.facts import ConnectionFacts

CLOCK_TOLERANCE_S = 120
"""A clock that is off by less harms nobody."""
MOST_CALLS_PER_DAY = 100_000_000


class CallsBar(QProgressBar):
    """The calls used of those allowed, with a line where this program stops."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self._stops_at = 0.0

    def show_calls(self, used: int, allowed: int, stops_at: int, said: str) -> None:
        """Show three numbers; `said` says them to a screen reader."""
        self.setRange(0, allowed)
        self.setValue(min(used, allowed))
        self._stops_at = stops_at / allowed
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = round((self.width() - 2) * self._stops_at)
        painter.fillRect(QRectF(place, 0, 2, self.height()), QColor(tokens().ink2))
        painter.end()


class UsageCard(QFrame):
    """Who we are there, the calls of the last 24 hours, and the two ceilings, which can be changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._connection: SalesforceConnection | None = None
        self.who = FactGrid(4, 2)
        self.calls_text, self.bar = label("small", wrap=True), CallsBar()
        self.clock = label("warn", wrap=True)
        self.percent, self.per_day = Number(1, 100), Number(0, MOST_CALLS_PER_DAY)
        self.per_day.setGroupSeparatorShown(True)
        self.per_day.setSingleStep(1000)
        self.percent_room, self.per_day_room = Labelled(self.percent), Labelled(self.per_day)
        for room in (self.percent_room, self.per_day_room):
            room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.percent.entered.connect(lambda n: self._set(call_ceiling_percent=n))
        self.per_day.entered.connect(lambda n: self._set(calls_per_day=n or None))
        ceilings = QGridLayout()
        ceilings.setContentsMargins(0, 0, 0, 0)
        ceilings.setHorizontalSpacing(14)
        for n, room in enumerate((self.percent_room, self.per_day_room)):
            ceilings.addWidget(room, 0, n, Qt.AlignmentFlag.AlignTop)
            ceilings.setColumnStretch(n, 1)
        box = column(self.who, self.clock, self.calls_text, self.bar, ceilings, spacing=12)
        box.setContentsMargins(16, 14, 16, 14)
        self.setLayout(box)

    def show_facts(self, connection: SalesforceConnection, tested: ConnectionFacts | None) -> None:
        """Show what the org told, as far as it did, and the ceilings of the connection."""
        self._connection = connection
        known = tested or ConnectionFacts()
        kind = {True: self.tr("sandbox"), False: self.tr("production"), None: ""}[known.is_sandbox]
        self.who.show_facts(
            (self.tr("Signed in as"), known.user),
            (self.tr("Organization"), " · ".join(part for part in (known.org, known.org_id) if part)),
            (self.tr("Edition"), " · ".join(part for part in (known.edition, kind) if part)),
            (self.tr("API version"), known.api_version),
        )
        ahead = known.clock_ahead_s
        fast = self.tr("The clock of this computer is {0} ahead of Salesforce's. Let the system set its time.")
        slow = self.tr("The clock of this computer is {0} behind Salesforce's. Let the system set its time.")
        wrong = abs(ahead) > CLOCK_TOLERANCE_S
        say(self.clock, (fast if ahead > 0 else slow).format(duration(abs(ahead))) if wrong else "")
        self._render_calls(connection, known)
        self.percent.setSuffix(self.tr(" %"))
        self.percent.show_number(connection.call_ceiling_percent)
        self.percent_room.show_text(
            self.tr("Stop when the org has used"),
            self.tr("Share of the org's daily calls, whoever made them; the rest stays for others."),
        )
        self.per_day.setSpecialValueText(self.tr("no limit of its own"))
        self.per_day.show_number(connection.calls_per_day or 0)
        self.per_day_room.show_text(
            self.tr("Calls of this program in a day"), self.tr("200 of them are kept for consents. 0: no limit.")
        )

    def take_hand(self) -> None:
        """Put the hand on the ceiling."""
        self.percent.setFocus()
        self.percent.selectAll()

    def _render_calls(self, connection: SalesforceConnection, known: ConnectionFacts) -> None:
        used, allowed = known.calls_used or 0, known.calls_allowed or 0
        for part in (self.calls_text, self.bar):
            part.setVisible(bool(allowed))
        if allowed:
            stops_at = allowed * connection.call_ceiling_percent // 100
            text = self.tr("API calls, last 24 h: {0} of {1} (this program stops at {2})")
            said = text.format(number(used), number(allowed), number(stops_at))
            self.calls_text.setText(said)
            self.bar.show_calls(used, allowed, stops_at, said)

    def _set(self, **members: object) -> None:
        connection = self._connection
        assert connection is not None, "nothing is typed before a connection is shown"
        name = connection.name
        self._desk.change(lambda: self.tr("Change the calls of {0}").format(name), changed(connection, **members))
