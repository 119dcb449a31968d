"""Fields and forms: problems beside the field, drafts, reading order."""

from datetime import date
from decimal import Decimal, InvalidOperation

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.checking import InvalidInputError, Problem
from ui.icons import Icons
from ui.theme import Theme
from ui.widgets.calendar import CalendarSheet
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.parsed_field import DateField, MoneyField, ParsedField
from ui.widgets.tags_field import TagsField

TODAY = date(2026, 11, 24)


def parse_day(text: str) -> date | None:
    """Days of November by number."""
    return date(2026, 11, int(text)) if text.isdigit() and 1 <= int(text) <= 30 else None


def show_day(day: date) -> str:
    """Not what `parse_day` reads, on purpose."""
    return f"{day:%d %b %Y}"


def parse_pence(text: str) -> int | None:
    """Pounds into pence."""
    try:
        return int(Decimal(text.replace(",", "")) * 100)
    except InvalidOperation:
        return None


@pytest.fixture
def form(theme: Theme, icons: Icons, qtbot: QtBot) -> Form:
    """A form with every kind of field."""
    made = Form(theme)
    made.add("name", "Name", TextField(), required="What is the client called?")
    made.add_side_by_side(
        [
            ("won", "Won on", DateField(theme, icons, parse_day, show_day, today=lambda: TODAY)),
            ("fee", "Fee", MoneyField(parse_pence, lambda pence: f"{pence / 100:,.2f}", before="£")),
        ]
    )
    made.add("stage", "Stage", ChoiceField(theme, [(1, "New"), (2, "At risk")], none="not set"))
    made.add("tags", "Tags", TagsField(theme))
    made.add("notes", "R&D notes", AreaField())
    made.add("counts", "", TickField(theme, "Counts as a contact"))
    qtbot.addWidget(made)
    made.resize(500, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_field_that_was_only_passed_is_not_yet_wrong(form: Form, qtbot: QtBot) -> None:
    form.field("name").setFocus()
    qtbot.keyClick(form.field("name").editor, Qt.Key.Key_Tab)
    assert form.message("name") == ""
    assert not form.check()
    assert form.message("name") == "What is the client called?"
    assert form.field("name").editor.hasFocus()
    assert form.field("name").editor.accessibleDescription() == "What is the client called?"


def test_what_cannot_be_read_is_said_on_leaving_and_gone_when_mended(form: Form, qtbot: QtBot) -> None:
    won = form.field("won")
    assert isinstance(won, DateField)
    won.setFocus()
    qtbot.keyClicks(won.line, "99")
    assert form.message("won") == "", "not at each key"
    qtbot.keyClick(won.line, Qt.Key.Key_Tab)
    assert "no date" in form.message("won")
    assert won.value() is None
    won.setFocus()
    won.line.clear()
    qtbot.keyClicks(won.line, "3")
    assert form.message("won") == ""
    qtbot.keyClick(won.line, Qt.Key.Key_Tab)
    assert won.raw() == "03 Nov 2026"
    assert won.value() == date(2026, 11, 3)
    assert won.problem() == "", "what was shown by itself is known"


def test_days_step_by_keys(form: Form, qtbot: QtBot) -> None:
    won = form.field("won")
    assert isinstance(won, DateField)
    qtbot.keyClick(won.line, Qt.Key.Key_Up)
    assert won.value() == date(2026, 11, 25)
    qtbot.keyClick(won.line, Qt.Key.Key_PageUp)
    assert won.value() == date(2026, 12, 25)
    won.set_value(date(2026, 10, 31))
    qtbot.keyClick(won.line, Qt.Key.Key_PageUp)
    assert won.value() == date(2026, 11, 30)
    won.set_value(date(2027, 1, 31))
    qtbot.keyClick(won.line, Qt.Key.Key_PageUp)
    assert won.value() == date(2027, 2, 28)


def test_a_day_can_be_picked(form: Form, qtbot: QtBot) -> None:
    won = form.field("won")
    assert isinstance(won, DateField)
    qtbot.mouseClick(won.pick, Qt.MouseButton.LeftButton)
    sheet = form.window().findChild(CalendarSheet)
    assert isinstance(sheet, CalendarSheet)
    sheet.picked.emit(date(2026, 11, 9))
    assert won.value() == date(2026, 11, 9)


def test_money_is_minor_units(form: Form, qtbot: QtBot) -> None:
    fee = form.field("fee")
    assert isinstance(fee, MoneyField)
    fee.setFocus()
    qtbot.keyClicks(fee.line, "1250")
    qtbot.keyClick(fee.line, Qt.Key.Key_Tab)
    assert (fee.value(), fee.raw()) == (125_000, "1,250.00")
    assert fee.line.alignment() & Qt.AlignmentFlag.AlignRight


def test_a_parser_may_say_itself_what_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    def parse(text: str) -> int:
        raise InvalidInputError.one("minutes", f"{text} is no time.", "For example 20.")

    assert theme
    field = ParsedField[int](parse, str)
    qtbot.addWidget(field)
    field.set_raw("soon")
    assert field.problem() == "soon is no time. For example 20."


def test_problems_of_a_service_stand_at_their_field_and_the_rest_on_top(form: Form) -> None:
    form.show_problems([Problem("fee", "Too much.", "Less."), Problem("elsewhere", "Book is closed.")])
    assert form.message("fee") == "Too much. Less."
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert "Book is closed." in shown
    assert form.field("fee").editor.property("wrong")
    form.show_problems([])
    assert form.message("fee") == ""
    assert not form.field("fee").editor.property("wrong")


def test_a_draft_goes_out_and_comes_back(form: Form, qtbot: QtBot) -> None:
    edits: list[int] = []
    form.edited.connect(lambda: edits.append(1))
    qtbot.keyClicks(form.field("name").editor, "Acme & Co")
    assert len(edits) == 9
    draft = {
        "name": "Acme & Co", "won": "half typ", "fee": "1,25", "stage": "At risk", "tags": "museum, spring",
        "notes": "two\nlines", "counts": "yes", "gone": "x",
    }  # fmt: skip
    form.restore(draft)
    back = form.draft()
    del draft["gone"]
    assert back == draft
    stage, tags, counts = form.field("stage"), form.field("tags"), form.field("counts")
    assert isinstance(stage, ChoiceField)
    assert isinstance(tags, TagsField)
    assert isinstance(counts, TickField)
    assert (stage.value(), tags.value(), counts.value()) == (2, ("museum", "spring"), True)


def test_tags_come_by_comma_and_enter_and_go_by_backspace(theme: Theme, qtbot: QtBot) -> None:
    field = TagsField(theme)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.line, "one,two, one")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == ("one", "two")
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.value() == ("one",)


