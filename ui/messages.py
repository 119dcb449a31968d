"""What the window says when something is in the way: always literal text, never blocking where it need not.

Usage: `messages = Messages(theme, window, version)`; `messages.show(error)` takes any exception: an `AppError` says
what happened and what to do now, an `InvalidInputError` lists what is wrong (a form shows it beside the field instead),
all else is a bug and brings a report to copy. `messages.ask(...)` is for acts that undo cannot take back, and only for
those.
`Hook(messages).install()` sends uncaught exceptions here and keeps the program up.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.checking import InvalidInputError
from app.errors import AppError, CancelledError
from app.words.catalogue import tr
from ui.crash_report import crash_report
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import body, name, quiet
from ui.widgets.layout import row

log = logging.getLogger(__name__)


class MessageDialog(QDialog):
    """A sentence, what to do about it, and buttons with verbs."""

    def __init__(self, theme: Theme, parent: QWidget | None, sentence: str, detail: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rapport")
        self.setMinimumWidth(theme.px(420))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 16)
        self._layout.setSpacing(SIZES.gap)
        head = name(sentence)
        head.setWordWrap(True)
        self._layout.addWidget(head)
        if detail:
            self._layout.addWidget(body(detail, wrap=True, selectable=True))

    def add_report(self, report: str, below: str) -> None:
        """Add a text to read and copy, and a word on it."""
        area = QPlainTextEdit(report)
        area.setReadOnly(True)
        area.setAccessibleName(tr("Report"))
        area.setMinimumHeight(self._theme.px(160))
        self._layout.addWidget(area)
        self._layout.addWidget(quiet(below, wrap=True))

    def add_buttons(self, *buttons: Button) -> None:
        """Add the buttons at the right; the last one is what one came to do."""
        for button in buttons:
            # A button whose word is cut off is no way out: the dialog is rather wider.
            button.setMinimumWidth(button.sizeHint().width())
        self._layout.addSpacing(SIZES.gap)
        self._layout.addLayout(row(None, *buttons))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as the buttons need, and as tall as the sentences are then; fonts are known only now."""
        super().showEvent(event)
        width = max(self.width(), self._layout.totalMinimumSize().width())
        self.resize(width, max(self.height(), self._layout.totalHeightForWidth(width)))


