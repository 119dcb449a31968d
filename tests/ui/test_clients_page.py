"""The Clients page on a real book, by keyboard and mouse."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.contacts import ContactDraft
from app.domain.fees import FeeDraft
from app.domain.vocabulary import Direction, Tier
from app.services.book import Book
from app.words import formats
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.client import ClientDialog
from ui.dialogs.merge_clients import MergeClientsDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.set_for_many import OwnerForMany, TagForMany, TierForMany
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.rules import Field, Rule, View, as_text, from_text
from ui.tokens import Mark, Tone
from ui.widgets.column_menu import ColumnsMenu

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def peopled(book: Book) -> Book:
    """Three clients: one with fees and a long silence, one with one fee, one prospect."""
    vale = book.colleagues.add(ColleagueDraft(name="Josephine Vale", initials="JV"))
    book.colleagues.add(ColleagueDraft(name="Mina Patel", initials="MP"))
    north = book.clients.add(
        ClientDraft(name="Northgate Museums", code="NOR", owner_id=vale, tags=("culture",), cadence_days=30)
    )
    cafe = book.clients.add(ClientDraft(name="Café Łódź", cadence_days=30))
    book.clients.add(ClientDraft(name="R&D Brewery"))
    for days, amount in ((400, 100_00), (200, 250_00), (20, 150_00)):
        book.fees.add(FeeDraft(client_id=north, on=ago(days), original=amount, currency="GBP", amount=None))
    book.fees.add(FeeDraft(client_id=cafe, on=ago(30), original=90_00, currency="GBP", amount=None))
    book.contacts.log(ContactDraft(client_id=north, on=ago(63), direction=Direction.BOTH, summary="Talk soon"))
    book.contacts.log(ContactDraft(client_id=cafe, on=ago(2), direction=Direction.IN))
    return book


@pytest.fixture
def make(desk: Desk, put: Put) -> Callable[[Book], ClientsPage]:
    def build(book: Book) -> ClientsPage:
        page = ClientsPage(
            desk,
            book.clients,
            book.figures,
            colleagues=book.colleagues,
            contacts=book.contacts,
            promises=book.promises,
            history=book.history,
        )
        put(page)
        return page

    return build


@pytest.fixture
def page(peopled: Book, make: Callable[[Book], ClientsPage]) -> ClientsPage:
    return make(peopled)


def names(page: ClientsPage) -> list[str]:
    return [row.name for row in page.table.rows.rows]


def cell(page: ClientsPage, client: str, key: str) -> tuple[str, str]:
    row = next(row for row in page.table.rows.rows if row.name == client)
    column = next(column for column in page.table.rows.columns if column.key == key)
    return column.text(row), column.tooltip(row) if column.tooltip else ""


def dialog(page: ClientsPage, kind: type[RecordDialog]) -> RecordDialog:
    found = page.findChildren(kind)
    assert len(found) == 1
    return found[0]


def test_the_head_says_how_many_and_what_they_bring(page: ClientsPage) -> None:
    assert page.head.title.text() == "Clients"
    assert page.head.sentence.text() == "3 shown · £490 in 12 months"


def test_the_highest_fees_stand_first(page: ClientsPage) -> None:
    assert names(page) == ["Northgate Museums", "Café Łódź", "R&D Brewery"]


def test_unknown_figures_are_dashes_that_say_why(page: ClientsPage) -> None:
    assert cell(page, "Café Łódź", "tfi") == (formats.DASH, "One purchase: no rhythm yet.")
    assert cell(page, "R&D Brewery", "fees") == (formats.DASH, "No purchase yet.")
    assert cell(page, "Northgate Museums", "profit") == (formats.DASH, "No costs recorded.")
    assert cell(page, "R&D Brewery", "last") == (formats.DASH, "No contact is recorded.")
    assert cell(page, "Northgate Museums", "tfi")[0] != formats.DASH


def test_the_gap_has_a_mark_and_its_days(page: ClientsPage) -> None:
    gap = next(column for column in page.table.rows.columns if column.key == "gap")
    assert gap.mark is not None
    marks = {row.name: (gap.text(row), gap.mark(row)) for row in page.table.rows.rows}
    assert marks["Northgate Museums"] == ("63 d", Mark.OVERDUE)
    assert marks["Café Łódź"] == ("2 d", Mark.WELL)
    assert marks["R&D Brewery"] == (formats.DASH, Mark.NONE)


def test_who_is_at_risk_stands_out_though_spoken_to_and_says_why(
    peopled: Book, make: Callable[[Book], ClientsPage]
) -> None:
    quiet = peopled.clients.add(ClientDraft(name="Marlpit Kitchens", cadence_days=30))
    for days in (420, 390, 360, 330, 300):
        peopled.fees.add(FeeDraft(client_id=quiet, on=ago(days), original=80_00, currency="GBP", amount=None))
    slow = peopled.clients.add(ClientDraft(name="Lantern Street Theatre"))
    for days in (400, 370, 335, 300, 270, 240, 205, 170, 135, 100):
        peopled.fees.add(FeeDraft(client_id=slow, on=ago(days), original=80_00, currency="GBP", amount=None))
    peopled.contacts.log(ContactDraft(client_id=quiet, on=ago(1), direction=Direction.BOTH))
    page = make(peopled)
    stage = next(column for column in page.table.rows.columns if column.key == "stage")
    assert stage.tone is not None
    tones = {row.name: stage.tone(row) for row in page.table.rows.rows}
    assert tones["Marlpit Kitchens"] is Tone.OVERDUE
    assert tones["Lantern Street Theatre"] is Tone.DUE, "one gap in fifty is this long, not one in a hundred"
    assert tones["Northgate Museums"] is Tone.PLAIN
    assert cell(page, "Marlpit Kitchens", "stage") == ("At risk", "At risk: no invoice for 300 days.")
    assert cell(page, "Northgate Museums", "stage")[1].endswith(": 63 days silent.")


def test_no_cadence_is_said_in_words(peopled: Book, page: ClientsPage) -> None:
    light = peopled.clients.find("NOR")
    peopled.clients.pin_tier([light.id], Tier.LIGHT, TODAY, "no time for them")
    assert cell(page, "Northgate Museums", "gap")[0] == "none set"
    text, why = cell(page, "Northgate Museums", "tier")
    assert text == "Light*"
    assert "no time for them" in why
    assert "pinned by hand" in page.foot.text()


def test_letters_typed_anywhere_filter_by_name_tag_owner_without_accents(page: ClientsPage) -> None:
    page.table.setFocus()
    QTest.keyClicks(page.table, "lodz")
    assert page.filter.box.hasFocus()
    assert names(page) == ["Café Łódź"]
    page.filter.box.selectAll()
    QTest.keyClicks(page.filter.box, "vale cult")
    assert names(page) == ["Northgate Museums"]
    QTest.keyClick(page.filter.box, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_nothing_found_offers_everybody(page: ClientsPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.filter.box, "nobody at all")
    assert page.table.isHidden()
    assert page.nothing.isVisible()
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert len(names(page)) == 3


def test_rules_read_as_a_sentence_and_are_kept(page: ClientsPage, desk: Desk) -> None:
    page.filter.set_rule(Field.STAGE, ("prospect", "incubating"))
    assert names(page) == ["R&D Brewery"]
    chips = [chip.accessibleName() for chip in page.filter.chips.widgets]
    assert chips[0] == "stage is Prospect or Incubating"
    assert page.filter.view.words == "Prospects"
    kept = from_text(desk.store.text("clients/rules"))
    assert kept[0].rules == (Rule(Field.STAGE, ("prospect", "incubating")),)


def test_a_rule_is_ticked_together_in_its_sheet(page: ClientsPage, qtbot: QtBot) -> None:
    page.filter._edit(Field.OWNER, page.filter.add)
    sheet = next(child for child in page.window().children() if child.metaObject().className() == "RuleSheet")
    tick = sheet.ticks["0"]
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert sorted(names(page)) == ["Café Łódź", "R&D Brewery"]
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert len(names(page)) == 3
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not sheet.isVisible())


def test_the_delete_key_takes_a_rule_away(page: ClientsPage) -> None:
    page.filter.set_rule(Field.GAP, ("overdue",))
    assert names(page) == ["Northgate Museums"]
    page.filter.chips.widgets[0].setFocus()
    QTest.keyClick(page.filter.chips.widgets[0], Qt.Key.Key_Delete)
    assert len(names(page)) == 3


def test_a_view_can_be_kept_and_is_read_back() -> None:
    views = (View("Ours", (Rule(Field.OWNER, ("1",)), Rule(Field.TAG, ("a | b",)))),)
    assert from_text(as_text(views)) == views
    assert from_text("not json") == ()
    assert from_text('[["x", [["colour", "red"]]]]') == ()


def test_the_keyboard_begins_on_the_first_client(page: ClientsPage) -> None:
    assert page.window().focusWidget() is page.table
    assert [row.name for row in page.table.chosen_rows()] == ["Northgate Museums"]
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert [row.name for row in page.table.chosen_rows()] == ["Café Łódź"]


def test_enter_opens_the_client(page: ClientsPage, peopled: Book, qtbot: QtBot) -> None:
    page.table.selectRow(1)
    page.table.setFocus()
    with qtbot.waitSignal(page.client_wanted) as caught:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert caught.args == [peopled.clients.find("Café Łódź").id]


def test_space_previews_and_the_arrows_walk_on(page: ClientsPage) -> None:
    page.table.selectRow(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.preview.isVisible()
    assert page.preview._name.text() == "Northgate Museums"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.preview._name.text() == "Café Łódź"
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.preview.isHidden()


def test_a_new_client_is_a_name_and_enter(page: ClientsPage, peopled: Book) -> None:
    page.new_client()
    form = dialog(page, ClientDialog)
    assert isinstance(form, ClientDialog)
    QTest.keyClicks(form.name.line, "Tidewell Clinics")
    QTest.keyClick(form.name.line, Qt.Key.Key_Return)
    assert peopled.clients.find("Tidewell Clinics").name == "Tidewell Clinics"
    assert names(page).count("Tidewell Clinics") == 1
    current = page.table.current_row()
    assert current is not None
    assert current.name == "Tidewell Clinics"
    peopled.history.undo()
    assert "Tidewell Clinics" not in names(page)


def test_a_client_added_by_ctrl_enter_is_chosen_alone(page: ClientsPage) -> None:
    page.table.choose_place(0)
    page.new_client()
    form = dialog(page, ClientDialog)
    assert isinstance(form, ClientDialog)
    QTest.keyClicks(form.name.line, "Tidewell Clinics")
    QTest.keyClick(form.name.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [row.name for row in page.table.chosen_rows()] == ["Tidewell Clinics"]
    assert page.bar.isHidden(), "the row chosen before would be deleted with the new one"


def test_a_filter_that_hides_the_client_at_hand_begins_at_the_top(page: ClientsPage) -> None:
    page.table.choose_place(2)
    QTest.keyClicks(page.filter.box, "vale")
    assert [row.name for row in page.table.chosen_rows()] == ["Northgate Museums"]


def test_a_name_in_the_book_is_told_while_typing(page: ClientsPage, qtbot: QtBot, peopled: Book) -> None:
    page.new_client()
    form = dialog(page, ClientDialog)
    assert isinstance(form, ClientDialog)
    QTest.keyClicks(form.name.line, "northgate museums ltd")
    assert "Northgate Museums" in form._same.text()
    with qtbot.waitSignal(page.client_wanted) as caught:
        form._open_same.click()
    assert caught.args == [peopled.clients.find("NOR").id]


def test_what_a_service_refuses_stands_at_its_field(page: ClientsPage) -> None:
    page.new_client()
    form = dialog(page, ClientDialog)
    assert isinstance(form, ClientDialog)
    QTest.keyClicks(form.name.line, "Another")
    form.code.set_raw("nor")
    QTest.keyClick(form.name.line, Qt.Key.Key_Return)
    assert form.isVisible()
    assert "taken by another client" in form.form.message("code")


def test_a_form_left_is_there_again(page: ClientsPage) -> None:
    page.new_client()
    form = dialog(page, ClientDialog)
    assert isinstance(form, ClientDialog)
    QTest.keyClicks(form.name.line, "Half done")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    page.new_client()
    again = page.forms.dialog
    assert again is not None
    assert again.name.raw() == "Half done"
    again.reject()


def test_f2_changes_the_client(page: ClientsPage, peopled: Book) -> None:
    page.table.selectRow(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    form = dialog(page, ClientDialog)
    assert isinstance(form, ClientDialog)
    assert form.name.raw() == "Northgate Museums"
    assert form.tags.value() == ("culture",)
    form.sector.set_raw("Museums")
    QTest.keyClick(form.sector.line, Qt.Key.Key_Return)
    changed = peopled.clients.find("NOR")
    assert changed.sector == "Museums"
    assert changed.cadence_days == 30


def test_delete_needs_no_question_and_undo_brings_all_back(page: ClientsPage, peopled: Book, desk: Desk) -> None:
    page.table.selectAll()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert peopled.clients.every() == []
    assert page.first.isVisible()
    # It has the whole room under the head.
    assert page.first.height() > page.height() * 0.6
    toast = desk.toasts.current
    assert toast is not None
    assert toast.label.text() == "Deleted 3 clients"
    toast.action.click()
    assert len(peopled.clients.every()) == 3
    assert len(names(page)) == 3
    assert not page.first.isVisible()


def test_a_change_that_changes_nothing_is_not_said_to_be_one(page: ClientsPage, peopled: Book, desk: Desk) -> None:
    last = peopled.history.next_steps()[0]
    page.table.choose_place(0)
    page.edit_client(page.table.rows.row(0).id)
    dialog(page, ClientDialog).go.click()
    toast = desk.toasts.current
    assert toast is not None
    assert toast.label.text() == "Nothing was changed: it stood so already."
    assert toast.action.isHidden(), "it would take back another step"
    page.table.selectAll()
    page.bar.tier.click()
    dialog(page, TierForMany).go.click()
    assert desk.toasts.current is not None
    assert desk.toasts.current.label.text() == "Nothing was changed: it stood so already."
    assert peopled.history.next_steps()[0] == last


def test_a_toast_never_takes_back_another_step(page: ClientsPage, peopled: Book, desk: Desk, qtbot: QtBot) -> None:
    page.table.selectRow(2)
    page.table.setFocus()
    # A window of the test before that goes only now takes the keyboard with it.
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: desk.toasts.current is not None)
    toast = desk.toasts.current
    assert toast is not None
    peopled.clients.add(ClientDraft(name="Later"))
    toast.action.click()
    assert peopled.clients.find("Later").name == "Later"
    assert "R&D Brewery" not in names(page)


def test_the_owner_of_many_is_one_step(page: ClientsPage, peopled: Book) -> None:
    before = peopled.history.next_steps()[0]
    page.table.selectAll()
    assert page.bar.isVisible()
    page.bar.owner.click()
    asked = dialog(page, OwnerForMany)
    assert isinstance(asked, OwnerForMany)
    patel = next(c.id for c in peopled.colleagues.every() if c.initials == "MP")
    asked.owner.set_value(patel)
    asked.go.click()
    assert {client.owner_id for client in peopled.clients.every()} == {patel}
    assert {row.owner for row in page.table.rows.rows} == {"MP"}
    assert len(page.table.chosen_rows()) == 3
    peopled.history.undo()
    assert peopled.history.next_steps()[0] == before


def test_tier_and_tag_of_many(page: ClientsPage, peopled: Book) -> None:
    page.table.selectAll()
    page.bar.tier.click()
    tier = dialog(page, TierForMany)
    assert isinstance(tier, TierForMany)
    tier.tier.set_value(Tier.GOLD)
    tier.reason.set_raw("board’s wish")
    tier.go.click()
    assert {(c.tier, c.tier_reason, c.tier_since) for c in peopled.clients.every()} == {
        (Tier.GOLD, "board’s wish", TODAY)
    }
    page.bar.tag.click()
    tag = dialog(page, TagForMany)
    assert isinstance(tag, TagForMany)
    QTest.keyClicks(tag.tag.line, "spring")
    QTest.keyClick(tag.tag.line, Qt.Key.Key_Return)
    assert all("spring" in client.tags for client in peopled.clients.every())


def test_two_clients_are_merged_with_the_counts_shown_before(page: ClientsPage, peopled: Book) -> None:
    page.filter.set_rule(Field.FEES, ("12-months",))
    page.table.selectAll()
    assert page.bar.merge.isEnabled()
    page.bar.merge.click()
    asked = dialog(page, MergeClientsDialog)
    assert isinstance(asked, MergeClientsDialog)
    texts = [asked._grid.itemAt(place).widget() for place in range(asked._grid.count())]
    words = [widget.text() for widget in texts if widget is not None and hasattr(widget, "text")]
    fees = words.index("Fees")
    assert words[fees : fees + 4] == ["Fees", "3", "1", "4"]
    asked.go.click()
    kept = peopled.clients.find("Café Łódź")
    assert kept.name == "Northgate Museums"
    assert len(peopled.fees.of_client(kept.id)) == 4
    peopled.history.undo()
    assert len(peopled.clients.every()) == 3


def test_the_menu_of_a_row_opens_by_key(page: ClientsPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in page.findChildren(QMenu)))
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["Open", "Change…", "Log contact…", "History…", "Owner…", "Tier…", "Tag…", "Merge…", "Delete"]
    menu.close()


def test_enter_presses_the_button_that_has_the_keyboard(page: ClientsPage) -> None:
    page.new.setFocus()
    QTest.keyClick(page.new, Qt.Key.Key_Return)
    assert page.forms.dialog is not None
    page.forms.dialog.reject()


def test_merging_needs_two(page: ClientsPage) -> None:
    page.table.selectAll()
    assert not page.bar.merge.isEnabled()
    assert "exactly two" in page.bar.merge.toolTip()


def test_another_day_shows_its_figures_and_lets_nothing_be_typed(page: ClientsPage, desk: Desk, peopled: Book) -> None:
    desk.as_of.set_day(ago(100))
    assert cell(page, "Northgate Museums", "last")[0] == formats.DASH
    assert cell(page, "Northgate Museums", "observed")[0] == "350"
    assert not page.new.isEnabled()
    assert "go back to today" in page.new.toolTip()
    page.new_client()
    assert page.findChildren(ClientDialog) == []
    page.table.selectAll()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(peopled.clients.every()) == 3


def test_changes_elsewhere_appear_by_themselves(page: ClientsPage, peopled: Book) -> None:
    north = peopled.clients.find("NOR")
    peopled.contacts.log(ContactDraft(client_id=north.id, on=TODAY, direction=Direction.OUT))
    assert cell(page, "Northgate Museums", "gap")[0] == "0 d"


def test_an_empty_book_offers_to_bring_clients(book: Book, make: Callable[[Book], ClientsPage], qtbot: QtBot) -> None:
    page = make(book)
    assert page.first.isVisible()
    assert page.table.isHidden()
    with qtbot.waitSignal(page.bring_wanted):
        page.first.button.click()
    page.first_new.click()
    assert page.forms.dialog is not None
    page.forms.dialog.reject()


def test_columns_without_room_are_left_out_and_come_back(page: ClientsPage, room: QWidget, qtbot: QtBot) -> None:
    room.resize(840, 640)
    qtbot.waitUntil(lambda: bool(page.table.left_out))
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()
    assert "no room for" in page.foot.text()
    room.resize(1300, 800)
    qtbot.waitUntil(lambda: not page.table.left_out)


def test_columns_chosen_by_hand_are_never_taken_away(page: ClientsPage, room: QWidget, desk: Desk) -> None:
    page.table.show_column("code", shown=True)
    page.table._on_layout_settled()
    room.resize(840, 640)
    QTest.qWait(10)
    assert page.table.left_out == ()
    kept = desk.store.columns("clients")
    assert kept is not None
    assert "code" not in kept.hidden
    assert "owner" not in kept.hidden


def test_the_table_is_exported_as_seen(page: ClientsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page.filter.set_rule(Field.FEES, ("12-months",))
    page.table.sort_by("client")
    target = tmp_path / "clients.csv"
    page.export.write(target)
    qtbot.waitUntil(lambda: desk.toasts.current is not None)
    head, first, second = target.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith('"Client","Tier","Stage","Owner","TFI £"')
    assert first.startswith('"Café Łódź","Gold","New",,,')
    assert ",90.00,," in first
    assert f",{ago(63)},63" in second
    toast = desk.toasts.current
    assert toast is not None
    assert (toast.label.text(), toast.action.words, toast.other.words) == (
        "Saved clients.csv",
        "Open",
        "Show in folder",
    )
    assert not toast.other.isHidden()


def test_csv_is_written_as_the_spreadsheets_of_the_place_read_it(
    page: ClientsPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.filter.set_rule(Field.FEES, ("12-months",))
    before = QLocale()
    offered: dict[Path, list[str]] = {}
    try:
        for place in ("de_DE", "en_GB"):
            target = tmp_path / f"{place}.csv"

            def choose(_page: QWidget, _title: str, _name: str, filters: str, to: Path = target) -> tuple[str, str]:
                offered[to] = filters.split(";;")
                return str(to), offered[to][1]

            monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
            QLocale.setDefault(QLocale(place))
            page.export.ask()
            qtbot.waitUntil(target.exists)
    finally:
        QLocale.setDefault(before)
    german, english = (target.read_text(encoding="utf-8-sig") for target in offered)
    assert german.startswith('"Client";"Tier"')
    assert ";90,00;" in german
    assert english.startswith('"Client","Tier"')
    assert ",90.00," in english
    assert [len(kinds) for kinds in offered.values()] == [3, 2]


def test_a_workbook_keeps_money_and_dates_as_such(page: ClientsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page.export.write(tmp_path / "clients.xlsx")
    qtbot.waitUntil(lambda: desk.toasts.current is not None)
    sheet = load_workbook(tmp_path / "clients.xlsx").worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    north = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "Northgate Museums")
    assert north[titles.index("12 months £")].value == 400
    assert north[titles.index("Last contact")].value.date() == ago(63)
    assert north[titles.index("Profit £")].value is None


def test_the_menu_of_columns_says_what_a_letter_stands_for(page: ClientsPage) -> None:
    menu = ColumnsMenu(page.table)
    words = [action.text() for action in menu.actions()]
    assert "T: average time between purchases" in words
    assert "ABC: class by share of all fees" in words
    assert "Tier" in words
    menu.close()
