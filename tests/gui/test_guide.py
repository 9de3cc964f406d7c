"""The guide: whole and alike in both languages, found by words, linked by name, with pictures that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.refusals import Reason
from disf_desktop.gui import languages, theme
from disf_desktop.gui.dialogs.guide import FIRST, NAME, Guide, Page, found, pages, show_guide
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.words.wording import ERRORS
from disf_desktop.resources import resource
from disf_desktop.workspace.sign_in import CALLBACKS
from tests.gui.lint import findings
from tests.gui.rehearsal import Rehearsal

BOTH = ("en", "fr")


def headings(page: Page) -> list[tuple[int, str]]:
    """Give the level of each heading, and the code in it if there is one."""
    lines = [line for line in page.text.splitlines() if line.startswith("#")]
    return [(len(line) - len(line.lstrip("#")), "".join(re.findall(r"`(\w+)`", line))) for line in lines]


def codes(page: Page) -> list[str]:
    return [code for _, code in headings(page) if code]


def named(language: str, name: str) -> Page:
    return next(page for page in pages(language) if page.name == name)


@pytest.fixture
def guide(qtbot: QtBot) -> Iterator[Guide]:
    """Give the guide beside a window, shown, without asking the screen to raise it."""
    window = QWidget()
    qtbot.addWidget(window)
    made = Guide(window)
    made.show()
    QApplication.processEvents()
    yield made
    window.close()


def titles(guide: Guide) -> list[str]:
    return [guide.contents.item(n).text() for n in range(guide.contents.count())]


def test_both_languages_have_the_same_pages_and_the_same_headings() -> None:
    english, french = (pages(language) for language in BOTH)
    assert [p.name for p in english] == [p.name for p in french]
    for one, other in zip(english, french, strict=True):
        assert headings(one) == headings(other), one.name
        assert headings(one)[0][0] == 1
        assert one.title != other.title, "a page that was not translated has the other one's title"
        for name, pattern in (("pictures", r"!\[[^]]+\]\(([^)]+)\)"), ("links", r"[^!]\[[^]]+\]\(([^)]+)\)")):
            assert re.findall(pattern, one.text) == re.findall(pattern, other.text), (one.name, name)


def test_no_heading_is_without_words_below_it() -> None:
    for language in BOTH:
        for page in pages(language):
            lines = [line for line in page.text.splitlines() if line.strip()]
            for line, after in pairwise([*lines, "#"]):
                if line.startswith("###") or after == "#":
                    assert not (line.startswith("#") and after.startswith("#")), (page.name, line)


@pytest.mark.parametrize("language", BOTH)
def test_each_error_and_each_reason_has_its_paragraph(language: str) -> None:
    errors, reasons = codes(named(language, "errors")), codes(named(language, "set-aside"))
    assert not set(ERRORS) - set(errors)
    assert sorted(reasons) == sorted(reason.value for reason in Reason)
    assert len(errors) == len(set(errors))


@pytest.mark.parametrize("language", BOTH)
def test_the_addresses_for_the_app_are_those_that_the_program_listens_at(language: str) -> None:
    text = named(language, "external-client-app").text
    assert tuple(re.findall(r"`(http://localhost[^`]+)`", text)) == CALLBACKS


@pytest.mark.parametrize("language", BOTH)
def test_every_link_leads_to_a_page_and_every_picture_is_there(language: str) -> None:
    names = {page.name for page in pages(language)}
    for page in pages(language):
        for picture, target in re.findall(r"(!?)\[[^]]+\]\(([^)]+)\)", page.text):
            if picture:
                assert resource("guide", target).is_file(), target
            else:
                assert target.partition("#")[0] in names, (page.name, target)


def test_french_is_written_with_its_own_spaces_and_quotes() -> None:
    for page in pages("fr"):
        assert not re.search(r"[ ][;:!?»](?=\s|$)", page.text), page.name
        assert "'" not in page.text, page.name


@pytest.mark.parametrize("language", list(languages.Language)[1:])
@pytest.mark.parametrize("look", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_every_page_is_shown_whole(
    guide: Guide, qapp: QApplication, language: languages.Language, look: theme.Appearance
) -> None:
    languages.speak(qapp, language)
    theme.apply(qapp, look)
    for page in pages(language.value):
        guide.show_page(page.name)
        QApplication.processEvents()
        assert guide.browser.toPlainText().startswith(page.title)
        assert findings(guide) == []
        assert not guide.browser.horizontalScrollBar().isVisible(), page.name
        for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.text):
            kind = QTextDocument.ResourceType.ImageResource.value
            drawn = guide.browser.loadResource(kind, QUrl(picture))
            colours = {
                drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 2) for y in range(0, drawn.height(), 2)
            }
            assert {theme.DIALOG_INSIGHT, theme.tokens().surface} <= colours


def test_a_page_is_found_by_its_words_with_and_without_accents(guide: Guide, qapp: QApplication) -> None:
    QTest.keyClicks(guide.search, "ZIP drive")
    assert guide.contents.count() == 0
    assert guide.nothing.isVisible()
    guide.search.clear()
    QTest.keyClicks(guide.search, "KEYCHAIN backup")
    assert titles(guide) == ["Backup and restore"]
    assert guide.page.name == "backup"
    assert guide.browser.extraSelections(), "the words are marked"
    languages.speak(qapp, languages.Language.FRENCH)
    guide.search.setText("memoire dechiffre")
    assert not titles(guide)
    guide.search.setText("memoire chiffre")
    assert titles(guide) == ["Sauvegarder et restaurer"]
    guide.search.clear()
    assert guide.contents.count() == len(pages("fr"))


def test_every_page_has_all_words_of_no_search() -> None:
    assert found(pages("en"), "  ") == pages("en")


def test_the_contents_are_read_with_the_keyboard(guide: Guide) -> None:
    assert guide.page.name == FIRST
    guide.contents.setFocus()
    QTest.keyClick(guide.contents, Qt.Key.Key_Down)
    assert guide.page.name == "project-types"
    assert guide.browser.toPlainText().startswith("The two types of projects")
    guide.back_button.click()
    assert guide.page.name == FIRST
    assert guide.contents.currentItem().data(NAME) == FIRST
    assert not guide.back_button.isEnabled()
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_a_link_leads_to_its_page_and_a_code_to_its_heading(guide: Guide) -> None:
    guide.browser.anchorClicked.emit(QUrl("external-client-app"))
    assert guide.page.name == "external-client-app"
    guide.show_page("errors#ledger_damaged")
    assert guide.page.name == "errors"
    bar = guide.browser.verticalScrollBar()
    assert bar.value() > 0
    assert "ledger_damaged" in guide.browser.textCursor().block().text()
    guide.show_page("nothing-of-that-name")
    assert guide.page.name == FIRST


def test_the_page_stays_when_the_language_changes(guide: Guide, qapp: QApplication) -> None:
    guide.show_page("opt-ins")
    languages.speak(qapp, languages.Language.FRENCH)
    QApplication.processEvents()
    assert guide.page.name == "opt-ins"
    assert guide.browser.toPlainText().startswith("Les opt-ins vont dans un seul sens")
    assert guide.search.placeholderText() == "Chercher dans le guide"
    assert "Ce que sont les conflits" in titles(guide)


def test_the_guide_opens_from_the_menu_once_and_at_the_page_asked_for(rehearsal: Rehearsal) -> None:
    window = rehearsal.window
    action = next(each for each in window.menus.help_menu.actions() if each.text() == "&Guide")
    action.trigger()
    [guide] = window.findChildren(Guide)
    assert guide.isVisible()
    assert guide.isWindow()
    assert show_guide(window.pages[Tab.PROJECTS], "errors#limit") is guide
    assert guide.page.name == "errors"
    assert window.isEnabled(), "the other window goes on working"
    guide.close()
