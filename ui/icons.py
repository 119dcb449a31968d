"""Icons: `resources/icons/<name>.svg`, one line style on a 24-unit grid, tinted by the theme when drawn.

Usage: `icons.pixmap("search", 16, theme.colour(Tone.QUIET), widget.devicePixelRatio())` in a paint event, or
`icons.icon("close", 16, colour)` where Qt wants a `QIcon`. Names are those of `Icon`; a test finds a file for each.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icons"
RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


class Icon(StrEnum):
    """Every picture the window has; the value is the name of the file."""

    RAPPORT = "rapport"
    TODAY = "today"
    CLIENTS = "clients"
    PLANS = "plans"
    FEEDBACK = "feedback"
    PORTFOLIO = "portfolio"
    SETTINGS = "settings"
    PLUS = "plus"
    MINUS = "minus"
    SEARCH = "search"
    CLOSE = "close"
    CHECK = "check"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_LEFT = "chevron-left"
    ARROW_OUT = "arrow-out"
    ARROW_IN = "arrow-in"
    ARROW_BOTH = "arrow-both"
    IMPORT = "import"
    COPY = "copy"
    FOLDER = "folder"
    CALENDAR = "calendar"
    LOCK = "lock"
    MENU = "menu"
    MORE = "more"
    FILTER = "filter"
    COLUMNS = "columns"
    PIN = "pin"
    WARNING = "warning"
    INFO = "info"
    MAIL = "mail"
    LINK = "link"
    TABLE = "table"
    COMMAND = "command"
    PERSON = "person"
    QUOTE = "quote"


class Icons:
    """Reads and draws the icons; keeps what it has drawn."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._drawn = lru_cache(maxsize=512)(self._draw)

    def pixmap(self, name: Icon, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
        """Draw an icon `size` logical pixels wide in one colour, sharp at the screen's pixel ratio."""
        return self._drawn(name, size, colour.name(QColor.NameFormat.HexArgb), ratio)

    def icon(self, name: Icon, size: int, colour: QColor) -> QIcon:
        """Give a Qt icon that is sharp at the usual pixel ratios."""
        from PySide6.QtGui import QIcon

        icon = QIcon()
        for ratio in RATIOS:
            icon.addPixmap(self.pixmap(name, size, colour, ratio))
        return icon

    def _draw(self, name: Icon, size: int, colour: str, ratio: float) -> QPixmap:
        tint = QColor(colour)
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", tint.name())
        renderer = QSvgRenderer(QByteArray(source.encode()))
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(tint.alphaF())
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap
