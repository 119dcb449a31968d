"""With the largest print in a small window nothing but a table has to be scrolled sideways."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app.services.samples import demo_book
from tests.ui.conftest import Program
from ui.frame.navigation import LOG_WORDS, NavigationItem
from ui.session import Session

LARGEST, USUAL = 200, 100
DAY = date(2026, 11, 20)
TABS = ("dialogue", "plan", "feedback", "money", "people")


@pytest.fixture
def session(program: Program, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """The sample book in a window of 1280 x 800, printed as large as can be."""
    path = tmp_path / "sample.rapport"
    demo_book(path, DAY)
    program.theme.set_text_size(LARGEST)
    program.window.resize(1280, 800)
    program.window.show()
    program.open(path)
    qtbot.waitUntil(lambda: program.session is not None and bool(program.window.current))
    yield program.opened
    program.theme.set_text_size(USUAL)


def cut_off(program: Program) -> list[str]:
    """Name the pages and columns in sight that are wider than their room, once everything has found its place."""
    for _ in range(3):
        QApplication.processEvents()
    return [
        f"{type(area).__name__}: {area.widget().width()} in {area.viewport().width()}"
        for area in program.window.findChildren(QScrollArea)
        if area.isVisible() and area.widget() is not None and area.widget().width() > area.viewport().width()
    ]


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("page", ["today", "clients", "portfolio", "settings"])
def test_a_page_is_as_wide_as_the_window(page: str, program: Program) -> None:
    program.window.show_page(page)
    assert not cut_off(program)


@pytest.mark.parametrize("tab", TABS)
def test_a_clients_page_is_as_wide_as_the_window(tab: str, program: Program, session: Session) -> None:
    figures = session.book.figures.on(DAY)
    wordy = max(figures.clients, key=lambda key: figures.clients[key].fees.n)
    session.show_client(wordy, tab)
    assert not cut_off(program)


@pytest.mark.usefixtures("session")
def test_the_navigation_folds_and_tells_in_tooltips_what_it_said(program: Program) -> None:
    navigation = program.window.navigation
    folded = navigation.width()
    items = [*navigation.findChildren(NavigationItem), navigation.log]
    assert all(item.toolTip() for item in items)
    assert navigation.log.accessibleName() == LOG_WORDS
    program.theme.set_text_size(USUAL)
    assert navigation.width() > folded
    assert not any(item.toolTip() for item in items)
    assert navigation.log.words in LOG_WORDS
