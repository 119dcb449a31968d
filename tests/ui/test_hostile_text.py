"""A book in which every word is hostile, walked page by page: text is text (RELIABILITY P17, cases 111 to 113).

The words name a picture in a colour that nothing else has: where anything reads them as markup, that colour is seen.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QImage, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import Text

from app.data import schema
from app.services.samples import demo_book
from tests.ui.conftest import Program
from ui.screenshots import settle
from ui.session import Session
from ui.widgets.figure import Figure
from ui.widgets.text import tip

TODAY = date.today()
SPY = QColor("#ff00fe")
OURS = {"change", "change_set", "meta", "cadence_rule", "alembic_version"}
# These mean something to the program itself.
KEPT = {"currency", "at", "channel", "preferred_channel", "level"}


def hostile(picture: Path) -> str:
    """Give markup, a local picture, an entity, a mnemonic, mathematics, a formula and a turn of direction."""
    return f'<img src="{picture}">R&D &amp; <b>$x^2_\\frac$</b> =1+1 \u202egpj.exe'


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "spy.png"
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(SPY)
    image.save(str(path))
    return path


@pytest.fixture
def session(program: Program, picture: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    path = tmp_path / "hostile.rapport"
    demo_book(path, TODAY)
    with closing(sqlite3.connect(path)) as book, book:
        for table in schema.metadata.sorted_tables:
            columns = [c.name for c in table.columns if type(c.type) is Text and c.name not in KEPT]
            if table.name not in OURS:
                for column in columns:
                    book.execute(f'UPDATE "{table.name}" SET "{column}" = ? || rowid', (hostile(picture),))
    program.window.resize(1280, 800)
    program.window.show()
    program.open(path)
    qtbot.waitUntil(lambda: bool(program.window.current), timeout=20_000)
    yield program.opened
    for dialog in program.window.findChildren(QDialog):
        dialog.close()


def tops() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.isVisible()]


def seen(widget: QWidget) -> bool:
    """Tell whether the spy's colour is in what a widget paints."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colour = bytes((SPY.blue(), SPY.green(), SPY.red()))
    return colour + b"\xff" + colour in bytes(image.constBits())


def is_literal(text: str) -> bool:
    return QKeySequence.mnemonic(text).isEmpty() or "src=" not in text


def faults(where: str) -> list[str]:
    """Name everything on the screen that takes a client's words for more than words."""
    found = []
    for top in tops():
        if seen(top):
            found.append(f"{where}: {type(top).__name__} shows the picture")
        found += [
            f"{where}: a label guesses: {label.text()[:40]}"
            for label in top.findChildren(QLabel)
            if label.textFormat() is not Qt.TextFormat.PlainText and "<" in label.text()
        ]
        for widget in top.findChildren(QAbstractButton) + top.findChildren(QGroupBox):
            text = widget.title() if isinstance(widget, QGroupBox) else widget.text()
            if not is_literal(text):
                found.append(f"{where}: a shortcut comes of {text[:40]}")
        found += [
            f"{where}: a shortcut comes of {action.text()[:40]}"
            for action in top.findChildren(QAction)
            if not is_literal(action.text())
        ]
        found += [
            f"{where}: a shortcut comes of the tab {bar.tabText(at)[:40]}"
            for bar in top.findChildren(QTabBar)
            for at in range(bar.count())
            if not is_literal(bar.tabText(at))
        ]
        found += [
            f"{where}: a tooltip is markup: {one.toolTip()[:60]}"
            for one in (top, *top.findChildren(QWidget))
            if "src=" in one.toolTip() and not one.toolTip().startswith(tip("x")[:20])
        ]
    return found


def test_the_spy_sees_what_reads_markup(picture: Path, qtbot: QtBot) -> None:
    label = QLabel(hostile(picture))
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    assert seen(label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert not seen(label)
    assert not is_literal(hostile(picture))


def test_no_word_of_a_client_is_more_than_a_word(session: Session) -> None:
    window = session.window
    client = next(iter(session.book.figures.on(TODAY).clients))

    def explain() -> None:
        window.findChildren(Figure)[0].click()

    def search() -> None:
        window.box.ask()
        window.box.setText("img")

    def delete() -> None:
        session.book.clients.delete([client])
        window.commands["trash"].trigger()

    steps: dict[str, Callable[[], object]] = {
        **{f"page {at}": show for at, show in enumerate(session.every_page())},
        "explanation": explain,
        "log": partial(session.log, client),
        "review": partial(session.review, client),
        "stage": window.commands["client.stage"].trigger,
        "new client": window.commands["client.new"].trigger,
        "history": window.commands["history"].trigger,
        "search": search,
        "trash": delete,
        "undone": session.undo,
    }
    found = []
    for name, act in steps.items():
        act()
        settle(window)
        found += faults(name)
        for dialog in window.findChildren(QDialog):
            dialog.close()
    assert found == []
