"""What the window remembers between two starts: language, look, place on the screen, files. Kept in the profile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from disf_desktop.gui.languages import Language
from disf_desktop.gui.theme import SIZES, Appearance

RECENT = 8
"""Project files that are remembered."""


class Settings:
    """The window's own choices, read and written at once; an unreadable one is the default."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        written = str(self._store.value("language", ""))
        return Language(written) if written in set(Language) else Language.SYSTEM

    @language.setter
    def language(self, value: Language) -> None:
        self._store.setValue("language", value.value)

    @property
    def appearance(self) -> Appearance:
        written = str(self._store.value("appearance", ""))
        return Appearance(written) if written in set(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, value: Appearance) -> None:
        self._store.setValue("appearance", value.value)

    @property
    def text_size(self) -> int:
        """The size of text, in per cent."""
        written = str(self._store.value("text_size", ""))
        return int(written) if written in {str(size) for size in SIZES} else SIZES[0]

    @text_size.setter
    def text_size(self, value: int) -> None:
        self._store.setValue("text_size", value)

    @property
    def tab(self) -> str:
        """The tab that was seen last."""
        return str(self._store.value("tab", ""))

    @tab.setter
    def tab(self, value: str) -> None:
        self._store.setValue("tab", value)

    @property
    def last_open(self) -> Path | None:
        """The project file that was open when the window was closed."""
        written = str(self._store.value("open", ""))
        return Path(written) if written and Path(written).is_file() else None

    @last_open.setter
    def last_open(self, value: Path | None) -> None:
        self._store.setValue("open", str(value.absolute()) if value is not None else "")

    @property
    def geometry(self) -> bytes:
        written = self._store.value("geometry", QByteArray())
        return bytes(written.data()) if isinstance(written, QByteArray) else b""

    @geometry.setter
    def geometry(self, value: bytes) -> None:
        self._store.setValue("geometry", QByteArray(value))

    @property
    def recent(self) -> tuple[Path, ...]:
        """The project files opened last, the newest first; those that are gone are left out."""
        written = self._store.value("recent", [])
        names = [written] if isinstance(written, str) else written if isinstance(written, list) else []
        return tuple(path for name in names if (path := Path(str(name))).is_file())

    def remember(self, path: Path) -> None:
        """Put a project file at the head of the recent ones."""
        whole = path.absolute()
        files = [whole, *(p for p in self.recent if p != whole)][:RECENT]
        self._store.setValue("recent", [str(p) for p in files])

    def forget_recent(self) -> None:
        """Empty the list of recent project files; the files stay."""
        self._store.setValue("recent", [])
