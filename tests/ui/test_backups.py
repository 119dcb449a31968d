"""Backups in the window: kept while it is open, said in the status line, brought back, also for a damaged book."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.services.samples import demo_book
from ui.application import Rapport
from ui.dialogs.backups import BackupsDialog
from ui.messages import MessageDialog
from ui.widgets.buttons import Button

DAY = date(2026, 11, 22)


def opened(program: Rapport, qtbot: QtBot, path: Path) -> None:
    demo_book(path, DAY)
    program.begin(path)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)


def press(parent: BackupsDialog | MessageDialog, words: str) -> None:
    button = next(button for button in parent.findChildren(Button) if button.words == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def backups_dialog(program: Rapport) -> BackupsDialog:
    return program.window.findChildren(BackupsDialog)[-1]


def test_a_look_makes_what_is_due_and_the_status_line_says_so(program: Rapport, qtbot: QtBot, tmp_path: Path) -> None:
    opened(program, qtbot, tmp_path / "b.rapport")
    session = program.session
    assert session is not None
    session.keeper.look()
    qtbot.waitUntil(lambda: "43 clients" in program.window.status.backup.words, timeout=20_000)
    assert [backup.reason for backup in session.book.backups.every()] == ["regular"]
    assert program.paths.root in session.book.backups.folder.parents
    # Nothing has changed since, so a second look makes none.
    session.keeper.look()
    qtbot.waitUntil(lambda: not program.tasks.running, timeout=20_000)
    assert len(session.book.backups.every()) == 1


def test_a_backup_takes_the_books_place_and_what_stood_there_is_kept(
    program: Rapport, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(program, qtbot, tmp_path / "b.rapport")
    session = program.session
    assert session is not None
    with qtbot.waitSignal(session.keeper.made, timeout=20_000):
        session.keeper.make()
    session.book.clients.add(ClientDraft(name="Added later"))
    program.window.commands["book.backups"].trigger()
    dialog = backups_dialog(program)
    assert "−1 client" in dialog._told.text()
    press(dialog, "Put it in the book's place…")
    press(program.window.findChildren(MessageDialog)[-1], "Put it in its place")
    qtbot.waitUntil(lambda: program.session is not None and program.session is not session, timeout=20_000)
    again = program.session
    assert again is not None
    assert "Added later" not in {client.name for client in again.book.clients.every()}
    kept = again.book.backups.every()[0]
    assert kept.reason == "before-restore"
    assert kept.counts["client"] == 44


def test_a_backup_is_looked_into_and_never_written(program: Rapport, qtbot: QtBot, tmp_path: Path) -> None:
    opened(program, qtbot, tmp_path / "b.rapport")
    session = program.session
    assert session is not None
    with qtbot.waitSignal(session.keeper.made, timeout=20_000):
        session.keeper.make()
    (backup,) = session.book.backups.every()
    held = backup.path.read_bytes()
    program.window.commands["book.backups"].trigger()
    press(backups_dialog(program), "Look inside")
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == backup.path, timeout=20_000)
    assert program.session is not None
    assert not program.session.book.writable
    assert len(program.session.book.clients.every()) == 43
    assert "is a backup of b.rapport" in program.session.book.why_not_writable
    program.end()
    assert backup.path.read_bytes() == held
    assert program.settings.current.recent == (str(tmp_path / "b.rapport"),)


def test_a_backup_is_kept_for_ever_and_let_go(program: Rapport, qtbot: QtBot, tmp_path: Path) -> None:
    opened(program, qtbot, tmp_path / "b.rapport")
    session = program.session
    assert session is not None
    for _ in range(2):
        with qtbot.waitSignal(session.keeper.made, timeout=20_000):
            session.keeper.make()
    program.window.commands["book.backups"].trigger()
    dialog = backups_dialog(program)
    QTest.keyClick(dialog._table, Qt.Key.Key_Down)
    press(dialog, "Keep for ever")
    assert [backup.pinned for backup in session.book.backups.every()] == [False, True]
    press(dialog, "Do not keep for ever")
    assert [backup.pinned for backup in session.book.backups.every()] == [False, False]


def test_a_damaged_book_offers_its_backups(
    program: Rapport, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.rapport"
    opened(program, qtbot, path)
    session = program.session
    assert session is not None
    with qtbot.waitSignal(session.keeper.made, timeout=20_000):
        session.keeper.make()
    program.end()
    damaged = path.read_bytes()[:100_000]
    path.write_bytes(damaged)
    program.open(path)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(MessageDialog)), timeout=20_000)
    press(program.window.findChildren(MessageDialog)[-1], "Open a backup…")
    dialog = backups_dialog(program)
    target = tmp_path / "copy.rapport"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(dialog, "Open as a copy…")
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == target, timeout=20_000)
    assert program.session is not None
    assert len(program.session.book.clients.every()) == 43
    assert path.read_bytes() == damaged
