"""How the person left the window: its place, the page, the columns of each table; kept in one small file.

Usage: `store = ViewStore(path)`; `remember_columns(table, store, "clients")` in a page is all a table needs.
A file that cannot be read or written is no error: the window simply starts as new.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.tokens import SIZES
from ui.widgets.column_layout import ColumnLayout

if TYPE_CHECKING:
    from ui.widgets.table import Table

TITLE_BAR = 32


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where a window stood."""

    rect: QRect
    maximised: bool = False


class ViewStore:
    """Typed reading and writing of one settings file."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def window(self) -> WindowPlace | None:
        """Where the window stood last, if known."""
        numbers = _numbers(self._text("window/rect"))
        if len(numbers) != 4:
            return None
        return WindowPlace(QRect(*numbers), self._text("window/maximised") == "yes")

    def keep_window(self, place: WindowPlace) -> None:
        """Remember where the window stands."""
        rect = place.rect
        self._put("window/rect", f"{rect.x()} {rect.y()} {rect.width()} {rect.height()}")
        self._put("window/maximised", "yes" if place.maximised else "no")

    def page(self) -> str:
        """The page shown last."""
        return self._text("window/page")

    def keep_page(self, key: str) -> None:
        """Remember the page shown."""
        self._put("window/page", key)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A yes or no of the view."""
        return {"yes": True, "no": False}.get(self._text(f"flags/{key}"), default)

    def keep_flag(self, key: str, *, on: bool) -> None:
        """Remember a yes or no."""
        self._put(f"flags/{key}", "yes" if on else "no")

    def text(self, key: str) -> str:
        """A text a page keeps of its view, such as its filter; empty if there is none."""
        return self._text(f"pages/{key}")

    def keep_text(self, key: str, text: str) -> None:
        """Remember a text of a page."""
        self._put(f"pages/{key}", text)

    def columns(self, view: str) -> ColumnLayout | None:
        """How the columns of a table were arranged, if known."""
        order = self._text(f"columns/{view}/order")
        if not order:
            return None
        widths = []
        for part in self._text(f"columns/{view}/widths").split():
            key, _, width = part.partition(":")
            if width.isdigit() and 8 <= int(width) <= 4_000:
                widths.append((key, int(width)))
        hidden = frozenset(self._text(f"columns/{view}/hidden").split())
        sort = self._text(f"columns/{view}/sort")
        return ColumnLayout(
            tuple(order.split()), hidden, tuple(widths), sort.removeprefix("-"), descending=sort.startswith("-")
        )

    def keep_columns(self, view: str, layout: ColumnLayout) -> None:
        """Remember how the columns of a table are arranged."""
        self._put(f"columns/{view}/order", " ".join(layout.order))
        self._put(f"columns/{view}/hidden", " ".join(sorted(layout.hidden)))
        self._put(f"columns/{view}/widths", " ".join(f"{key}:{width}" for key, width in layout.widths))
        self._put(f"columns/{view}/sort", ("-" if layout.descending else "") + layout.sort)

    def write(self) -> None:
        """Write to the file now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""

    def _put(self, key: str, text: str) -> None:
        self._settings.setValue(key, text)


def remember_columns(table: Table[Any], store: ViewStore, view: str) -> None:
    """Arrange a table as it was left, and remember every change."""
    layout = store.columns(view)
    if layout is not None:
        table.set_layout(layout)
    table.layout_changed.connect(partial(store.keep_columns, view))


def fitted(rect: QRect, screens: list[QRect]) -> QRect:
    """Move and shrink a remembered rectangle onto the screen it overlaps most, else onto the first one."""
    home = max(screens, key=lambda screen: _area(screen.intersected(rect)))
    size = rect.size().boundedTo(home.size())
    x = min(max(rect.x(), home.x()), home.right() + 1 - size.width())
    y = min(max(rect.y(), home.y()), home.bottom() + 1 - size.height())
    return QRect(QPoint(x, y), size)


def restore_window(window: QWidget, store: ViewStore) -> None:
    """Put the window where it stood, onto a screen that is there."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    place = store.window()
    if place is None or not place.rect.isValid():
        # The title bar wants its room too, or the status line lies below the screen.
        room = screens[0].size() - QSize(0, TITLE_BAR)
        window.resize(QSize(*SIZES.window).boundedTo(room))
        return
    window.setGeometry(fitted(place.rect, screens))
    if place.maximised:
        window.showMaximized()


def keep_window(window: QWidget, store: ViewStore) -> None:
    """Remember where the window stands."""
    maximised = window.isMaximized() or window.isFullScreen()
    rect = window.normalGeometry() if maximised else window.geometry()
    store.keep_window(WindowPlace(rect, maximised))


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())


def _numbers(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split()]
    except ValueError:
        return []
