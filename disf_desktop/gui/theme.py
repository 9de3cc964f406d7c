"""Colours, palette and style sheet of the window, light and dark, from one table of tokens.

Fusion with our own palette looks the same on the three systems and does not depend on a platform theme being there.
Salesforce is always blue and Dialog Insight always teal, in both; text in those colours takes a lighter shade on dark,
so that it stays readable (WCAG 4.5:1).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from disf_desktop.resources import resource

SALESFORCE = "#1673c9"
DIALOG_INSIGHT = "#0d857a"


class Appearance(StrEnum):
    """What the person chose: follow the system, or always one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the window by its use. A `_soft` colour is a background for text of the same name."""

    window: str
    surface: str
    side: str
    header: str
    line: str
    line_soft: str
    border: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    on_accent: str
    link: str
    selection: str
    track: str
    neutral_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    warn_line: str
    err: str
    err_soft: str
    sf_text: str
    sf_soft: str
    di_text: str
    di_soft: str
    bars: str
    mark_ink: str
    sf: str = SALESFORCE
    di: str = DIALOG_INSIGHT


LIGHT = Tokens(
    window="#f4f6f8",
    surface="#ffffff",
    side="#fbfcfd",
    header="#fafbfc",
    line="#dfe4ea",
    line_soft="#eef1f4",
    border="#c6ced7",
    ink="#1c2430",
    ink2="#5a6675",
    ink3="#67727f",
    accent="#2c5cc5",
    accent_hover="#244ea9",
    on_accent="#ffffff",
    link="#2c5cc5",
    selection="#e8effb",
    track="#e5e9ee",
    neutral_soft="#eef1f4",
    ok="#177245",
    ok_soft="#e3f4ea",
    warn="#9a5206",
    warn_soft="#fdf0dc",
    warn_line="#f0d9b5",
    err="#b42318",
    err_soft="#fde8e6",
    sf_text="#12629f",
    sf_soft="#e3f0fb",
    di_text="#0a6f66",
    di_soft="#dff3f1",
    bars="#8fb3e6",
    mark_ink="#ffffff",
)

DARK = Tokens(
    window="#14181e",
    surface="#1d232b",
    side="#191e25",
    header="#222932",
    line="#323b47",
    line_soft="#2a323c",
    border="#46515f",
    ink="#e8ecf1",
    ink2="#abb6c3",
    ink3="#97a3b1",
    accent="#3d6fdc",
    accent_hover="#3462c8",
    on_accent="#ffffff",
    link="#8fb2f7",
    selection="#26385a",
    track="#323b47",
    neutral_soft="#2d3642",
    ok="#5ccb92",
    ok_soft="#183726",
    warn="#eeb05c",
    warn_soft="#3b2c14",
    warn_line="#5d4620",
    err="#f59187",
    err_soft="#45201d",
    sf_text="#7fbcf5",
    sf_soft="#16324e",
    di_text="#5fd0c4",
    di_soft="#113a36",
    bars="#5b82c4",
    mark_ink="#14181e",
)

_current = LIGHT
_size = 100

SIZES = (100, 110, 125, 150)
"""The sizes of text that a person may choose, in per cent."""


def px(pixels: int) -> int:
    """Give a length, or a font's size, in the size of text that the person chose; for whoever paints or fixes it."""
    return round(pixels * _size / 100)


def tokens() -> Tokens:
    """Give the colours in use now; whoever paints asks at each paint."""
    return _current


def apply(app: QApplication, appearance: Appearance, size: int = 100) -> Tokens:
    """Give the application, and every window that is dressed, its colours and its size of text (per cent); give the
    colours back."""
    global _current, _size
    _size = size
    dark = appearance is Appearance.DARK or (
        appearance is Appearance.SYSTEM and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    )
    _current = DARK if dark else LIGHT
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(_font(app.font()))
    app.setPalette(_palette(_current))
    for window in app.topLevelWidgets():
        if window.property(_DRESSED):
            dress(window)
    return _current


def dress(window: QWidget) -> None:
    """Give a window, with all that is in it and its dialogs, the style sheet; `apply` gives it the next one.

    Only windows have it: were it the application's, whatever is put into a page that is being built would be styled
    anew at each level, and a page would take three times as long (measured: 0.95 s for all the window, now 0.49 s).
    """
    window.setProperty(_DRESSED, True)
    window.setStyleSheet(_style_sheet(_current))


_DRESSED = "dressed"


def _font(default: QFont) -> QFont:
    family = "Inter" if "Inter" in QFontDatabase.families() else default.family()
    font = QFont(family)
    font.setPixelSize(px(13))
    return font


def monospace() -> QFont:
    """Give the font of codes and identifiers."""
    return QFont(_fixed(px(12)))


