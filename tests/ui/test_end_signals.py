"""Ended by the system, the program closes its book as by its window."""

import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from app.domain.backups import SealState
from app.domain.clients import ClientDraft
from app.paths import Paths
from app.services.book import open_book
from app.services.samples import demo_book
from tests.ui.conftest import Start, wait_for_book


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_book(tmp_path: Path, number: signal.Signals, start: Start) -> None:
    path, paths = tmp_path / "b.rapport", Paths.of_person(tmp_path / "profile")
    demo_book(path, date(2026, 11, 20))
    changed = open_book(path, write=True, paths=paths)
    changed.clients.add(ClientDraft(name="Acme"))
    changed.close()
    window = start(path)
    wait_for_book(window, paths, path)
    window.send_signal(number)
    assert window.wait(timeout=60) == 0
    again = open_book(path, write=False, paths=paths)
    assert again.seal is SealState.KNOWN
    assert not again.left_open
    assert [backup.reason for backup in again.backups.every()] == ["close"]
    again.close()
