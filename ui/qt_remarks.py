"""What Qt remarks while it works goes to the log: whoever stands at the terminal can do nothing about it."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextmanager
def remarks_logged() -> Iterator[None]:
    """Log Qt's remarks; one after which it ends the program stands on standard error too."""
    before = qInstallMessageHandler(_log)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _log(kind: QtMsgType, _where: QMessageLogContext, remark: str) -> None:
    logging.getLogger("qt").log(_LEVELS[kind], "%s", remark)
    if kind is QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{remark}\n")