@lru_cache(maxsize=8)
def _fixed(pixels: int) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(pixels)
    return font


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for which, colour in (
        (role.Window, t.window),
        (role.WindowText, t.ink),
        (role.Base, t.surface),
        (role.AlternateBase, t.header),
        (role.Text, t.ink),
        (role.Button, t.surface),
        (role.ButtonText, t.ink),
        (role.BrightText, t.err),
        (role.Highlight, t.selection),
        (role.HighlightedText, t.ink),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.ink),
        (role.PlaceholderText, t.ink3),
        (role.Link, t.link),
        (role.LinkVisited, t.link),
        (role.Mid, t.line),
        (role.Light, t.surface),
        (role.Midlight, t.line_soft),
        (role.Dark, t.border),
        (role.Shadow, t.line),
        (role.Accent, t.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(t.ink3))
    return palette


_SHEET = """
QMainWindow, QWidget#page {{ background: {window}; }}
QFrame#wizard {{ background: {surface}; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {border}; padding: 4px 6px; }}
QMenuBar {{ background: {surface}; color: {ink}; padding: 2px 10px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {selection}; }}
QMenu {{ background: {surface}; color: {ink}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 6px 26px 6px 22px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; }}
QMenu::item:disabled {{ color: {ink3}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QFrame#header {{ background: {surface}; }}
QFrame#status {{ background: {surface}; border-top: 1px solid {line}; }}
QFrame#tabs {{ background: {surface}; border-bottom: 1px solid {line}; }}
QFrame#band {{ background: {selection}; border-bottom: 1px solid {line}; }}
QFrame#side {{ background: {side}; border-right: 1px solid {line}; }}
QFrame#inspector {{ background: {side}; border-left: 1px solid {line}; }}
QFrame[card="plain"] {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[card="chosen"] {{ background: {surface}; border: 2px solid {accent}; border-radius: 8px; }}
QFrame[card="warn"] {{ background: {warn_soft}; border: 1px solid {warn_line}; border-radius: 8px; }}
QFrame[card="ok"] {{ background: {ok_soft}; border: 1px solid {ok_soft}; border-radius: 8px; }}
QFrame[card="err"] {{ background: {err_soft}; border: 1px solid {err}; border-radius: 8px; }}
QFrame[card="wrong"] {{ background: {surface}; border: 1px solid {err}; border-radius: 8px; }}
QFrame[card="drop"] {{ background: {surface}; border: 2px dashed {border}; border-radius: 8px; }}
QLabel[role="head"] {{ color: {ink2}; font-size: 12px; font-weight: 600; padding: 8px 6px; }}
QFrame[rule="true"] {{ background: {line}; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="project"] {{ font-size: 15px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: 16px; font-weight: 600; }}
QLabel[role="subtitle"] {{ font-size: 14px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {ink2}; }}
QLabel[role="small"] {{ color: {ink2}; font-size: 12px; }}
QLabel[role="caption"] {{ color: {ink2}; font-size: 12px; font-weight: 500; }}
QLabel[role="figure"] {{ font-size: 17px; font-weight: 600; }}
QLabel[role="figure_err"] {{ font-size: 17px; font-weight: 600; color: {err}; }}
QLabel[role="warn"] {{ color: {warn}; font-weight: 600; }}
QLabel[role="err"] {{ color: {err}; font-weight: 600; }}
QLabel[role="ok"] {{ color: {ok}; font-weight: 600; }}
QLabel[pill] {{ font-size: 11px; font-weight: 600; border-radius: 9px; padding: 2px 8px; background: {neutral_soft};
  color: {ink2}; }}
QLabel[pill="ok"] {{ background: {ok_soft}; color: {ok}; }}
QLabel[pill="warn"] {{ background: {warn_soft}; color: {warn}; }}
QLabel[pill="err"] {{ background: {err_soft}; color: {err}; }}
QLabel[pill="sf"] {{ background: {sf_soft}; color: {sf_text}; }}
QLabel[pill="di"] {{ background: {di_soft}; color: {di_text}; }}
QPushButton {{ background: {surface}; color: {ink}; border: 1px solid {border}; border-radius: 6px;
  padding: 6px 12px; font-weight: 500; }}
QPushButton:hover {{ background: {selection}; }}
QPushButton:pressed {{ background: {line_soft}; }}
QPushButton:checked {{ background: {selection}; border-color: {link}; }}
QPushButton:focus {{ border: 2px solid {link}; padding: 5px 11px; }}
QPushButton:disabled {{ color: {ink3}; background: {line_soft}; border-color: {line}; }}
QPushButton[look="primary"] {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QPushButton[look="primary"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {ink}; }}
QPushButton[look="primary"]:disabled {{ background: {neutral_soft}; border-color: {line}; color: {ink3}; }}
QPushButton[look="danger"] {{ color: {err}; }}
QPushButton[look="danger"]:disabled {{ color: {ink3}; }}
QPushButton[look="quiet"] {{ border: 1px solid transparent; background: transparent; color: {link}; padding: 4px 8px; }}
QPushButton[look="quiet"]:hover {{ background: {selection}; }}
QPushButton[look="quiet"]:focus {{ border: 2px solid {link}; padding: 3px 7px; }}
QPushButton[look="inline"] {{ border: 1px solid transparent; background: transparent; color: {link};
  padding: 2px 0; text-align: left; }}
QPushButton[look="inline"]:hover {{ background: {selection}; }}
QPushButton[look="inline"]:focus {{ border: 2px solid {link}; padding: 1px 0; }}
QPushButton[look="chip"] {{ border-color: transparent; border-radius: 10px; padding: 2px 9px; font-size: 11px;
  font-weight: 600; background: {neutral_soft}; color: {ink2}; }}
QPushButton[look="chip"][kind="err"] {{ background: {err_soft}; color: {err}; }}
QPushButton[look="chip"]:hover, QPushButton[look="chip"]:checked {{ border-color: {ink2}; }}
QPushButton[look="chip"]:focus {{ border: 2px solid {link}; padding: 1px 8px; }}
QLineEdit {{ background: {surface}; color: {ink}; border: 1px solid {border}; border-radius: 6px; padding: 6px 9px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus {{ border: 2px solid {link}; padding: 5px 8px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {ink3}; background: {line_soft}; }}
QPlainTextEdit, QTextBrowser {{ background: {surface}; color: {ink}; border: 1px solid {border}; border-radius: 6px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit:focus, QTextBrowser:focus {{ border: 2px solid {link}; }}
QComboBox {{ background: {surface}; color: {ink}; border: 1px solid {border}; border-radius: 6px; padding: 6px 9px; }}
QComboBox:focus, QComboBox:on {{ border: 2px solid {link}; padding: 5px 8px; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus, QSpinBox QLineEdit, QSpinBox QLineEdit:focus,
QTimeEdit QLineEdit, QTimeEdit QLineEdit:focus {{ border: none; padding: 0; background: transparent; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{down_arrow}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {surface}; color: {ink}; border: 1px solid {border};
  selection-background-color: {selection}; selection-color: {ink}; outline: none; }}
QSpinBox, QTimeEdit, QDateEdit {{ background: {surface}; color: {ink}; border: 1px solid {border}; border-radius: 6px;
  padding: 4px 0; }}
QSpinBox:focus, QTimeEdit:focus, QDateEdit:focus {{ border: 2px solid {link}; padding: 3px 0; }}
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button {{
  width: 0; height: 0; border: none; }}
QCheckBox, QRadioButton {{ spacing: 8px; color: {ink}; background: transparent; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {ink3}; }}
QCheckBox::indicator, QListWidget::indicator {{ width: 16px; height: 16px; border: 1px solid {ink3}; border-radius: 4px;
  background: {surface}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: {surface}; image: url("{tick}");
  border-color: {link}; }}
QCheckBox::indicator:focus {{ border: 2px solid {link}; }}
QCheckBox::indicator:disabled {{ border-color: {border}; background: {line_soft}; }}
QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {ink3}; border-radius: 9px;
  background: {surface}; }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 5px solid {link}; }}
QRadioButton::indicator:focus {{ border-color: {link}; }}
QPushButton[look="segment"] {{ border-radius: 0; padding: 6px 8px; margin-left: -1px; }}
QPushButton[look="segment"][end="first"] {{ margin-left: 0; border-top-left-radius: 6px;
  border-bottom-left-radius: 6px; }}
QPushButton[look="segment"][end="last"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px; }}
QPushButton[look="segment"]:checked {{ background: {selection}; border-color: {link}; color: {link}; }}
QPushButton[look="segment"]:focus {{ border: 2px solid {link}; padding: 5px 7px; }}
QDialog {{ background: {window}; }}
QHeaderView {{ background: {header}; border: none; }}
QHeaderView::section {{ background: {header}; color: {ink2}; font-size: 12px; font-weight: 600; border: none;
  border-bottom: 1px solid {line}; padding: 8px 12px; }}
QTableView, QTreeView, QListView {{ background: transparent; color: {ink}; border: none; outline: none;
  gridline-color: {line_soft}; selection-background-color: {selection}; selection-color: {ink}; }}
QTableView::item {{ padding: 6px 12px; border-bottom: 1px solid {line_soft}; }}
QTableView::item:selected {{ background: {selection}; color: {ink}; }}
QTableCornerButton::section, QAbstractScrollArea::corner {{ background: {header}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QProgressBar {{ background: {track}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {ink3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _style_sheet(t: Tokens) -> str:
    arrow = icon_path("down_dark" if t is DARK else "down").replace("\\", "/")
    tick = icon_path("tick_dark" if t is DARK else "tick_light").replace("\\", "/")
    sheet = _SHEET.format_map(asdict(t) | {"down_arrow": arrow, "tick": tick})
    return sheet if _size == 100 else _LENGTH.sub(lambda found: f"{found[1]}{px(int(found[2]))}px", sheet)


_LENGTH = re.compile(r"(font-size: |icon-size: )(\d+)px")
"""What grows with the text; the room around it does not, so that more fits."""


def icon_path(name: str) -> str:
    """Give the file of an icon by its name."""
    return str(resource("icons", f"{name}.svg"))
