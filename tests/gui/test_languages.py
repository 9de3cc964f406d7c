"""How the window takes the language and the customs of the computer."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from disf_desktop.gui import languages
from disf_desktop.gui.words.figures import counts

ASKED = """
import os
from PySide6.QtCore import QCoreApplication
from disf_desktop.gui import languages
from disf_desktop.gui.words import figures
languages.speak(QCoreApplication([]), languages.Language.SYSTEM)
print(figures.short_day("2026-11-22T15:04:00Z"), flush=True)
os._exit(0)
"""


@pytest.mark.parametrize(
    ("settings", "day"),
    [
        ({"LANG": "C.UTF-8"}, "2026-11-22"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "C.UTF-8"}, "11/22/26"),
        ({"LANG": "fr_FR.UTF-8", "LC_TIME": "C.UTF-8"}, "22/11/2026"),
        ({"LANG": "fr_CA.UTF-8"}, "2026-11-22"),
    ],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these systems do not say it in the environment")
def test_a_date_is_that_of_a_country_whatever_is_set(settings: dict[str, str], day: str) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    told = subprocess.run([sys.executable, "-c", ASKED], env=plain | settings, capture_output=True, text=True)
    assert told.stdout.strip() == day, told.stderr


def test_a_language_stays_whole_however_often_it_is_changed(qapp: QApplication) -> None:
    for _ in range(20):
        languages.speak(qapp, languages.Language.FRENCH)
        gc.collect()
        assert counts.records(2) == "2 enregistrements"
        languages.speak(qapp, languages.Language.ENGLISH)
        gc.collect()
        assert counts.records(1) == "1 record"