def test_tab_goes_in_reading_order_and_labels_are_buddies(form: Form, qtbot: QtBot) -> None:
    form.field("name").setFocus()
    seen = []
    for _ in range(8):
        here = QApplication.focusWidget()
        assert here is not None
        key = next((key for key in form.keys if form.field(key).isAncestorOf(here)), "")
        if key and (not seen or seen[-1] != key):
            seen.append(key)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert tuple(seen) == form.keys
    for key in form.keys:
        editor = form.field(key).editor
        assert any(label.buddy() is editor for label in form.findChildren(QLabel))
        assert editor.accessibleName()
    assert form.field("notes").editor.accessibleName() == "R&D notes"


def test_enter_in_a_line_submits(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.field("name").editor, Qt.Key.Key_Return)


def test_the_wheel_over_a_choice_changes_nothing(form: Form) -> None:
    stage = form.field("stage")
    assert isinstance(stage, ChoiceField)
    stage.set_value(1)
    stage.set_value(77)
    assert stage.value() is None
    stage.set_value(1)
    stage.choice.grab()
    assert stage.raw() == "New"


def test_focus_does_not_make_a_line_taller(form: Form) -> None:
    line = form.field("name").editor
    assert isinstance(line, QLineEdit)
    form.field("notes").setFocus()
    QApplication.processEvents()
    before = (line.height(), form.field("fee").y())
    form.field("name").setFocus()
    QApplication.processEvents()
    assert (line.height(), form.field("fee").y()) == before
