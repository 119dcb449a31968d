"""Errors by their kind: the world, the input, and us."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.domain.checking import InvalidInputError
from app.errors import AppError, CancelledError
from ui.crash_report import crash_report, masked
from ui.messages import Hook, MessageDialog, Messages
from ui.theme import Theme, ThemeChoice
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


@pytest.fixture
def messages(theme: Theme, qtbot: QtBot) -> Messages:
    """Messages without a window."""
    assert qtbot
    return Messages(theme, None, "0.1")


def shown(dialog: MessageDialog | None) -> list[str]:
    """What a dialog says."""
    assert dialog is not None
    return [label.text() for label in dialog.findChildren(PlainLabel)]


def press(dialog: MessageDialog | None, words: str) -> None:
    """Press a button by its word."""
    assert dialog is not None
    next(button for button in dialog.findChildren(Button) if button.words == words).click()


def broken() -> Exception:
    """A bug with a client's name in it."""
    try:
        raise KeyError("Northgate Museums, jane@example.org")
    except KeyError as error:
        return error


def test_an_error_of_the_world_says_what_to_do(messages: Messages) -> None:
    dialog = messages.show(AppError("The disk is full: <b>.", "Free some space and try again."))
    assert shown(dialog) == ["The disk is full: <b>.", "Free some space and try again."]
    assert not dialog.isModal() if dialog else False
    press(dialog, "Close")


def test_a_refused_input_lists_every_problem(messages: Messages) -> None:
    dialog = messages.show(InvalidInputError.one("date", "31/02 is no date.", "Correct it."))
    assert shown(dialog)[1] == "31/02 is no date. Correct it."
    press(dialog, "Close")


def test_a_cancelled_act_says_nothing(messages: Messages) -> None:
    assert messages.show(CancelledError()) is None


def test_a_bug_brings_a_report_without_clients(messages: Messages) -> None:
    dialog = messages.show(broken())
    assert dialog is not None
    area = dialog.findChild(QPlainTextEdit)
    assert isinstance(area, QPlainTextEdit)
    press(dialog, "Copy report")
    report = QGuiApplication.clipboard().text()
    assert report == area.toPlainText()
    assert "KeyError" in report
    assert "tests/ui/test_messages.py" in report
    assert "in broken" in report
    assert "Northgate" not in report
    assert "jane" not in report
    press(dialog, "Close")


def test_one_message_at_a_time_and_closed_ones_are_freed(messages: Messages) -> None:
    first = messages.show(AppError("one"))
    second = messages.show(AppError("two"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert first is not None
    assert not isValid(first)
    press(second, "Close")


def test_the_hook_catches_and_gives_back(messages: Messages) -> None:
    before = sys.excepthook
    hook = Hook(messages)
    hook.install()
    error = broken()
    sys.excepthook(type(error), error, error.__traceback__)
    assert messages._open is not None
    press(messages._open, "Close")
    hook.remove()
    assert sys.excepthook is before


def test_asking_has_the_verb_and_cancel_holds_the_keyboard(messages: Messages, qtbot: QtBot) -> None:
    erased: list[int] = []
    dialog = messages.ask("Erase Dana Whitlock?", "This cannot be undone.", "Erase", lambda: erased.append(1))
    press(dialog, "Cancel")
    assert erased == []
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        dialog = messages.ask("Erase Dana Whitlock?", "", "Erase", lambda: erased.append(1))
        qtbot.keyClick(dialog, key)
        assert not dialog.isVisible()
    assert erased == []
    press(messages.ask("Erase?", "", "Erase", lambda: erased.append(1)), "Erase")
    assert erased == [1]


def test_enter_closes_a_message(messages: Messages, qtbot: QtBot) -> None:
    dialog = messages.tell("Done.")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_masking() -> None:
    assert masked("client 4 (a@b.org) at /home/jane/x, 07700900123 is not 'Acme' nor 'O'Hara'") == (
        "client 4 … at … … is not …"
    )
    assert "secret" not in crash_report(ValueError('"secret"'), "0.1")


def test_in_large_text_no_button_and_no_sentence_is_cut_off(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, ThemeChoice.LIGHT, 200)
    messages = Messages(theme, None, "1")
    error = AppError("There is no book at /a/long/way/to/a/folder/of/books/firm.rapport.", "Check the place. " * 9)
    ways = [(words, qapp.beep) for words in ("Find the book…", "Open a backup…", "Start a new book…")]
    dialog = messages.offer(error, ways)
    with qtbot.waitExposed(dialog):
        dialog.show()
    for button in dialog.findChildren(Button):
        assert button.width() >= button.sizeHint().width()
        assert button.geometry().right() < dialog.width()
    for label in dialog.findChildren(PlainLabel):
        assert label.height() >= label.heightForWidth(label.width())
    dialog.close()
    Theme(qapp, ThemeChoice.LIGHT)
