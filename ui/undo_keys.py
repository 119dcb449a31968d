"""Ctrl+Z in a line that has nothing of its own to take back is the book's.

Qt gives every line the keys of undo as long as it has the keyboard, also an empty one or one where nothing was typed;
the last step in the book could then not be taken back from the very line it was typed in.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class UndoKeys(QObject):
    """Watches the line that has the keyboard, in one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys of undo to the window where the line is empty, or shows what nobody has typed into."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        untouched = isinstance(watched, QLineEdit) and not (
            watched.text() and (watched.isUndoAvailable() or watched.isRedoAvailable())
        )
        if not untouched or not any(event.matches(key) for key in _KEYS):
            return False
        event.ignore()
        return True

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QLineEdit) and new.window() is self._window:
            new.removeEventFilter(self)
            new.installEventFilter(self)
