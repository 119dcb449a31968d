"""Popovers, explanations, toasts: they float, they go, they give the keyboard back."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.icons import Icons
from ui.theme import Theme
from ui.widgets import toast as toast_module
from ui.widgets.buttons import Button
from ui.widgets.explanation import Explanation, ExplanationRow, ExplanationView, show_explanation
from ui.widgets.figure import Figure
from ui.widgets.labels import PlainLabel
from ui.widgets.popover import SHADOW
from ui.widgets.toast import Toasts

VIEW = ExplanationView(
    "TFI, total fee income by formula",
    "rule P1 to P9, as of 24 Nov 2026",
    "£147,862 = £4,120 × (1,938 days ÷ 54.0 days)",
    (ExplanationRow("S", "average spend per purchase", "£148,320 ÷ 36", "£4,120"),),
    ("Invoiced so far <b>£148,320</b>.",),
    "36 purchases counted from 41 documents",
    "Show rows",
    "Biggest lever: T",
)


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    """A window with a figure at the top and a button."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.addWidget(Figure(theme, "TFI", "£147,862"))
    layout.addStretch(1)
    layout.addWidget(Button(theme, "elsewhere"))
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def gone(widget: QWidget) -> bool:
    """Whether Qt has deleted it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return not isValid(widget)


def figure_of(window: QWidget) -> Figure:
    """The figure."""
    found = window.findChild(Figure)
    assert isinstance(found, Figure)
    return found


def test_an_explanation_shows_all_of_it_as_plain_text(theme: Theme, window: QWidget) -> None:
    explanation = show_explanation(theme, figure_of(window), VIEW)
    shown = {label.text() for label in explanation.findChildren(PlainLabel)}
    assert {VIEW.title, VIEW.rule, VIEW.formula, "S", "£148,320 ÷ 36", "£4,120", VIEW.paragraphs[0], VIEW.note} <= shown
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in explanation.findChildren(PlainLabel))
    assert window.rect().contains(explanation.sheet().translated(explanation.pos()))


def test_escape_closes_and_gives_the_keyboard_back(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    figure = figure_of(window)
    figure.setFocus()
    explanation = show_explanation(theme, figure, VIEW)
    inside = window.focusWidget()
    assert explanation.isAncestorOf(inside)
    qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert figure.hasFocus()
    assert gone(explanation)


def test_tab_stays_inside(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    explanation = show_explanation(theme, figure_of(window), VIEW)
    for _ in range(5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert explanation.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert explanation.isAncestorOf(window.focusWidget())


def test_a_click_elsewhere_closes_and_one_inside_does_not(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    explanation = show_explanation(theme, figure_of(window), VIEW)
    qtbot.mouseClick(explanation, Qt.MouseButton.LeftButton, pos=explanation.sheet().center())
    assert explanation.isVisible()
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(880, 580))
    assert gone(explanation)


def test_copy_and_link(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    explanation = show_explanation(theme, figure_of(window), VIEW)
    copy, link = (button for button in explanation.findChildren(Button) if button.isVisible())
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == VIEW.as_text()
    assert "S\taverage spend per purchase\t£148,320 ÷ 36\t£4,120" in VIEW.as_text()
    with qtbot.waitSignal(explanation.linked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


def test_a_long_explanation_scrolls_within_a_small_window(theme: Theme, window: QWidget) -> None:
    window.resize(500, 320)
    long = ExplanationView("x" * 300, "rule", "1 = 1", VIEW.rows * 20, ("word " * 300,))
    explanation = Explanation(theme, figure_of(window), long)
    explanation.open()
    assert window.rect().contains(explanation.sheet().translated(explanation.pos()))
    explanation.close()


def test_a_long_toast_is_read_whole(theme: Theme, icons: Icons, window: QWidget) -> None:
    words = "Another program has changed this book. Everything was read again. " * 2
    toast = Toasts(theme, icons, window).show_words(words.strip())
    label = toast.label
    assert label.wordWrap()
    assert label.height() >= label.heightForWidth(label.width()), "nothing is cut"
    assert window.rect().contains(toast.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))


def test_a_toast_undoes_and_goes(theme: Theme, icons: Icons, window: QWidget, qtbot: QtBot) -> None:
    undone: list[int] = []
    toasts = Toasts(theme, icons, window)
    toast = toasts.show_words("Deleted R&D <b>", action="Undo", key="Ctrl Z", run=lambda: undone.append(1))
    assert toast.label.text() == "Deleted R&D <b>"
    assert abs(toast.geometry().center().x() - window.rect().center().x()) <= 1
    window.resize(700, 500)
    qtbot.waitUntil(lambda: abs(toast.geometry().center().x() - window.rect().center().x()) <= 1)
    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert gone(toast)
    assert toasts.current is None


def test_the_newest_toast_replaces_the_one_before_and_time_takes_it(
    theme: Theme, icons: Icons, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast_module, "STAYS_MS", 30)
    toasts = Toasts(theme, icons, window)
    first = toasts.show_words("one")
    second = toasts.show_words("two")
    assert gone(first)
    assert toasts.current is second
    qtbot.waitUntil(lambda: toasts.current is None)
