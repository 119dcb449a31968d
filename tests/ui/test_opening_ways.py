"""Opening in the window: what is said of a book that cannot be opened or written, and that its buttons lead out."""

import os
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot

from app.domain.backups import Reason
from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.services.book import new_book, open_book
from ui.application import Rapport
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.new_book import NewBookDialog
from ui.messages import MessageDialog
from ui.pages.settings import SettingsPage
from ui.session import Session
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

LONG = 20_000


@pytest.fixture
def path(program: Rapport, tmp_path: Path) -> Path:
    """A closed book with three clients, and a backup from before the third."""
    path = tmp_path / "desk" / "firm.rapport"
    path.parent.mkdir()
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    book = open_book(path, write=True, paths=program.paths)
    book.clients.add(ClientDraft(name="Acme"))
    book.clients.add(ClientDraft(name="Bexley"))
    book.backups.make(Reason.ASKED)
    book.clients.add(ClientDraft(name="Castellan"))
    book.close()
    return path


def opened(program: Rapport, qtbot: QtBot, path: Path) -> Session:
    """Open a book and wait for it."""
    before = program.session
    program.window.show()
    program.open(path)
    qtbot.waitUntil(lambda: program.session is not None and program.session is not before, timeout=LONG)
    assert program.session is not None
    return program.session


def refused(program: Rapport, qtbot: QtBot, path: Path) -> MessageDialog:
    """Open a book and wait for what is said instead."""
    program.window.show()
    program.open(path)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(MessageDialog)), timeout=LONG)
    return program.window.findChildren(MessageDialog)[-1]


def words(parent: MessageDialog | Banner) -> list[str]:
    """The words on the buttons, the best last."""
    return [button.words for button in parent.findChildren(Button) if button.words]


def press(parent: MessageDialog | Banner | BackupsDialog, word: str) -> None:
    button = next(button for button in parent.findChildren(Button) if button.words == word)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def bars(program: Rapport) -> list[Banner]:
    return [bar for bar in program.window.findChildren(Banner) if bar.isVisibleTo(program.window)]


def the_bar(program: Rapport, qtbot: QtBot) -> Banner:
    """Wait for the one bar over the pages."""
    qtbot.waitUntil(lambda: len(bars(program)) == 1, timeout=LONG)
    return bars(program)[0]


def choose(monkeypatch: pytest.MonkeyPatch, kind: str, target: Path) -> None:
    monkeypatch.setattr(QFileDialog, f"get{kind}FileName", lambda *_: (str(target), ""))


def names(session: Session) -> list[str]:
    return [client.name for client in session.book.clients.every()]


# -- not opened ----------------------------------------------------------------------------------------


