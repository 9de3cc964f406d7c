"""Deeds on the rehearsal: both services simulated on this computer, as a process that ends with this window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTemporaryDir, QTimer, Signal

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.bridge import program_command
from disf_desktop.gui.deeds.files import FileDeeds
from disf_desktop.gui.models.facts import Rehearsal

if TYPE_CHECKING:
    from disf_desktop.workspace import Places

RECORDS = 300
"""Contacts that are made up: enough to see every kind of trouble, few enough for a first sync of seconds."""

LOOK_MS = 100
PATIENCE_MS = 90_000
GRACE_MS = 5_000


class RehearsalFailed(DisfError):
    """The simulated services did not come up, or are gone."""

    code = "rehearsal"


class Stage(QObject):
    """The simulated services. `ready` gives what they say of themselves; `failed` their last words, when they do not
    come up or end by themselves. All that they write is in one folder, which goes with them."""

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = QTemporaryDir()
        self._ready_file = Path(self._folder.filePath("ready.json"))
        self._process = QProcess(self)
        surroundings = QProcessEnvironment.systemEnvironment()
        for name in ("TMPDIR", "TEMP", "TMP"):
            surroundings.insert(name, self._folder.path())
        self._process.setProcessEnvironment(surroundings)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._not_started)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._see)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(lambda: self._fail("It did not answer in time."))

    @property
    def folder(self) -> str:
        """Where all that the services write is."""
        return self._folder.path()

    @property
    def pid(self) -> int:
        """The process of the services; 0 where there is none."""
        return self._process.processId()

    def start(self) -> None:
        """Start the services; they end when their standard input does, so never later than this program."""
        command = program_command("simulate", "--ready-file", str(self._ready_file))
        self._process.start(command[0], [*command[1:], "--records", str(RECORDS), "--until-stdin-ends"])
        self._look.start()
        self._patience.start(PATIENCE_MS)

    def end(self) -> None:
        """End the services without waiting; their folder goes when they have ended, and this object with it."""
        self._quiet()
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._gone()
            return
        self._process.finished.connect(self._gone)
        self._process.closeWriteChannel()
        QTimer.singleShot(GRACE_MS, self._process, self._process.kill)

    def end_now(self) -> None:
        """End the services and wait for that; for the end of the program."""
        self._quiet()
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(GRACE_MS):
            self._process.kill()
            self._process.waitForFinished(GRACE_MS)
        self._folder.remove()

    def _quiet(self) -> None:
        self._look.stop()
        self._patience.stop()
        self._process.finished.disconnect(self._ended)
        self._process.errorOccurred.disconnect(self._not_started)

    def _gone(self) -> None:
        self._folder.remove()
        self.deleteLater()

    def _see(self) -> None:
        if self._ready_file.exists():
            self._look.stop()
            self._patience.stop()
            self.ready.emit(json.loads(self._ready_file.read_bytes()))

    def _ended(self) -> None:
        self._fail(bytes(self._process.readAllStandardError().data()).decode(errors="replace")[-2000:])

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail(self._process.errorString())

    def _fail(self, words: str) -> None:
        self.failed.emit(words)


class RehearsalDeeds(FileDeeds):
    """What a person does to rehearse with made-up people."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._stage: Stage | None = None
        self._leaving = False
        self.ended.connect(self._leave_when_ended)

    def _open_there(self, path: Path, places: Places) -> None:
        raise AssertionError("the desk opens files")

    def rehearse(self) -> None:
        """Start both services on this computer, with made-up people, and open their project file."""
        if self._stage is not None or self.facts.running:
            return
        self.close_file()
        self._store.update(rehearsal=Rehearsal.STARTING)
        self._stage = stage = Stage(self)
        stage.ready.connect(self._stage_is_ready)
        stage.failed.connect(self._stage_failed)
        stage.start()

    def _stage_is_ready(self, told: dict[str, Any]) -> None:
        from disf_desktop.workspace.places import Places

        self._store.update(rehearsal=Rehearsal.OPEN)
        self._open_there(Path(told["project_file"]), Places(Path(told["profile"]), Path(told["secrets"])))

    def _stage_failed(self, words: str) -> None:
        self.end_rehearsal()
        self.close_file()
        self._store.update(
            notice=RehearsalFailed(
                "The simulated services have ended.",
                "Start the rehearsal again. The details give their words.",
                "",
                words,
            )
        )

    def leave_rehearsal(self) -> None:
        """Leave the rehearsal and go back to the start; a run of it is stopped."""
        if self._stage is None:
            return
        if self.facts.running:
            self._leaving = True
            self.stop()
            return
        self._leaving = False
        self.end_rehearsal()
        self.close_file()

    def stop(self) -> None:
        """Stop the run; `RunDeeds` knows how."""
        raise AssertionError("the desk stops runs")

    def _leave_when_ended(self) -> None:
        if self._leaving:
            self.leave_rehearsal()

    def end_rehearsal(self, now: bool = False) -> None:
        """End the simulated services, if there are any; `now` waits for it."""
        stage, self._stage = self._stage, None
        if stage is not None:
            stage.end_now() if now else stage.end()
