"""Toasts: what was just done, at the bottom centre of the page, with Undo where there is one.

Usage: `toasts = Toasts(theme, icons, host)`; `toasts.show_words("Deleted 3 clients", action="Undo", run=self._undo)`.
The newest replaces the one before; it goes after eight seconds, never while the mouse or the keyboard is on it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.words.catalogue import tr
from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import body
from ui.widgets.layout import row
from ui.widgets.popover import SHADOW, Floating

STAYS_MS = 8_000


class Toast(Floating):
    """One message with what can be done about it: at most two things."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        host: QWidget,
        words: str,
        *,
        action: str,
        key: str,
        run: Callable[[], object] | None,
        other: tuple[str, Callable[[], object]] | None,
    ) -> None:
        super().__init__(theme, host)
        self._host = host
        self._run = run
        self._run_other = other[1] if other else None
        self.set_padding(14, 6)
        self.label = body(words, tone=Tone.PLAIN, wrap=True)
        needed = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 2
        self.label.setFixedWidth(min(needed, theme.px(SIZES.toast), host.width() // 2))
        self.action = Button(theme, action, key=key)
        if not action or run is None:
            self.action.hide()
        self.other = Button(theme, other[0] if other else "")
        if other is None:
            self.other.hide()
        dismiss = IconButton(theme, icons, Icon.CLOSE, tr("Dismiss"))
        self.action.clicked.connect(self._on_action)
        self.other.clicked.connect(self._on_other)
        dismiss.clicked.connect(self.dismiss)
        self.body.addLayout(row(self.label, self.action, self.other, dismiss, gap=12))
        self._timer = QTimer(self)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()
        self.setAccessibleName(words)
        self.place()

    def place(self) -> None:
        """Stand at the bottom centre of the host."""
        host = self._host
        self.adjustSize()
        self.resize(min(self.width(), host.width()), self.height())
        self.move((host.width() - self.width()) // 2, host.height() - self.height() + SHADOW - 16)

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _on_action(self) -> None:
        run = self._run
        self.dismiss()
        if run is not None:
            run()

    def _on_other(self) -> None:
        run = self._run_other
        self.dismiss()
        if run is not None:
            run()

    def _on_time(self) -> None:
        focused = QApplication.focusWidget()
        if not self.underMouse() and not (focused is not None and self.isAncestorOf(focused)):
            self.dismiss()


class Toasts(QObject):
    """Keeps one toast over a host widget."""

    def __init__(self, theme: Theme, icons: Icons, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._icons = icons
        self._host = host
        self._toast: Toast | None = None
        host.installEventFilter(self)

    @property
    def current(self) -> Toast | None:
        """The toast shown, if any."""
        return self._toast

    def show_words(
        self,
        words: str,
        *,
        action: str = "",
        key: str = "",
        run: Callable[[], object] | None = None,
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> Toast:
        """Show a message; `run` must be a bound method or function that lives as long as the host.

        `other` is a second thing to do: its word and what it does.
        """
        self.clear()
        toast = Toast(self._theme, self._icons, self._host, words, action=action, key=key, run=run, other=other)
        toast.destroyed.connect(self._on_gone)
        self._toast = toast
        toast.show()
        toast.raise_()
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(toast, QAccessible.Event.Alert))
        return toast

    def clear(self) -> None:
        """Take the present toast away."""
        if self._toast is not None:
            toast, self._toast = self._toast, None
            toast.destroyed.disconnect(self._on_gone)
            toast.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the host's size."""
        if watched is self._host and event.type() is QEvent.Type.Resize and self._toast is not None:
            self._toast.place()
        return False

    def _on_gone(self) -> None:
        self._toast = None
