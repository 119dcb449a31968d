"""A disk that is full when a form is saved: the form stays with its text, the sentence says why, the next try works."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clients import ClientDraft
from app.domain.firm import Firm
from app.domain.people import PersonDraft
from app.domain.plans import PlanDraft
from app.drafts import Drafts
from app.errors import AppError, FullDiskError
from app.services.book import Book, new_book, open_book
from ui.contact_log import ContactLog
from ui.desk import Desk
from ui.dialogs.person import PersonDialog
from ui.editing import Editing
from ui.messages import MessageDialog
from ui.pages.client.plan import PlanTab
from ui.pages.clients.forms import ClientForms

SIZE = 2_000_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    tool = shutil.which("mount")
    if os.name != "posix" or os.geteuid() != 0 or tool is None:
        pytest.skip("NO DISK WAS FILLED: a disk can only be mounted as root")
    done = subprocess.run([tool, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("NO DISK WAS FILLED: this system mounts none")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def small(disk: Path) -> Iterator[Book]:
    """Keep a book on that disk."""
    path = disk / "book.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP"))
    opened = open_book(path, write=True)
    opened.clients.add(ClientDraft(name="Acme"))
    yield opened
    opened.close()


@pytest.fixture
def fill(disk: Path) -> Callable[[], Path]:
    """Leave no byte free."""

    def filled() -> Path:
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (65_536, 4_096, 1):
                try:
                    while file.write(b"\0" * size):
                        pass
                except OSError:
                    continue
        assert shutil.disk_usage(disk).free == 0
        return filler

    return filled


@pytest.fixture
def said(desk: Desk) -> list[BaseException]:
    """Collect the errors said over the window."""
    errors: list[BaseException] = []
    desk.messages.shown.connect(errors.append)
    return errors


def test_a_records_form_waits_for_space(
    desk: Desk, small: Book, disk: Path, fill: Callable[[], Path], room: QWidget, said: list[BaseException]
) -> None:
    room.show()
    drafts = Drafts(disk / "drafts")
    editing = Editing(replace(desk, drafts=drafts), small.history, room)
    acme = small.clients.every()[0].id
    form = PersonDialog(desk, PersonDraft(client_id=acme, name=""), new=True, parent=room)
    editing.open(form, small.people.add)
    QTest.keyClicks(form.name.line, "Jo Lund")
    QTest.keyClicks(form.notes.area, "two hours of notes " * 40)
    filler = fill()
    form.go.click()
    (error,) = said
    assert isinstance(error, AppError)
    assert error.sentence == "The disk that holds book.rapport is full."
    assert "Make room and try again" in error.mend
    assert form.isVisible()
    assert form.name.value() == "Jo Lund"
    assert small.people.every() == []
    assert not drafts.keep("anything", {"line": "x" * 5000})
    filler.unlink()
    form.go.click()
    assert len(said) == 1
    assert [(person.name, len(person.notes)) for person in small.people.every()] == [("Jo Lund", 759)]
    assert small.problems() == []
    assert drafts.get(f"person of {acme}") is None


def test_the_log_form_waits_for_space(
    desk: Desk, small: Book, fill: Callable[[], Path], room: QWidget, said: list[BaseException]
) -> None:
    room.show()
    log = ContactLog(
        desk, room, clients=small.clients, people=small.people, contacts=small.contacts, history=small.history
    )
    log.open()
    form = log.dialog
    assert form is not None
    QTest.keyClicks(form.line, "acme <call liked the draft")
    filler = fill()
    form.save.click()
    assert [type(error) for error in said] == [FullDiskError]
    assert form.isVisible()
    assert form.line.text() == "acme <call liked the draft"
    filler.unlink()
    form.save.click()
    assert log.dialog is None
    assert [(contact.summary, contact.on) for contact in small.contacts.every()] == [("liked the draft", date.today())]


def test_the_form_of_a_client_waits_for_space(
    desk: Desk, small: Book, fill: Callable[[], Path], room: QWidget, said: list[BaseException]
) -> None:
    room.show()
    forms = ClientForms(desk, small.clients, small.history, room)
    forms.new()
    form = forms.dialog
    assert form is not None
    QTest.keyClicks(form.name.line, "Bexley")
    filler = fill()
    form.go.click()
    assert [type(error) for error in said] == [FullDiskError]
    assert form.isVisible()
    assert form.name.value() == "Bexley"
    # The sentence stands over the form: beneath it, nobody could read or close it.
    message = QApplication.activeModalWidget()
    assert isinstance(message, MessageDialog)
    assert message.parentWidget() is form
    form.go.click()
    again = QApplication.activeModalWidget()
    assert isinstance(again, MessageDialog)
    assert again.parentWidget() is form
    again.close()
    filler.unlink()
    form.go.click()
    assert forms.dialog is None
    assert [client.name for client in small.clients.every()] == ["Acme", "Bexley"]


def test_a_line_that_adds_to_a_plan_waits_for_space(
    desk: Desk, small: Book, fill: Callable[[], Path], room: QWidget, qtbot: QtBot
) -> None:
    acme = small.clients.every()[0].id
    plan = small.plans.add(
        PlanDraft(client_id=acme, title="Plan", starts=desk.day, ends=desk.day + timedelta(days=300), risks="Late")
    )
    tab = PlanTab(desk, small)
    tab.setParent(room)
    room.show()
    tab.show()
    tab.show_client(acme)
    goal = tab.goals.goals.add_line.line
    QTest.keyClicks(goal, "A full house " * 400)
    filler = fill()
    with qtbot.captureExceptions() as refused:
        tab.goals.goals.added.emit(goal.text())
        tab.side.risks.lines.renamed.emit(0, "Late again " * 400)
    # The window's hook says it.
    assert [str(error).partition(".")[0] for _, error, _ in refused] == ["The disk that holds book"] * 2
    assert goal.text().startswith("A full house")
    assert tab.side.risks.add_line.line.text().startswith("Late again")
    filler.unlink()
    tab.goals.goals.added.emit(goal.text())
    assert small.plans.get(plan).goals.startswith("A full house")
    assert goal.text() == ""


def test_undo_and_the_trash_wait_for_space(small: Book, fill: Callable[[], Path]) -> None:
    acme = small.clients.every()[0].id
    small.clients.delete([acme])
    filler = fill()
    (entry,) = small.trash.entries()
    with pytest.raises(AppError, match="is full"):
        small.trash.bring_back(entry.step_id)
    with pytest.raises(AppError, match="is full"):
        small.history.undo()
    assert small.clients.every() == []
    filler.unlink()
    small.trash.bring_back(entry.step_id)
    assert [client.id for client in small.clients.every()] == [acme]
    small.history.undo()
    small.history.undo()
    assert [client.id for client in small.clients.every()] == [acme]
