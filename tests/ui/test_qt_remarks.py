"""Qt's remarks stand in the log, not on the terminal."""

import logging

import pytest
from PySide6.QtCore import qWarning

from ui.qt_remarks import remarks_logged


def test_a_remark_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with remarks_logged():
        qWarning("the plugin cannot do this")
    assert [(record.name, record.levelno, record.getMessage()) for record in caplog.records] == [
        ("qt", logging.WARNING, "the plugin cannot do this")
    ]
    assert capfd.readouterr() == ("", "")
