"""The Plan tab on a real book, by keyboard and mouse."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.colleagues import ColleagueDraft
from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import PromiseBy
from app.services.book import Book
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.action import ActionDialog, read_hours
from ui.dialogs.objective import ObjectiveDialog
from ui.dialogs.plan import PlanDialog
from ui.pages.client.plan import PlanTab
from ui.tokens import Mark
from ui.widgets.labels import PlainLabel
from ui.widgets.line_list import LineList, scroll_page_of
from ui.widgets.tabs import Tabs

TODAY = date.today()
CONTROL = Qt.KeyboardModifier.ControlModifier


def away(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def client(book: Book) -> int:
    """A client with a colleague who costs £95 an hour, and no plan."""
    made = book.clients.add(ClientDraft(name="Northgate"))
    josephine = book.colleagues.add(ColleagueDraft(name="Josephine Vale", initials="JV"))
    book.colleagues.set_cost(josephine, away(-900), 95_00)
    return made


@pytest.fixture
def plan(book: Book, client: int) -> int:
    """A plan with an objective of two actions, one done, one late, and promises both ways."""
    made = book.plans.add(
        PlanDraft(
            client_id=client, title="Plan A", starts=away(-100), ends=away(200), goals="Full house\nNo surprises",
            expected_fee=31_000_00,
        )
    )  # fmt: skip
    fill = book.objectives.add(
        ObjectiveDraft(plan_id=made, title="Fill the opening", measure="visitors", baseline="420", target="1,200")
    )
    owner = book.colleagues.every()[0].id
    book.actions.add(ActionDraft(plan_id=made, title="Figures", objective_id=fill, owner_id=owner, due=away(-20),
                                 minutes=120, done_on=away(-21)))  # fmt: skip
    book.actions.add(ActionDraft(plan_id=made, title="Launch plan", objective_id=fill, owner_id=owner, due=away(-9),
                                 minutes=360, cost=240_00))  # fmt: skip
    book.promises.add(PromiseDraft(client_id=client, what="Visitor numbers", by=PromiseBy.THEM, due=away(8)))
    return made


@pytest.fixture
def tab(desk: Desk, book: Book, put: Put, client: int) -> PlanTab:
    made = PlanTab(desk, book)
    put(made.corner, made)
    made.show_client(client)
    return made


@pytest.fixture
def planned(tab: PlanTab, plan: int) -> PlanTab:
    """The tab with the plan shown."""
    assert plan
    return tab


def words(lines: LineList) -> list[str]:
    return [line.words for line in lines.lines.lines]


def type_line(line: QLineEdit, text: str) -> None:
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def in_sight(part: QWidget) -> bool:
    """Whether all of a part can be seen on the page that scrolls it."""
    page = scroll_page_of(part)
    assert page is not None
    return page.viewport().rect().contains(QRect(part.mapTo(page.viewport(), QPoint()), part.size()))


def test_the_line_that_adds_stays_in_sight_while_one_after_another_is_added(planned: PlanTab, qtbot: QtBot) -> None:
    planned.window().resize(planned.window().width(), 320)
    section = planned.action_list.section
    section.begin_adding()
    qtbot.waitUntil(lambda: in_sight(section.add_line))
    for typed in ("Pitch the radio", "Lunch with Helen", "Private view"):
        QTest.keyClicks(section.add_line.line, typed)
        QTest.keyClick(section.add_line.line, Qt.Key.Key_Return)
        for _ in range(3):  # the page is laid out, then scrolled
            QApplication.processEvents()
        assert in_sight(section.add_line)


def test_without_a_plan_there_is_one_button_that_makes_one(tab: PlanTab, book: Book, client: int) -> None:
    tab.take_focus()
    assert QApplication.focusWidget() is tab.empty.button
    QTest.keyClick(tab.empty.button, Qt.Key.Key_Space)
    dialog = tab.editing.dialog
    assert isinstance(dialog, PlanDialog)
    assert dialog.starts.value() == TODAY
    QTest.keyClicks(dialog.title.line, "Plan B")
    dialog.fee.set_raw("12,500")
    QTest.keyClick(dialog.fee.line, Qt.Key.Key_Return, CONTROL)
    made = book.plans.whole(client)[0].plan
    assert (made.title, made.starts, made.expected_fee) == ("Plan B", TODAY, 12_500_00)
    assert made.ends == made.starts.replace(year=made.starts.year + 1) - timedelta(days=1)
    assert tab.editing.dialog is None
    assert tab.corner.button.words.startswith("Plan B · current · reviewed never")


def test_a_refused_plan_keeps_what_was_typed(tab: PlanTab, book: Book, client: int) -> None:
    tab.new_plan()
    dialog = tab.editing.dialog
    assert isinstance(dialog, PlanDialog)
    dialog.ends.set_value(away(-1))
    QTest.keyClick(dialog.title.line, Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert "ends before it starts" in dialog.form.message("ends")
    assert book.plans.whole(client) == []
    dialog.close()


def test_actions_show_owner_due_and_hours_and_late_ones_say_so(planned: PlanTab) -> None:
    done, late = planned.action_list.lines.lines.lines
    assert (done.ticked, late.ticked) == (True, False)
    assert [cell.words for cell in late.cells] == ["JV", "9 days late", "6\N{NO-BREAK SPACE}h"]
    assert late.cells[1].mark is Mark.OVERDUE
    assert late.sub == "Fill the opening · plus £240"
    assert planned.action_list.section.count.text() == "1 of 2 done"


def test_an_objective_shows_how_far_its_actions_are(planned: PlanTab) -> None:
    line = planned.goals.objectives.lines.lines.lines[0]
    assert line.sub == "1 of 2 actions done · visitors: 420 → 1,200"
    assert (line.has_bar, line.share) == (True, 0.5)


def test_the_side_says_what_it_costs_against_its_fee(planned: PlanTab) -> None:
    assert planned.side.cost.text() == "Costs £1,000, to bring £31,000"
    assert planned.side.workings.text() == "8\N{NO-BREAK SPACE}h × £95 + £240\n£0 came so far"


def test_a_line_adds_an_action_and_what_was_understood_is_shown(planned: PlanTab, book: Book, plan: int) -> None:
    section = planned.action_list.section
    QTest.keyClick(planned.action_list.lines, Qt.Key.Key_Insert)
    assert QApplication.focusWidget() is section.add_line.line
    QTest.keyClicks(section.add_line.line, "Pitch regional radio jv +2w 2h #fill")
    said = [widget.text() for widget in section.add_line.parts.widgets if isinstance(widget, PlainLabel)]
    assert said[0] == "Josephine Vale"
    assert said[2:] == ["2\N{NO-BREAK SPACE}h", "for Fill the opening"]
    QTest.keyClick(section.add_line.line, Qt.Key.Key_Return)
    made = book.actions.having(plan_id=plan)[-1]
    assert (made.title, made.due, made.minutes) == ("Pitch regional radio", away(14), 120)
    assert made.objective_id is not None
    assert section.add_line.line.text() == ""
    assert section.add_line.line.hasFocus(), "the next one can be typed at once"
    assert words(planned.action_list.lines)[-1] == "Pitch regional radio"


def test_space_ticks_and_opens_again(planned: PlanTab, book: Book, plan: int) -> None:
    planned.take_focus()
    lines = planned.action_list.lines
    assert lines.hasFocus()
    QTest.keyClick(lines, Qt.Key.Key_End)
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert [action.done_on for action in book.actions.having(plan_id=plan)] == [away(-21), TODAY]
    assert planned.action_list.section.count.text() == "2 of 2 done"
    assert lines.currentIndex().row() == 1, "one stays at the line"
    QTest.keyClick(lines, Qt.Key.Key_Space)
    assert book.actions.having(plan_id=plan)[1].done_on is None


def test_a_click_on_the_box_ticks_and_beside_it_does_not(planned: PlanTab, book: Book, plan: int) -> None:
    lines = planned.action_list.lines
    row = lines.visualRect(lines.lines.index(1))
    for place in (row.center(), row.topLeft() + QPoint(12, 18)):
        before = book.actions.having(plan_id=plan)[1].done_on
        QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert before is None
    assert book.actions.having(plan_id=plan)[1].done_on == TODAY


def test_enter_changes_an_action_in_its_dialog(planned: PlanTab, book: Book, plan: int) -> None:
    lines = planned.action_list.lines
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_End)
    QTest.keyClick(lines, Qt.Key.Key_Return)
    dialog = planned.editing.dialog
    assert isinstance(dialog, ActionDialog)
    dialog.hours.set_raw("1.5")
    dialog.cost.set_raw("")
    QTest.keyClick(dialog.title.line, Qt.Key.Key_Return)
    changed = book.actions.having(plan_id=plan)[1]
    assert (changed.title, changed.minutes, changed.cost) == ("Launch plan", 90, None)


def test_del_deletes_with_a_way_back(planned: PlanTab, book: Book, desk: Desk, plan: int) -> None:
    lines = planned.action_list.lines
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_Home)
    QTest.keyClick(lines, Qt.Key.Key_Delete)
    assert words(lines) == ["Launch plan"]
    toast = desk.toasts.current
    assert toast is not None
    assert toast.label.text() == "Deleted action “Figures”"
    toast.action.click()
    assert words(lines) == ["Figures", "Launch plan"]
    assert len(book.actions.having(plan_id=plan)) == 2


def test_goals_are_added_renamed_in_place_and_deleted(planned: PlanTab, book: Book, plan: int) -> None:
    section = planned.goals.goals
    assert not section.add_line.isVisible()
    section.plus.click()
    type_line(section.add_line.line, "Be on the radio")
    assert words(section.lines) == ["Full house", "No surprises", "Be on the radio"]
    QTest.keyClick(section.add_line.line, Qt.Key.Key_Escape)
    assert section.lines.hasFocus()
    assert not section.add_line.isVisible()
    QTest.keyClick(section.lines, Qt.Key.Key_Home)
    QTest.keyClick(section.lines, Qt.Key.Key_F2)
    editor = section.lines.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    type_line(editor, "Full house at Easter")
    QTest.qWait(0)
    assert book.plans.get(plan).goals == "Full house at Easter\nNo surprises\nBe on the radio"
    QTest.keyClick(section.lines, Qt.Key.Key_Down)
    QTest.keyClick(section.lines, Qt.Key.Key_Delete)
    assert book.plans.get(plan).goals == "Full house at Easter\nBe on the radio"


def test_an_objective_typed_in_a_line_asks_for_its_measure_next(planned: PlanTab, book: Book, plan: int) -> None:
    section = planned.goals.objectives
    section.plus.click()
    type_line(section.add_line.line, "Be known one level up")
    assert "“Be known one level up” has no measure" in planned.side.next_words.text()
    planned.side.next_link.click()
    dialog = planned.editing.dialog
    assert isinstance(dialog, ObjectiveDialog)
    QTest.keyClicks(dialog.measure.line, "talks")
    QTest.keyClicks(dialog.target.line, "4")
    QTest.keyClick(dialog.target.line, Qt.Key.Key_Return)
    assert book.objectives.having(plan_id=plan)[1].target == "4"
    assert "has no action that serves it" in planned.side.next_words.text()


def test_promises_are_kept_and_added_where_they_stand(planned: PlanTab, book: Book, client: int) -> None:
    theirs, ours = planned.side.theirs, planned.side.ours
    assert theirs.lines.lines.lines[0].spoken.startswith("Visitor numbers")
    type_line(ours.add_line.line, "launch plan tomorrow")
    made = next(one for one in book.promises.of_client(client) if one.by is PromiseBy.US)
    assert (made.what, made.due) == ("launch plan", away(1))
    theirs.lines.setFocus()
    QTest.keyClick(theirs.lines, Qt.Key.Key_Space)
    assert words(theirs.lines) == []
    kept = next(one for one in book.promises.of_client(client) if one.by is PromiseBy.THEM)
    assert kept.kept_on == TODAY


def test_risks_are_lines_of_their_own(planned: PlanTab, book: Book, plan: int) -> None:
    type_line(planned.side.risks.add_line.line, "Budget not confirmed")
    type_line(planned.side.chances.add_line.line, "Schools programme")
    found = book.plans.get(plan)
    assert (found.risks, found.opportunities) == ("Budget not confirmed", "Schools programme")


def test_several_plans_are_chosen_from_the_corner(planned: PlanTab, book: Book, client: int) -> None:
    planned.new_plan()
    dialog = planned.editing.dialog
    assert isinstance(dialog, PlanDialog)
    assert dialog.starts.value() == away(201), "the next plan follows the last"
    QTest.keyClick(dialog.title.line, Qt.Key.Key_Return)
    made = book.plans.whole(client)[0].plan
    assert made.goals == "Full house\nNo surprises", "goals are taken over"
    assert "draft" in planned.corner.button.words
    assert words(planned.action_list.lines) == []
    older = planned.corner.menu().actions()[1]
    assert older.text().startswith("Plan A, ")
    older.trigger()
    assert words(planned.action_list.lines) == ["Figures", "Launch plan"]


def test_a_deleted_plan_comes_back_by_undo(planned: PlanTab, book: Book, desk: Desk) -> None:
    delete = planned.corner.menu().actions()[-1]
    delete.trigger()
    assert planned.empty.isVisible()
    assert desk.toasts.current is not None
    desk.toasts.current.action.click()
    assert words(planned.action_list.lines) == ["Figures", "Launch plan"]
    assert len(book.objectives.every()) == 1


def test_on_another_day_nothing_can_be_typed_and_later_ticks_do_not_exist(
    planned: PlanTab, desk: Desk, book: Book, plan: int
) -> None:
    desk.as_of.set_day(away(-30))
    assert [line.ticked for line in planned.action_list.lines.lines.lines] == [False, False]
    assert not planned.action_list.section.add_line.line.isEnabled()
    assert not planned.goals.goals.plus.isEnabled()
    lines = planned.action_list.lines
    lines.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        QTest.keyClick(lines, key)
    assert planned.editing.dialog is None
    assert [action.done_on for action in book.actions.having(plan_id=plan)] == [away(-21), None]


def test_texts_of_clients_are_literal(planned: PlanTab, book: Book, plan: int) -> None:
    type_line(planned.action_list.section.add_line.line, "<b>bold</b> & more")
    assert words(planned.action_list.lines)[-1] == "<b>bold</b> & more"
    menu = planned.action_list.menu_of(book.actions.having(plan_id=plan)[-1])
    assert [action.text().split("\t")[0] for action in menu.actions()] == [
        "Done",
        "Change…",
        "New action…",
        "Delete",
    ]
    menu.deleteLater()


def test_a_list_is_as_tall_as_its_lines_and_leaves_the_wheel_to_the_page(planned: PlanTab) -> None:
    lines = planned.action_list.lines
    QApplication.processEvents()
    last = lines.visualRect(lines.lines.index(lines.lines.rowCount() - 1))
    assert last.bottom() == lines.height() - 1
    assert lines.verticalScrollBar().maximum() == 0


def test_a_page_brings_its_own_corner_to_the_tabs(tab: PlanTab, desk: Desk, qtbot: QtBot) -> None:
    tabs = Tabs(desk.theme)
    qtbot.addWidget(tabs)
    tabs.add("plan", "Plan", lambda: tab)
    tabs.add("other", "Other", QWidget)
    tabs.show()
    tabs.show_tab("other")
    assert not tab.corner.isVisible()
    tabs.show_tab("plan")
    assert tab.corner.isVisible()


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2", 120), ("1.5", 90), ("1,5", 90), ("2 h", 120), ("1h30", 90), ("45 min", 45), ("0:45", 45)],
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert read_hours(typed) == minutes
