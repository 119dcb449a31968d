"""A fault beneath Python: the next start tells of it, with a report that holds nothing of a person's (case 55)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from app.domain.firm import Firm
from app.paths import Paths
from app.services.book import new_book
from tests.ui.conftest import Program
from ui.messages import MessageDialog
from ui.native_crash import NOTICE, NativeCrash, report_of, tell
from ui.widgets.banner import Banner

ROOT = Path(__file__).resolve().parents[2]


def started(folder: Path, book: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "main.py"), "--data-dir", str(folder), str(book)]
    return subprocess.Popen(command, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})


def when_open(paths: Paths, process: subprocess.Popen[bytes]) -> None:
    """Wait until the program has its book: then its seal says that it is open."""
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if paths.seals.exists() and any(b"open" in seal.read_bytes() for seal in paths.seals.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail("the book was not opened")


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_fault_beneath_python_is_noted_and_told_at_the_next_start(tmp_path: Path, program: Program) -> None:
    paths, book = Paths.of_person(tmp_path / "other"), tmp_path / "Secret client.rapport"
    new_book(book, Firm(name="Secret & Sons"))
    process = started(paths.root, book)
    when_open(paths, process)
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


def test_a_run_that_ended_well_leaves_nothing_to_tell(tmp_path: Path) -> None:
    paths, book = Paths.of_person(tmp_path / "other"), tmp_path / "firm.rapport"
    new_book(book, Firm(name="Hollis & Marsh"))
    process = started(paths.root, book)
    when_open(paths, process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not paths.crash.exists()
    assert NativeCrash(paths.crash).left() == ""


def test_a_process_killed_is_no_fault_of_ours(tmp_path: Path) -> None:
    paths, book = Paths.of_person(tmp_path / "other"), tmp_path / "firm.rapport"
    new_book(book, Firm(name="Hollis & Marsh"))
    process = started(paths.root, book)
    when_open(paths, process)
    process.kill()
    process.wait(30)
    assert NativeCrash(paths.crash).left() == ""
