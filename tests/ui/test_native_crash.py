"""A fault beneath Python: the next start tells of it, with a report that holds nothing of a person's (case 55)."""

import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from app.domain.firm import Firm
from app.paths import Paths
from app.services.book import new_book
from tests.ui.conftest import ROOT, Program, Start, wait_for_book
from ui.messages import MessageDialog
from ui.native_crash import NOTICE, NativeCrash, report_of, tell
from ui.widgets.banner import Banner


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_fault_beneath_python_is_noted_and_told_at_the_next_start(
    tmp_path: Path, program: Program, start: Start
) -> None:
    paths, book = Paths.of_person(tmp_path / "other"), tmp_path / "Secret client.rapport"
    new_book(book, Firm(name="Secret & Sons"))
    process = start(book, profile=paths.root)
    wait_for_book(process, paths, book)
    process.send_signal(signal.SIGSEGV)
    assert process.wait(30) == -signal.SIGSEGV
    assert paths.crash.stat().st_mode & 0o777 == 0o600
    noted = NativeCrash(paths.crash).left()
    report = report_of(noted, "0.1.0")
    assert "Segmentation fault" in report
    assert "ui/start.py:" in report
    assert "Secret" not in report
    assert str(ROOT) not in report
    program.window.show()
    tell(program, noted, "0.1.0")
    (bar,) = program.window.findChildren(Banner)
    assert "ended by a fault of its own" in bar.label.text()
    bar.button.click()
    (dialog,) = program.window.findChildren(MessageDialog)
    assert dialog.findChildren(QPlainTextEdit)[0].toPlainText() == report
    dialog.close()
    program.window.set_notice(NOTICE, "")


def test_a_run_that_ended_well_leaves_nothing_to_tell(tmp_path: Path, start: Start) -> None:
    paths, book = Paths.of_person(tmp_path / "other"), tmp_path / "firm.rapport"
    new_book(book, Firm(name="Hollis & Marsh"))
    process = start(book, profile=paths.root)
    wait_for_book(process, paths, book)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not paths.crash.exists()
    assert NativeCrash(paths.crash).left() == ""


def test_a_process_killed_is_no_fault_of_ours(tmp_path: Path, start: Start) -> None:
    paths, book = Paths.of_person(tmp_path / "other"), tmp_path / "firm.rapport"
    new_book(book, Firm(name="Hollis & Marsh"))
    process = start(book, profile=paths.root)
    wait_for_book(process, paths, book)
    process.kill()
    process.wait(30)
    assert NativeCrash(paths.crash).left() == ""