def test_a_missing_book_is_found_restored_or_begun(
    program: Rapport, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = path.rename(path.with_name("moved.rapport"))
    dialog = refused(program, qtbot, path)
    assert words(dialog) == ["Close", "Start a new book…", "Open a backup…", "Find the book…"]
    choose(monkeypatch, "Open", moved)
    press(dialog, "Find the book…")
    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert not path.exists()


def test_a_missing_book_without_a_backup_offers_none(program: Rapport, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = refused(program, qtbot, tmp_path / "gone.rapport")
    assert words(dialog) == ["Close", "Start a new book…", "Find the book…"]
    press(dialog, "Start a new book…")
    assert program.window.findChildren(NewBookDialog)


def test_an_empty_file_leads_to_its_backups(program: Rapport, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(b"")
    press(refused(program, qtbot, path), "Open a backup…")
    dialog = program.window.findChildren(BackupsDialog)[-1]
    press(dialog, "Put it in the book's place…")
    press(program.window.findChildren(MessageDialog)[-1], "Put it in its place")
    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert program.session is not None
    assert names(program.session) == ["Acme", "Bexley"]
    assert path.with_name("firm.damaged-1.rapport").read_bytes() == b""


def test_a_list_is_brought_in(program: Rapport, path: Path, qtbot: QtBot) -> None:
    opened(program, qtbot, path)
    file = path.with_name("clients.rapport")
    file.write_text("client,code\nDelta Foods,D1\n", "utf-8")
    dialog = refused(program, qtbot, file)
    assert words(dialog) == ["Close", "Find the book…", "Bring it in as a list…"]
    press(dialog, "Bring it in as a list…")
    qtbot.waitUntil(lambda: program.window.current == "bring", timeout=LONG)


@pytest.mark.parametrize("how", ["truncated", "orphan"])
def test_a_damaged_book_is_rescued_into_a_new_one(
    program: Rapport, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "truncated":
        os.truncate(path, path.stat().st_size - 4096)
    else:
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("INSERT INTO client_tag (client_id, tag) VALUES (99, 'x')")
    damaged = path.read_bytes()
    dialog = refused(program, qtbot, path)
    # An orphan's best way out is the rescue, which keeps it.
    best = ["Rescue what is readable…", "Open a backup…"]
    assert words(dialog) == ["Close", *(best if how == "truncated" else reversed(best))]
    target = path.with_name("firm rescued.rapport")
    choose(monkeypatch, "Save", target)
    press(dialog, "Rescue what is readable…")
    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert program.session is not None
    assert program.session.book.path == target
    assert names(program.session)[:3] == ["Acme", "Bexley", "Castellan"]
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QPlainTextEdit)), timeout=LONG)
    assert bars(program) == []
    report = program.window.findChildren(QPlainTextEdit)[-1].toPlainText()
    assert "clients (2)" in report
    assert path.read_bytes() == damaged


# -- opened for reading only ---------------------------------------------------------------------------


def put_in_place(program: Rapport, qtbot: QtBot, row: int, before: Session | None) -> Session:
    """In the list of backups that is open put one in the book's place; gives what is open then."""
    (dialog,) = [dialog for dialog in program.window.findChildren(BackupsDialog) if dialog.isVisible()]
    (table,) = dialog.findChildren(QTableView)
    table.setCurrentIndex(table.model().index(row, 0))
    press(dialog, "Put it in the book's place…")
    qtbot.waitUntil(lambda: bool(asked(program)), timeout=LONG)
    press(asked(program)[0], "Put it in its place")
    qtbot.waitUntil(lambda: program.session is not None and program.session is not before, timeout=LONG)
    assert program.session is not None
    return program.session


def asked(program: Rapport) -> list[MessageDialog]:
    dialogs = program.window.findChildren(MessageDialog)
    return [dialog for dialog in dialogs if "Put it in its place" in words(dialog)]


def toast(program: Rapport) -> str:
    shown = program.window.toasts.current
    return "" if shown is None else shown.accessibleName()


def test_a_damaged_book_is_replaced_by_its_backup_and_kept(program: Rapport, path: Path, qtbot: QtBot) -> None:
    os.truncate(path, 60_000)
    journal = path.with_name(f"{path.name}-wal")
    journal.write_bytes(b"not much")
    broken = path.read_bytes()
    dialog = refused(program, qtbot, path)
    press(dialog, "Open a backup…")
    session = put_in_place(program, qtbot, 0, None)
    assert names(session) == ["Acme", "Bexley"]
    assert session.desk.writable
    aside = path.with_name("firm.damaged-1.rapport")
    assert aside.read_bytes() == broken
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"not much"
    assert not journal.exists()
    assert toast(program).startswith(
        "The backup stands in the book's place. The damaged file is kept as firm.damaged-1.rapport."
    )


def test_a_book_is_replaced_by_a_backup_and_that_is_taken_back(program: Rapport, path: Path, qtbot: QtBot) -> None:
    session = opened(program, qtbot, path)
    program.window.status.backup_wanted.emit()
    older = len(session.book.backups.every()) - 1
    replaced = put_in_place(program, qtbot, older, session)
    assert names(replaced) == ["Acme", "Bexley"]
    assert "What stood there is its newest backup." in toast(program)
    program.window.status.backup_wanted.emit()
    again = put_in_place(program, qtbot, 0, replaced)
    assert names(again) == ["Acme", "Bexley", "Castellan"]


def test_a_backup_that_is_refused_leaves_the_book_open(program: Rapport, path: Path, qtbot: QtBot) -> None:
    session = opened(program, qtbot, path)
    backup = session.book.backups.every()[-1]
    whole = bytearray(backup.path.read_bytes())
    whole[-100] ^= 1
    backup.path.write_bytes(whole)
    program.window.status.backup_wanted.emit()
    again = put_in_place(program, qtbot, len(session.book.backups.every()) - 1, session)
    assert names(again) == ["Acme", "Bexley", "Castellan"]
    qtbot.waitUntil(
        lambda: any(
            "is damaged" in label.text()
            for dialog in program.window.findChildren(MessageDialog)
            for label in dialog.findChildren(QLabel)
        ),
        timeout=LONG,
    )


def test_a_newer_book_is_read_and_copied(
    program: Rapport, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write(struct.pack(">i", 99))
    before = path.read_bytes()
    opened(program, qtbot, path)
    bar = the_bar(program, qtbot)
    assert "newer Rapport" in bar.label.text()
    assert words(bar) == ["Save a copy…"]
    target = path.with_name("copy.rapport")
    choose(monkeypatch, "Save", target)
    press(bar, "Save a copy…")
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == target, timeout=LONG)
    assert path.read_bytes() == before


def _garbage(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"garbage" * 999)


def _trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TRIGGER evil AFTER INSERT ON client BEGIN DELETE FROM fee; END")


@pytest.mark.parametrize("spoil", [_garbage, _trigger])
def test_what_hangs_on_or_does_not_belong_is_left_behind_by_rebuilding(
    program: Rapport, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    spoil(path)
    before = path.read_bytes()
    assert not opened(program, qtbot, path).book.writable
    bar = the_bar(program, qtbot)
    target = path.with_name("rebuilt.rapport")
    choose(monkeypatch, "Save", target)
    press(bar, "Rebuild into a new book…")
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == target, timeout=LONG)
    assert program.session is not None
    assert program.session.book.writable
    assert names(program.session) == ["Acme", "Bexley", "Castellan"]
    assert program.session.book.history.next_steps()[0] is not None
    assert path.read_bytes() == before


def test_a_backup_is_looked_at_and_restored_as_a_copy(
    program: Rapport, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backup,) = program.paths.every_backups.rglob("*.rapport")
    session = opened(program, qtbot, backup)
    assert not session.book.writable
    assert names(session) == ["Acme", "Bexley"]
    assert program.settings.current.recent == ()
    bar = the_bar(program, qtbot)
    assert "is a backup of firm.rapport" in bar.label.text()
    target = path.with_name("restored.rapport")
    offered: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: (offered.append(words[2]), (str(target), ""))[1])
    press(bar, "Restore as a copy…")
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == target, timeout=LONG)
    assert program.session is not None
    assert program.session.book.writable
    # Beside the book it was made of, not among the backups.
    assert [Path(place).parent for place in offered] == [path.parent]