class Messages(QObject):
    """Shows errors over one window; `shown` gives each error that was said."""

    shown = Signal(object)

    def __init__(self, theme: Theme, window: QWidget | None, version: str) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._version = version
        self._report = ""
        self._open: MessageDialog | None = None

    def show(self, error: BaseException) -> MessageDialog | None:
        """Show any error in the way that suits its kind; a cancelled act says nothing."""
        match error:
            case CancelledError():
                return None
            case AppError():
                dialog = self.tell(error.sentence, error.mend)
            case InvalidInputError():
                dialog = self.tell(
                    tr("This cannot be taken as it is."), "\n".join(p.sentence() for p in error.problems)
                )
            case _:
                dialog = self.show_bug(error)
        self.shown.emit(error)
        return dialog

    def show_failure(self, error: Exception) -> None:
        """Show the error of a task."""
        self.show(error)

    def guard(self, act: Callable[[], object]) -> None:
        """Do something for a person; what is in the way is said, a bug goes to the hook."""
        try:
            act()
        except (AppError, InvalidInputError) as error:
            self.show(error)

    def tell(self, sentence: str, detail: str = "") -> MessageDialog:
        """Say something that needs no answer."""
        dialog = MessageDialog(self._theme, self._over(), sentence, detail)
        close = Button(self._theme, tr("Close"), kind=ButtonKind.PRIMARY, large=True)
        close.clicked.connect(dialog.close)
        dialog.add_buttons(close)
        return self._present(dialog)

    def show_bug(self, error: BaseException) -> MessageDialog:
        """Own up to a fault of the program, with a report to copy."""
        self._report = crash_report(error, self._version)
        dialog = MessageDialog(
            self._theme,
            self._over(),
            tr("Something went wrong inside Rapport."),
            tr("What was saved before is safe; the last step may not have been done. You can go on working."),
        )
        dialog.add_report(self._report, tr("Nothing was sent anywhere. The report holds no client's data."))
        copy = Button(self._theme, tr("Copy report"), large=True)
        close = Button(self._theme, tr("Close"), kind=ButtonKind.PRIMARY, large=True)
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(dialog.close)
        dialog.add_buttons(copy, close)
        return self._present(dialog)

    def offer(self, error: AppError, ways: Sequence[tuple[str, Callable[[], object]]], more: str = "") -> MessageDialog:
        """Say what is in the way, with a button for each way out of it, the best first."""
        detail = f"{error.mend} {more}".strip()
        dialog = MessageDialog(self._theme, self._over(), error.sentence, detail)
        close = Button(self._theme, tr("Close"), large=True)
        close.clicked.connect(dialog.close)
        buttons = [close]
        for words, go in reversed(ways):
            best = len(buttons) == len(ways)
            button = Button(self._theme, words, kind=ButtonKind.PRIMARY if best else ButtonKind.PLAIN, large=True)
            button.clicked.connect(dialog.close)
            button.clicked.connect(go)
            buttons.append(button)
        dialog.add_buttons(*buttons)
        buttons[-1].setDefault(True)
        buttons[-1].setFocus()
        self._present(dialog)
        self.shown.emit(error)
        return dialog

    def report(self, sentence: str, detail: str, report: str, below: str) -> MessageDialog:
        """Tell what came of something, with a list to read and copy."""
        self._report = report
        dialog = MessageDialog(self._theme, self._over(), sentence, detail)
        dialog.add_report(report, below)
        copy = Button(self._theme, tr("Copy the list"), large=True)
        close = Button(self._theme, tr("Close"), kind=ButtonKind.PRIMARY, large=True)
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(dialog.close)
        dialog.add_buttons(copy, close)
        return self._present(dialog)

    def ask(self, sentence: str, detail: str, verb: str, agreed: Callable[[], object]) -> MessageDialog:
        """Ask before an act that cannot be undone; the button says the verb, Cancel has the keyboard."""
        dialog = MessageDialog(self._theme, self._over(), sentence, detail)
        cancel = Button(self._theme, tr("Cancel"), large=True)
        act = Button(self._theme, verb, kind=ButtonKind.DANGER, large=True)
        cancel.clicked.connect(dialog.reject)
        act.clicked.connect(dialog.accept)
        dialog.accepted.connect(agreed)
        dialog.add_buttons(act, cancel)
        cancel.setDefault(True)
        cancel.setFocus()
        dialog.open()
        return dialog

    def _present(self, dialog: MessageDialog) -> MessageDialog:
        # One message at a time: a fault that repeats must not bury the window in dialogs.
        if self._open is not None and shiboken6.isValid(self._open):
            self._open.close()
        self._open = dialog
        dialog.finished.connect(self._on_closed)
        if dialog.parent() is self._window:
            dialog.show()
        else:
            dialog.open()
        return dialog

    def _over(self) -> QWidget | None:
        # Beneath a form it would be neither seen nor closed.
        modal = QApplication.activeModalWidget()
        if modal is not None and modal is self._open:
            return self._open.parentWidget()
        return modal or self._window

    def _on_closed(self) -> None:
        self._open = None

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


class Hook:
    """Catches what nobody caught: logs it, shows it, and leaves the program running."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._before = sys.excepthook

    def install(self) -> None:
        """Take over from the interpreter."""
        sys.excepthook = self

    def remove(self) -> None:
        """Give back to the interpreter."""
        sys.excepthook = self._before

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Handle one uncaught exception."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        if not isinstance(error, AppError | InvalidInputError | CancelledError):
            log.error("uncaught", exc_info=(kind, error, trace))
        self._messages.show(error)
