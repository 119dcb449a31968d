"""The frame with invented pages: everything by key, everything named, nothing heavy imported."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.words import formats
from tests.ui import demo
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.frame import as_of
from ui.frame.as_of import quick_days
from ui.frame.day_line import DayLine
from ui.icons import Icons
from ui.main_window import MainWindow
from ui.theme import Theme, ThemeChoice
from ui.tokens import Tone
from ui.view_state import ViewStore, WindowPlace, fitted, keep_window
from ui.widgets.calendar import CalendarSheet
from ui.widgets.command_box import rank_commands
from ui.widgets.labels import body

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def window(theme: Theme, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The demo's window."""
    made = demo.build(theme, tmp_path)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_page("today")
    return made


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the keyboard is."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_importing_the_frame_brings_nothing_heavy() -> None:
    heavy = ["matplotlib", "sqlalchemy", "openpyxl", "alembic", "xlsxwriter", "rapidfuzz", "PySide6.QtSql"]
    code = f"import sys, ui.main_window; print([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_measures_are_those_of_the_drawings(window: MainWindow) -> None:
    assert window.navigation.width() == 184
    assert window.top_bar.height() == 56
    assert window.status.height() == 28


def test_pages_are_built_when_first_shown_and_go_by_number(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page("clients") is None
    with qtbot.waitSignal(window.page_shown) as shown:
        press(qtbot, window, Qt.Key.Key_2, ALT)
    assert shown.args == ["clients"]
    first = window.page("clients")
    assert first is not None
    press(qtbot, window, Qt.Key.Key_1, ALT)
    press(qtbot, window, Qt.Key.Key_2, ALT)
    assert window.page("clients") is first
    assert isinstance(QApplication.focusWidget(), QTableView), "a page's focus proxy gets the keyboard"


def test_a_page_under_another_marks_that_one(window: MainWindow) -> None:
    window.show_page("client")
    items = {item.text(): item.isChecked() for item in window.navigation.findChildren(QAbstractButton)}
    assert items["Clients"]
    assert not items["Today"]
    assert "Client" not in items


def test_the_last_page_comes_back(theme: Theme, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.show_page("feedback")
    window.show_page("client")
    window.close()
    again = demo.build(theme, tmp_path)
    qtbot.addWidget(again)
    again.show_last_page("today")
    assert again.current == "feedback"


def test_counts_are_said(window: MainWindow) -> None:
    names = {item.accessibleName() for item in window.navigation.findChildren(QAbstractButton)}
    assert {"Today, 8", "Clients, 41", "Feedback, 3", "Plans"} <= names
    window.set_count("today", None)
    assert "Today" in {item.accessibleName() for item in window.navigation.findChildren(QAbstractButton)}


def test_the_command_box_finds_clients_and_commands(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("clients")
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert QApplication.focusWidget() is window.box
    qtbot.keyClicks(window.box, "harb")
    assert window.box.results[0].title == "Harbour Lights Festival"
    window.box.clear()
    qtbot.keyClicks(window.box, "drak")
    assert window.box.results[0].title == "Theme: Dark"
    assert window.theme.choice is ThemeChoice.LIGHT
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.theme.choice is ThemeChoice.DARK
    assert window.box.text() == ""
    assert isinstance(QApplication.focusWidget(), QTableView)
    window.theme.set_choice(ThemeChoice.LIGHT)
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    assert window.box.results[0].title == "Theme: Dark", "recent first"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert isinstance(QApplication.focusWidget(), QTableView)


@pytest.mark.parametrize("text", ['"', "C++", "100%", "*", "NEAR(", "\x00", "x" * 10_000, "日本", ">", "&"])
def test_the_command_box_takes_any_text(text: str, window: MainWindow) -> None:
    window.box.setText(text)
    window.box.ask()
    assert window.box.results


def test_down_goes_around(window: MainWindow, qtbot: QtBot) -> None:
    window.box.ask()
    first = window.box.results[1].title
    ran: list[str] = []
    for command in window.commands:
        command.action.triggered.disconnect()
        command.action.triggered.connect(lambda _=False, words=command.words: ran.append(words))
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Return)
    assert ran == [first]


def test_disabled_commands_are_not_offered(window: MainWindow) -> None:
    words = [command.words for command in rank_commands(list(window.commands), "")]
    assert "Back to today" not in words
    window.as_of.set_day(date(1997, 12, 31))
    words = [command.words for command in rank_commands(list(window.commands), "")]
    assert "Back to today" in words


def test_another_day_tints_the_bar_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    def ground() -> str:
        return window.top_bar.grab().toImage().pixelColor(3, 3).name().upper()

    assert ground() == window.theme.colours.ground
    with qtbot.waitSignal(window.as_of.changed) as changed:
        window.as_of.set_day(date(1997, 12, 31))
    assert changed.args == [date(1997, 12, 31)]
    assert ground() == window.theme.colours.tint_due
    assert window.top_bar.off.isVisible()
    assert "31 Dec 1997" in window.as_of.accessibleName()
    with qtbot.waitSignal(window.as_of.changed) as changed:
        window.top_bar.back.click()
    assert changed.args == [None]
    assert window.as_of.is_today
    window.as_of.set_day(demo.TODAY)
    assert window.as_of.is_today


def test_after_midnight_today_is_the_new_day(
    theme: Theme, icons: Icons, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_of, "LOOK_EVERY_MS", 5)
    days = [date(2026, 11, 28)]
    control = as_of.AsOfControl(theme, icons, lambda: days[-1], formats.day)
    qtbot.addWidget(control)
    with qtbot.waitSignal(control.changed) as changed:
        days.append(date(2026, 11, 29))
    assert changed.args == [None]
    assert control.accessibleName() == "As of today, 29 Nov 2026"


def test_midnight_moves_no_other_day_that_was_chosen_but_what_it_makes_today(
    theme: Theme, icons: Icons, qtbot: QtBot
) -> None:
    days = [date(2026, 11, 28)]
    control = as_of.AsOfControl(theme, icons, lambda: days[-1], formats.day)
    qtbot.addWidget(control)
    control.set_day(date(2026, 11, 30))
    days.append(date(2026, 11, 29))
    with qtbot.assertNotEmitted(control.changed):
        control.look()
    assert control.day == date(2026, 11, 30)
    days.append(date(2026, 11, 30))
    with qtbot.waitSignal(control.changed):
        control.look()
    assert control.is_today


def test_the_day_is_chosen_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.as_of.offer_newest_fee(date(1997, 12, 31))
    window.as_of.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.findChild(CalendarSheet) is not None
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_Tab)
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.as_of.day == date(1997, 12, 31)


def test_the_day_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    popover = window.as_of.open_choice()
    line = popover.findChild(DayLine)
    assert isinstance(line, DayLine)
    assert window.focusWidget() is line.field.line
    qtbot.keyClicks(line.field.line, "soonish")
    press(qtbot, window, Qt.Key.Key_Return)
    assert line.message.isVisible()
    assert window.as_of.is_today
    line.field.line.clear()
    qtbot.keyClicks(line.field.line, "31.12.1997")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.as_of.day == date(1997, 12, 31)


def test_quick_days() -> None:
    days = [day for _, day in quick_days(date(2026, 1, 15), None, demo.show_date)]
    assert days == [date(2026, 1, 15), date(2025, 12, 31), date(2025, 12, 31), date(2025, 12, 31)]
    days = [day for _, day in quick_days(date(2026, 11, 24), date(2025, 3, 1), demo.show_date)]
    assert days[1:] == [date(2026, 10, 31), date(2026, 9, 30), date(2025, 12, 31), date(2025, 3, 1)]


def test_every_command_with_words_has_a_menu_or_a_key(window: MainWindow) -> None:
    for command in window.commands:
        assert command.menu or command.shortcut, command.key
    for key in ("File", "Edit", "View", "Go", "Help"):
        assert [action for action in window.menus.menu(key).actions() if not action.isSeparator()], key
    assert window.commands["undo"].text() == "Undo log call with R&&D"


def test_no_two_commands_share_a_key(window: MainWindow) -> None:
    keys = [key.toString() for command in window.commands for key in command.action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_shortcut_sheet_lists_them(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ShortcutsDialog(window.theme, window.commands, window)
    qtbot.addWidget(dialog)
    dialog.show()
    caps = {child.accessibleName() for child in dialog.findChildren(QWidget)}
    assert {"Ctrl L", "Ctrl K", "Alt 1", "Ctrl Z", "Ctrl ?", "Ctrl +", "F10"} <= caps


def test_the_menu_bar_can_be_had(window: MainWindow) -> None:
    assert not window.menuBar().isVisible()
    window.commands["menu-bar"].trigger()
    assert window.menuBar().isVisible()
    assert not window.commands["menu.File"].isEnabled(), "the bar has these letters now"


def test_the_status_line(window: MainWindow, qtbot: QtBot) -> None:
    window.status.set_undo("delete R&D <b>")
    assert window.status.undo.words == "Undo delete R&D <b>"
    with qtbot.waitSignal(window.status.undo_wanted):
        window.status.undo.click()
    window.status.set_undo("")
    assert not window.status.undo.isVisible()
    window.status.set_backup("No good backup for 3 days", Tone.OVERDUE)
    assert window.status.backup.isVisible()


def test_notices_come_and_go(window: MainWindow) -> None:
    window.set_notice("read-only", "This book is open read-only.")
    window.set_notice("read-only", "Still read-only.")
    assert [label for label in window.findChildren(type(body())) if label.text() == "Still read-only."]
    window.set_notice("read-only", "")
    assert not window._notices


def test_tab_goes_from_the_navigation_over_the_bar_into_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = window.show_page("plans")
    window.navigation.name.setFocus()
    places = []
    for _ in range(14):
        press(qtbot, window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        parts = {"nav": window.navigation, "bar": window.top_bar, "page": page, "status": window.status}
        place = next(key for key, part in parts.items() if part.isAncestorOf(here))
        if not places or places[-1] != place:
            places.append(place)
    assert places == ["nav", "bar", "page"]


def test_the_firm_stands_in_the_title(window: MainWindow) -> None:
    window.set_firm("R&D\nLtd")
    assert window.windowTitle() == "R&D Ltd – Rapport"


@pytest.mark.parametrize(
    ("rect", "wanted"),
    [
        (QRect(100, 100, 1280, 800), QRect(100, 100, 1280, 800)),
        (QRect(5000, -900, 1280, 800), QRect(640, 0, 1280, 800)),
        (QRect(-3000, 200, 4000, 3000), QRect(0, 0, 1920, 1080)),
        (QRect(1900, 50, 1280, 800), QRect(1920, 50, 1280, 800)),
    ],
)
def test_a_window_comes_back_onto_a_screen_that_is_there(rect: QRect, wanted: QRect) -> None:
    screens = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1920, 1080)]
    if rect.x() == 5000:
        screens = screens[:1]
    assert fitted(rect, screens) == wanted


def test_the_place_of_the_window_is_kept(window: MainWindow, store: ViewStore) -> None:
    window.setGeometry(40, 50, 1100, 720)
    keep_window(window, store)
    assert store.window() == WindowPlace(QRect(40, 50, 1100, 720))


def test_a_spoiled_view_file_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "view.ini"
    path.write_bytes(
        b"[window]\nrect=1 2 x\nmaximised=\xff\xfe\n[columns]\nclients\\order=a b\nclients\\widths=a:-5 b:x\n"
    )
    store = ViewStore(path)
    assert store.window() is None
    layout = store.columns("clients")
    assert layout is not None
    assert layout.widths == ()
    assert store.flag("menu-bar") is False


@pytest.mark.parametrize("key", ["today", "clients", "plans", "client", "feedback"])
def test_every_control_can_be_named_by_a_screen_reader(key: str, window: MainWindow) -> None:
    window.show_page(key)
    for widget in window.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or widget.inherits("QScrollBar") or not widget.isVisible()
        if inner or not isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit | QTableView):
            continue
        if isinstance(widget.parent(), QTableView):
            continue
        assert widget.accessibleName(), f"{type(widget).__name__} on {key}"


@pytest.mark.parametrize("size", [(1280, 800), (1024, 700), (800, 500)])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_nothing_hangs_out_of_the_window(size: tuple[int, int], percent: int, window: MainWindow) -> None:
    window.theme.set_text_size(percent)
    try:
        window.resize(*size)
        for key in ("today", "clients", "plans", "feedback"):
            window.show_page(key)
            QApplication.processEvents()
            assert window.as_of.geometry().right() <= window.top_bar.width(), (key, window.width())
            assert window.status.width() == window.width()
    finally:
        window.theme.reset_text_size()


def test_a_change_reloads_a_page_that_shows_it(window: MainWindow, qtbot: QtBot) -> None:
    from datetime import UTC, datetime

    from app.domain.changes import Change, ChangeSet, Operation
    from ui.changes import ChangeBus, Refresher

    bus, reloads = ChangeBus(), list[int]()
    page = body()
    qtbot.addWidget(page)
    refresher = Refresher(page, bus, ("fees",), lambda: reloads.append(1))

    def change(table: str) -> ChangeSet:
        return ChangeSet(1, datetime.now(UTC), "x", "x", (Change(table, Operation.INSERT, 1, 1, 1),))

    page.show()
    bus.emit_change(change("contacts"))
    assert reloads == []
    bus.emit_change(change("fees"))
    assert reloads == [1]
    page.hide()
    bus.emit_change(change("fees"))
    bus.emit_change(change("fees"))
    assert (reloads, refresher.stale) == ([1], True)
    page.show()
    assert (reloads, refresher.stale) == ([1, 1], False)
    assert window
