"""What happens to the open book behind the window's back is noticed, said in a bar, and leaves a way out."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.errors import AppError, BookInUseError, MovedBookError, ReadOnlyBookError
from app.services.book import Book
from tests.disks import read_only, small_files
from tests.ui.conftest import Program
from ui.dialogs.log_contact import LogContactDialog
from ui.hands_free import LOOK_EVERY_MS
from ui.messages import MessageDialog
from ui.session import Session
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button


def acme(book: Book) -> None:
    book.clients.add(ClientDraft(name="Acme"))


def bars(session: Session) -> list[str]:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [bar.label.text() for bar in session.window.findChildren(Banner) if bar.isVisible()]


def test_a_book_deleted_under_the_window_is_saved_where_it_was_and_gone_on_with(
    program: Program, with_book: Callable[..., Session], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = with_book(acme)
    path = session.book.path
    path.unlink()
    session.watch.look()
    assert any("was moved, deleted or replaced" in words for words in bars(session))
    assert session.window.status.saved.text() == "Not saved"
    with pytest.raises(MovedBookError):
        session.book.clients.add(ClientDraft(name="Bexley"))
    assert not path.exists()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    (bar,) = [bar for bar in session.window.findChildren(Banner) if "was moved" in bar.label.text()]
    bar.button.click()
    qtbot.waitUntil(lambda: program.session is not None and program.session is not session, timeout=20_000)
    again = program.opened
    assert again.book.path == path
    again.book.clients.add(ClientDraft(name="Bexley"))
    assert [client.name for client in again.book.clients.every()] == ["Acme", "Bexley"]


def test_a_book_that_is_there_again_is_gone_on_with(with_book: Callable[..., Session], tmp_path: Path) -> None:
    session = with_book(acme)
    path = session.book.path
    away = path.rename(tmp_path / "away.rapport")
    session.watch.look()
    (bar,) = [bar for bar in session.window.findChildren(Banner) if "was moved" in bar.label.text()]
    session.watch.look()
    assert [bar for bar in session.window.findChildren(Banner) if "was moved" in bar.label.text()] == [bar]
    away.rename(path)
    session.watch.look()
    assert not any("was moved" in words for words in bars(session))
    session.book.clients.add(ClientDraft(name="Bexley"))
    assert session.window.status.saved.text().startswith("Saved ")


def test_rows_changed_by_another_program_are_shown_and_not_taken_back(
    program: Program, with_book: Callable[..., Session], qtbot: QtBot
) -> None:
    session = with_book(acme)
    session.book.clients.add(ClientDraft(name="Bexley"))
    with closing(sqlite3.connect(session.book.path)) as other:
        other.execute("UPDATE client SET name = 'Bexley Ltd' WHERE name = 'Bexley'")
        other.commit()
    session.watch.look()
    qtbot.waitUntil(lambda: session.window.toasts.current is not None, timeout=10_000)
    figures = session.book.figures.on(session.desk.day)
    assert sorted(entry.client.name for entry in figures.clients.values()) == ["Acme", "Bexley Ltd"]
    session.undo()
    qtbot.waitUntil(lambda: bool(program.errors), timeout=10_000)
    assert "something else has changed its rows" in str(program.errors.pop())
    assert [client.name for client in session.book.clients.every()] == ["Acme", "Bexley Ltd"]
    (dialog,) = session.window.findChildren(MessageDialog)
    (leave,) = [button for button in dialog.findChildren(Button) if button.words == "Leave it and go on"]
    leave.click()
    assert session.window.commands["undo"].text() == "Undo add client “Acme”"
    toast = session.window.toasts.current
    assert toast is not None
    assert toast.label.text() == "Left as it is. The next step back is: add client “Acme”"
    session.undo()
    qtbot.waitUntil(lambda: len(session.book.clients.every()) == 1, timeout=10_000)
    assert [client.name for client in session.book.clients.every()] == ["Bexley Ltd"]
    steps = session.book.history.steps()
    assert [(step.what, step.undone, step.left) for step in steps] == [
        ("add client “Bexley”", False, True),
        ("add client “Acme”", True, False),
    ]


def test_a_bar_stands_until_a_change_is_saved_again(with_book: Callable[..., Session]) -> None:
    session = with_book(acme)
    session.desk.messages.show(ReadOnlyBookError("b.rapport cannot be written here.", "Nothing was changed."))
    assert any("can no longer be written" in words for words in bars(session))
    session.book.clients.add(ClientDraft(name="Bexley"))
    assert not any("can no longer be written" in words for words in bars(session))
    assert session.window.status.saved.text().startswith("Saved ")


def test_backups_that_fail_call_for_somebody(with_book: Callable[..., Session], qtbot: QtBot) -> None:
    session = with_book(acme)
    lock = session.book.backups.folder / ".lock"
    lock.mkdir()
    session.book.clients.add(ClientDraft(name="Bexley"))
    for _ in range(2):
        session.keeper.look()
        qtbot.waitUntil(lambda: session.window.status.backup.words == "Backup failed", timeout=10_000)
        qtbot.waitUntil(lambda: not session.desk.tasks.running, timeout=10_000)
    (words,) = [words for words in bars(session) if "No backup can be made" in words]
    assert words.endswith("There is no good one yet.")
    lock.rmdir()
    (bar,) = [bar for bar in session.window.findChildren(Banner) if bar.label.text() == words]
    bar.button.click()
    qtbot.waitUntil(lambda: words not in bars(session), timeout=10_000)
    assert session.window.status.backup.words.endswith("checked, 2 clients")


def test_a_shrunken_book_asks_for_a_word(with_book: Callable[..., Session], qtbot: QtBot) -> None:
    session = with_book(lambda book: [book.clients.add(ClientDraft(name=f"Client {n}")) for n in range(5)])
    with qtbot.waitSignal(session.keeper.made, timeout=10_000):
        session.keeper.make()
    session.book.clients.delete([client.id for client in session.book.clients.every()][:4])
    with qtbot.waitSignal(session.keeper.made, timeout=10_000):
        session.keeper.make()
    qtbot.waitUntil(lambda: any("less than half" in words for words in bars(session)), timeout=10_000)
    (bar,) = [bar for bar in session.window.findChildren(Banner) if "less than half" in bar.label.text()]
    bar.button.click()
    qtbot.waitUntil(lambda: not any("less than half" in words for words in bars(session)), timeout=10_000)
    newest = session.book.backups.newest()
    assert newest is not None
    assert newest.confirmed


def test_a_folder_turned_read_only_is_read_on_and_written_again_when_it_can_be(
    program: Program, with_book: Callable[..., Session], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    session = with_book(acme, name="desk/Pemberton.rapport")
    session.log(1)
    form = QApplication.activeModalWidget()
    assert isinstance(form, LogContactDialog)
    typed = "<call half a thought"
    form.line.setText(typed)
    with read_only(folder):
        form.save.click()
        qtbot.waitUntil(lambda: bool(program.errors), timeout=10_000)
        assert form.isVisible()
        for message in session.window.findChildren(MessageDialog):
            message.reject()
        qtbot.wait(2 * LOOK_EVERY_MS)
        # Nothing is taken from under the hands of somebody who types.
        assert program.session is session
        form.reject()
        qtbot.waitUntil(lambda: program.session not in {None, session}, timeout=20_000)
        reading = program.opened
        assert not reading.desk.writable
        assert any(words.startswith("Open for reading only. ") for words in bars(reading))
        assert [client.name for client in reading.book.clients.every()] == ["Acme"]
    (bar,) = [bar for bar in program.window.findChildren(Banner) if "reading only" in bar.label.text()]
    (again,) = [button for button in bar.findChildren(Button) if button.text() == "Try again"]
    again.click()
    qtbot.waitUntil(lambda: program.session not in {None, reading}, timeout=20_000)
    writing = program.opened
    assert writing.desk.writable
    writing.log(1)
    form = QApplication.activeModalWidget()
    assert isinstance(form, LogContactDialog)
    assert form.line.text() == typed
    form.save.click()
    assert [contact.summary for contact in writing.book.contacts.every()] == ["half a thought"]


def test_a_lock_of_another_program_is_waited_for_with_a_word_and_named(
    with_book: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = with_book(acme)
    said: list[str] = []
    status = session.window.status
    kept = status.set_saved
    monkeypatch.setattr(status, "set_saved", lambda words, *tone: (said.append(words), kept(words, *tone)))
    with closing(sqlite3.connect(session.book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookInUseError) as refused:
            session.book.clients.add(ClientDraft(name="Bexley"))
    assert set(said) == {"Another program is using the book…"}
    session.desk.messages.show(refused.value)
    assert status.saved.text() == "Not saved"
    session.book.clients.add(ClientDraft(name="Bexley"))
    assert status.saved.text().startswith("Saved ")


def test_after_a_disk_error_the_book_is_checked_at_once_and_gone_on_with(
    with_book: Callable[..., Session], qtbot: QtBot
) -> None:
    session = with_book(acme)
    with small_files(session.book.path.stat().st_size), pytest.raises(AppError) as failed:
        session.book.clients.add(ClientDraft(name="Bexley", notes="x" * 2_000_000))
    session.desk.messages.show(failed.value)
    # Before the check, which a thread does, can be heard of.
    assert any("The disk failed while " in bar.label.text() for bar in session.window.findChildren(Banner))
    assert session.window.status.saved.text() == "Not saved"
    qtbot.waitUntil(lambda: not any("The disk " in words for words in bars(session)), timeout=10_000)
    assert not session.book.database.disk_doubted
    assert session.window.status.saved.text() == "All saved"
    session.book.clients.add(ClientDraft(name="Castellan"))