def test_from_a_backup_looked_into_a_button_leads_back(program: Rapport, path: Path, qtbot: QtBot) -> None:
    session = opened(program, qtbot, path)
    (backup,) = program.paths.every_backups.rglob("*.rapport")
    looked_into = opened(program, qtbot, backup)
    assert looked_into is not session
    press(the_bar(program, qtbot), "Back to firm")
    qtbot.waitUntil(lambda: program.session is not None and program.session.book.path == path, timeout=LONG)
    assert program.session is not None
    assert program.session.book.writable


def test_a_share_is_read_until_a_person_insists(program: Rapport, path: Path, qtbot: QtBot) -> None:
    share = path.parent / "gvfs" / "smb-share:server=nas,share=firm"
    share.mkdir(parents=True)
    session = opened(program, qtbot, path.rename(share / path.name))
    assert not session.book.writable
    bar = the_bar(program, qtbot)
    assert set(words(bar)) == {"Write it here all the same", "Save a copy…"}
    press(bar, "Write it here all the same")
    qtbot.waitUntil(lambda: program.session is not None and program.session is not session, timeout=LONG)
    assert program.session is not None
    assert program.session.book.writable
    bar = the_bar(program, qtbot)
    assert "one computer at a time" in bar.label.text()
    insisted = program.session
    page = program.window.show_page("settings")
    assert isinstance(page, SettingsPage)
    next(button for button in page.findChildren(Button) if button.words == "Only read books on this share").click()
    qtbot.waitUntil(lambda: program.session is not None and program.session is not insisted, timeout=LONG)
    assert program.session is not None
    assert not program.session.book.writable
    assert program.settings.current.places_trusted == ()


def test_a_book_held_elsewhere_is_tried_again(
    program: Rapport, path: Path, qtbot: QtBot, held: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    holder = held(path)
    session = opened(program, qtbot, path)
    bar = the_bar(program, qtbot)
    assert set(words(bar)) == {"Try again", "Save a copy…"}
    holder.communicate("\n", timeout=20)
    press(bar, "Try again")
    qtbot.waitUntil(lambda: program.session is not None and program.session is not session, timeout=LONG)
    assert program.session is not None
    assert program.session.book.writable


# -- opened, with a word -------------------------------------------------------------------------------


def test_a_book_changed_outside_is_compared_with_its_backup(program: Rapport, path: Path, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE client SET name = 'Quietly' WHERE id = 1")
    opened(program, qtbot, path)
    bar = the_bar(program, qtbot)
    assert "not as Rapport last left it" in bar.label.text()
    press(bar, "Compare with the last backup…")
    dialog = program.window.findChildren(BackupsDialog)[-1]
    assert "−1 client" in dialog._told.text()
    press(bar, "Close")
    qtbot.waitUntil(lambda: bars(program) == [], timeout=LONG)


def test_a_cloud_folder_is_explained_once_and_its_conflicts_are_named(
    program: Rapport, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(path.parent))
    shutil.copy(path, path.with_name("firm (conflicted copy 2026-11-01).rapport"))
    book = open_book(path, write=True, paths=program.paths)
    book.clients.add(ClientDraft(name="Delta"))
    book.close()
    opened(program, qtbot, path)
    qtbot.waitUntil(lambda: len(bars(program)) == 2, timeout=LONG)
    said = " ".join(bar.label.text() for bar in bars(program))
    assert "a folder that OneDrive copies" in said
    assert "firm (conflicted copy 2026-11-01).rapport" in said
    conflicted = next(bar for bar in bars(program) if "(conflicted copy" in bar.label.text())
    press(conflicted, "Compare them…")
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QPlainTextEdit)), timeout=LONG)
    report = program.window.findChildren(QPlainTextEdit)[-1].toPlainText()
    assert "Against the book now: −1 client." in report
    assert "Its last step: add client “Castellan”" in report
    program._close_book()
    path.with_name("firm (conflicted copy 2026-11-01).rapport").unlink()
    program._new_window()
    opened(program, qtbot, path)
    qtbot.wait(100)
    assert bars(program) == []
