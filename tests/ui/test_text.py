"""RELIABILITY 111-113: text from clients is shown literally."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.labels import body, name
from ui.widgets.text import amp, one_line, plain, tip

HOSTILE = ["<b>x</b>", '<img src="/home/x.png">', "1 &lt; 2", '<a href="file:///etc">x</a>', "R&D", "&&", "& Co"]


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_and_buttons_show_it_literally(text: str, theme: Theme, qtbot: QtBot) -> None:
    label, button = body(text), Button(theme, text)
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text
    assert button.shortcut().isEmpty()
    assert button.words == button.accessibleName() == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_tooltip_is_read_back_as_written(text: str) -> None:
    document = QTextDocument()
    document.setHtml(tip(text))
    assert document.toPlainText() == text


def test_a_tooltip_keeps_lines() -> None:
    document = QTextDocument()
    document.setHtml(tip("one\n two"))
    assert document.toPlainText() == "one\n two"
    assert tip("") == ""


def test_direction_override_is_a_symbol_and_marks_are_cut() -> None:
    assert plain("ab\u202egpj.exe") == "ab\ufffdgpj.exe"
    assert plain("\x00") == "\ufffd"
    assert len(plain("e" + "\u0301" * 500)) == 9
    assert plain("👩‍👩‍👧 שלום") == "👩‍👩‍👧 שלום"


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert "\n" not in shown
    assert "\r" not in shown
    assert len(shown) <= 2_001
    assert amp(text).replace("&&", "").count("&") == 0


def test_a_long_name_is_shortened_with_the_whole_in_the_tooltip(theme: Theme, qtbot: QtBot) -> None:
    label = name("Northgate Museums and Galleries Trust <b>", elide=True)
    qtbot.addWidget(label)
    assert theme
    label.resize(80, 20)
    label.show()
    assert "&lt;b&gt;" in label.toolTip()
    label.resize(900, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 80


def test_ten_thousand_letters_do_not_widen_the_window(theme: Theme, qtbot: QtBot) -> None:
    label = name("x" * 10_000, elide=True)
    qtbot.addWidget(label)
    assert theme
    assert label.minimumSizeHint().width() < 100
