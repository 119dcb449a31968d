"""Settings apply at once, say at the field what is wrong, and can be taken back."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.service_levels import DEFAULT_TIERS
from app.domain.vocabulary import Stage, StartRule
from app.drafts import Drafts
from app.services.book import Book
from app.settings import SettingsFile
from app.words import names
from tests.ui.conftest import Program, Put
from ui.desk import Desk
from ui.dialogs.colleague import ColleagueDialog
from ui.pages.settings.colleagues import ColleaguesSection
from ui.pages.settings.data import DataSection
from ui.pages.settings.firm import FirmSection
from ui.pages.settings.look import LookSection
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.section import SettingsSection
from ui.pages.settings.tiers import CadenceSection, TiersSection
from ui.session import Session
from ui.theme import ThemeChoice
from ui.widgets.buttons import Button
from ui.widgets.choice_field import Choice
from ui.widgets.labels import PlainLabel

S = TypeVar("S", bound=SettingsSection)


@pytest.fixture
def make(put: Put) -> Callable[[Desk, Book], SettingsPage]:
    def build(desk: Desk, book: Book) -> SettingsPage:
        made = SettingsPage(desk, book)
        put(made)
        return made

    return build


@pytest.fixture
def page(desk: Desk, book: Book, make: Callable[[Desk, Book], SettingsPage]) -> SettingsPage:
    return make(desk, book)


def part(page: SettingsPage, kind: type[S]) -> S:
    return next(section for section in page.sections if isinstance(section, kind))


def words(part: QWidget) -> str:
    return " ".join(label.text() for label in part.findChildren(PlainLabel) if label.isVisible())


def line(page: QWidget, name: str) -> QLineEdit:
    (found,) = [edit for edit in page.findChildren(QLineEdit) if edit.accessibleName() == name]
    return found


def type_in(page: QWidget, name: str, text: str, qtbot: QtBot) -> QLineEdit:
    """Replace a line and leave it with Tab."""
    edit = line(page, name)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, text)
    edit.clearFocus()
    return edit


def choose(page: QWidget, name: str, words: str) -> None:
    (choice,) = [c for c in page.findChildren(Choice) if c.accessibleName() == name]
    assert choice.findText(words) >= 0
    choice.setCurrentIndex(choice.findText(words))
    choice.activated.emit(choice.currentIndex())


def press(page: QWidget, words: str) -> None:
    (button,) = [b for b in page.findChildren(Button) if b.words == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_name_of_the_firm_applies_when_it_is_left(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    type_in(page, "Firm", "Alder and Finch", qtbot)
    assert book.firm.get().name == "Alder and Finch"
    book.history.undo()
    assert line(page, "Firm").text() == "Pemberton & Vale"


def test_enter_applies_a_field_too(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    edit = line(page, "Firm")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Alder and Finch")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert book.firm.get().name == "Alder and Finch"


def test_esc_shows_again_what_stands_in_the_book(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    edit = type_in(page, "Discount rate a year, %", "x", qtbot)
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "10"
    assert part(page, FirmSection)._form.message("discount_basis_points") == ""
    assert book.history.steps() == []


def test_the_settings_begin_at_their_search(page: SettingsPage) -> None:
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    focused = page.window().focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Find a setting"


def test_a_firm_without_a_name_is_refused_at_the_field(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    type_in(page, "Firm", "", qtbot)
    assert book.firm.get().name == "Pemberton & Vale"
    form = part(page, FirmSection)._form
    assert "The firm has no name." in form.message("name")
    type_in(page, "Firm", "Alder", qtbot)
    assert form.message("name") == ""
    assert book.firm.get().name == "Alder"


@pytest.mark.parametrize(("typed", "kept"), [("8", 800), ("8.5", 850), ("7,5 %", None), ("x", None), ("300", None)])
def test_the_discount_rate(page: SettingsPage, book: Book, qtbot: QtBot, typed: str, kept: int | None) -> None:
    before = book.firm.get().discount_basis_points
    type_in(page, "Discount rate a year, %", typed, qtbot)
    assert book.firm.get().discount_basis_points == (before if kept is None else kept)
    message = part(page, FirmSection)._form.message("discount_basis_points")
    assert bool(message) == (kept is None)


def test_rules_are_chosen_and_reset(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    choose(page, "Count a relationship from", names.name(StartRule.WON))
    assert book.firm.get().start_rule is StartRule.WON
    type_in(page, "An hour costs, unless a colleague says otherwise", "65", qtbot)
    assert book.firm.get().hourly_cost == 6_500
    press(page, "Rules as at the beginning")
    assert book.firm.get().start_rule is StartRule.FIRST_PURCHASE
    # What an hour costs is a fact of the firm, no rule.
    assert book.firm.get().hourly_cost == 6_500
    assert len(book.history.steps()) == 3


def test_the_currency_is_chosen_once(page: SettingsPage) -> None:
    assert not line(page, "Currency").isEnabled()


def test_passing_through_changes_nothing(page: SettingsPage, book: Book) -> None:
    for edit in page.findChildren(QLineEdit):
        edit.setFocus()
        edit.clearFocus()
    assert book.history.steps() == []


def test_a_tier_is_renamed_and_promised(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    type_in(page, "Platinum, Name", "Key", qtbot)
    type_in(page, "Platinum, Contact every … days", "21", qtbot)
    top = book.firm.tiers()[0]
    assert (top.name, top.contact_days) == ("Key", 21)
    press(page, "Tiers as at the beginning")
    assert book.firm.tiers()[0].name == DEFAULT_TIERS[0].name


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("Platinum, Name", "", "A tier needs a name."),
        ("Gold, Contact every … days", "often", "no whole number"),
        ("Gold, Contact every … days", "0", "The least here is 1."),
        ("Platinum, Up to this share of fees, %", "", "Platinum needs a limit."),
        ("Platinum, Up to this share of fees, %", "101", "The most here is 100."),
        ("Gold, Up to this share of fees, %", "10", "limits go up"),
    ],
)
def test_what_a_tier_cannot_be_is_said_and_nothing_is_stored(
    page: SettingsPage, book: Book, qtbot: QtBot, name: str, typed: str, sentence: str
) -> None:
    before = book.firm.tiers()
    edit = type_in(page, name, typed, qtbot)
    assert book.firm.tiers() == before
    section = part(page, TiersSection)
    assert sentence in section._problem.text()
    assert edit.property("wrong")
    assert edit.text() == typed
    press(page, "Tiers as at the beginning")
    section.reload()
    assert not section._problem.text()
    assert not edit.property("wrong")


def test_a_cadence_applies_and_is_emptied(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    def days() -> int | None:
        return next(r.days for r in book.firm.cadence() if (r.stage, r.column) == (Stage.ESTABLISHED, "A"))

    type_in(page, "Established, Platinum", "25", qtbot)
    assert days() == 25
    type_in(page, "Established, Platinum", "", qtbot)
    assert days() is None
    type_in(page, "Established, Platinum", "soon", qtbot)
    assert days() is None
    assert "Established" in part(page, CadenceSection)._problem.text()
    press(page, "The table as at the beginning")
    assert days() == 30


def colleague(page: SettingsPage) -> ColleagueDialog:
    (found,) = [one for one in page.window().findChildren(ColleagueDialog) if one.isVisible()]
    return found


def test_a_colleague_is_added_with_what_an_hour_costs(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    press(page, "Add a colleague")
    dialog = colleague(page)
    type_in(dialog, "Name", "Josephine Vale", qtbot)
    type_in(dialog, "An hour costs", "90", qtbot)
    dialog.go.click()
    (made,) = book.colleagues.every()
    assert (made.name, made.initials) == ("Josephine Vale", "JV")
    assert [cost.amount for cost in book.colleagues.costs()] == [9_000]
    assert [step.what for step in book.history.steps()] == ["add colleague “Josephine Vale”"]
    rows = part(page, ColleaguesSection)._table.rows.rows
    assert [(row.colleague.name, row.cost) for row in rows] == [("Josephine Vale", 9_000)]


def test_f2_changes_the_colleague_at_hand(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    book.colleagues.add(ColleagueDraft(name="Mina Patel", initials="MP"))
    section = part(page, ColleaguesSection)
    section._table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(section._table, Qt.Key.Key_F2)
    assert colleague(page).windowTitle() == "Mina Patel"
    colleague(page).close()


def test_a_wrong_cost_does_not_add_the_colleague_twice(page: SettingsPage, book: Book, qtbot: QtBot) -> None:
    press(page, "Add a colleague")
    dialog = colleague(page)
    type_in(dialog, "Name", "Josephine Vale", qtbot)
    type_in(dialog, "An hour costs", "-5", qtbot)
    dialog.go.click()
    assert book.colleagues.every() == []
    assert "negative" in dialog.form.message("amount")
    type_in(dialog, "An hour costs", "5", qtbot)
    dialog.go.click()
    assert len(book.colleagues.every()) == 1


def test_the_look_applies_at_once(page: SettingsPage, desk: Desk) -> None:
    choose(page, "Colours", "Dark")
    assert desk.theme.choice is ThemeChoice.DARK
    choose(page, "Text size", "125 %")
    assert desk.theme.text_size == 125
    desk.theme.set_text_size(100)
    desk.theme.set_choice(ThemeChoice.LIGHT)
    assert part(page, LookSection)._size.value() == 100


def test_a_setting_is_found_by_a_word(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page._search, "cadence")
    assert [section.head for section in page.sections if section.isVisible()] == ["How often contact is due"]
    page._search.clear()
    assert all(section.isVisible() for section in page.sections)
    qtbot.keyClicks(page._search, "zebra")
    assert not any(section.isVisible() for section in page.sections)
    assert page._nothing.isVisible()


def test_the_whole_book_is_checked(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    (check,) = [b for b in page.findChildren(Button) if b.words.startswith("Check")]
    check.click()
    qtbot.waitUntil(lambda: desk.toasts.current is not None)
    assert desk.toasts.current is not None
    assert desk.toasts.current.accessibleName() == "The book is whole."


def test_a_book_for_reading_lets_nothing_be_changed(
    desk: Desk, book: Book, make: Callable[[Desk, Book], SettingsPage]
) -> None:
    page = make(replace(desk, writable=False), book)
    assert not line(page, "Firm").isEnabled()
    assert not line(page, "Established, Platinum").isEnabled()
    assert not line(page, "Platinum, Name").isEnabled()
    (add,) = [b for b in page.findChildren(Button) if b.words == "Add a colleague"]
    assert not add.isEnabled()
    assert add.toolTip()
    choose(page, "Colours", "Dark")
    assert desk.theme.choice is ThemeChoice.DARK
    desk.theme.set_choice(ThemeChoice.LIGHT)


def test_a_second_place_for_backups_is_chosen_kept_and_let_go(
    with_book: Callable[..., Session], program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = with_book(lambda book: book.clients.add(ClientDraft(name="Acme")))
    with qtbot.waitSignal(session.keeper.made, timeout=10_000):
        session.keeper.make()
    page = session.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    data = part(page, DataSection)
    stick = tmp_path / "stick"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    data.choose.click()
    qtbot.waitUntil(lambda: "There is no folder" in words(data), timeout=10_000)
    assert program.settings.current.second_backups == ""
    stick.mkdir()
    data.choose.click()
    qtbot.waitUntil(lambda: f"{stick}: 1 backup, the latest of" in words(data), timeout=10_000)
    assert "There is no folder" not in words(data)
    assert "It is on the book's own disk." in words(data)
    assert SettingsFile(program.paths.settings).current.second_backups == str(stick)
    with qtbot.waitSignal(session.keeper.made, timeout=10_000):
        session.keeper.make()
    assert len(list(stick.glob("*/*.rapport"))) == 2
    shutil.rmtree(stick)
    data.reload()
    qtbot.waitUntil(lambda: "which is not there now" in words(data), timeout=10_000)
    data.no_second.click()
    qtbot.waitUntil(lambda: "outlives this computer" in words(data), timeout=10_000)
    assert SettingsFile(program.paths.settings).current.second_backups == ""
    assert data.no_second.isHidden()


def test_what_was_typed_and_never_left_is_offered_again(
    desk: Desk, book: Book, make: Callable[[Desk, Book], SettingsPage], tmp_path: Path, qtbot: QtBot
) -> None:
    kept = replace(desk, drafts=Drafts(tmp_path / "drafts"))
    first = part(make(kept, book), FirmSection)
    assert first.left_over.isHidden()
    field = line(first, "Firm")
    field.setFocus()
    QTest.keyClicks(field, " & Sons")
    qtbot.waitUntil(lambda: any((tmp_path / "drafts").glob("*.json")), timeout=10_000)
    # As after a crash: nothing was applied.
    second = part(make(replace(desk, drafts=Drafts(tmp_path / "drafts")), book), FirmSection)
    assert not second.left_over.isHidden()
    assert line(second, "Firm").text() == "Pemberton & Vale"
    second.left_over.take_up.click()
    assert book.firm.get().name == "Pemberton & Vale & Sons"
    assert list((tmp_path / "drafts").iterdir()) == []


@pytest.mark.parametrize("kind", [TiersSection, CadenceSection])
def test_a_cell_of_a_table_never_left_is_offered_again(
    desk: Desk,
    book: Book,
    make: Callable[[Desk, Book], SettingsPage],
    tmp_path: Path,
    qtbot: QtBot,
    kind: type[TiersSection] | type[CadenceSection],
) -> None:
    def opened() -> tuple[SettingsSection, QLineEdit]:
        section = part(make(replace(desk, drafts=Drafts(tmp_path / "drafts")), book), kind)
        cells = [edit for edit in section.findChildren(QLineEdit) if edit.text().isdigit() and edit.isEnabled()]
        return section, cells[-1]

    before = (book.firm.tiers(), book.firm.cadence())
    _, cell = opened()
    cell.setFocus()
    cell.selectAll()
    QTest.keyClicks(cell, "97")
    qtbot.waitUntil(lambda: any((tmp_path / "drafts").glob("*.json")), timeout=10_000)
    section, again = opened()
    assert not section.left_over.isHidden()
    assert again.text() != "97"
    assert (book.firm.tiers(), book.firm.cadence()) == before
    section.left_over.take_up.click()
    assert again.text() == "97"
    assert (book.firm.tiers(), book.firm.cadence()) != before
    assert list((tmp_path / "drafts").iterdir()) == []
