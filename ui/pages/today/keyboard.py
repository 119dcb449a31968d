"""Where the keyboard is in a window, also while a dialog is over it."""

from PySide6.QtWidgets import QWidget


def focused_under(widget: QWidget) -> QWidget | None:
    """Give the widget that has the keyboard in this window, if it is inside `widget`."""
    focused: QWidget | None = _focused(widget)
    return focused if focused is not None and (focused is widget or widget.isAncestorOf(focused)) else None


def _focused(widget: QWidget) -> QWidget | None:
    return widget.window().focusWidget()
