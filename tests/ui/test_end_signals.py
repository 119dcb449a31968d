"""Ended by the system, the program closes its book as by its window."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from app.domain.backups import SealState
from app.domain.clients import ClientDraft
from app.paths import Paths
from app.services.book import open_book
from app.services.samples import demo_book

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_book(tmp_path: Path, number: signal.Signals) -> None:
    path, profile = tmp_path / "b.rapport", tmp_path / "profile"
    demo_book(path, date(2026, 11, 20))
    paths = Paths.of_person(profile)
    changed = open_book(path, write=True, paths=paths)
    changed.clients.add(ClientDraft(name="Acme"))
    changed.close()
    command = [sys.executable, "main.py", "--data-dir", profile, path]
    window = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    # The recent book is noted once it is shown.
    while not (paths.settings.exists() and path.name in paths.settings.read_text("utf-8")):
        assert window.poll() is None
        time.sleep(0.02)
    window.send_signal(number)
    assert window.wait(timeout=60) == 0
    again = open_book(path, write=False, paths=paths)
    assert again.seal is SealState.KNOWN
    assert not again.left_open
    assert [backup.reason for backup in again.backups.every()] == ["close"]
    again.close()
