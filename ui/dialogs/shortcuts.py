"""The sheet of all shortcuts (Ctrl+?), taken from the commands themselves."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.actions import Command
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.labels import body, section, title
from ui.widgets.layout import hairline
from ui.widgets.painting import cap_width, key_cap
from ui.widgets.scrolled import Scrolled

# Keys that are no commands: they do something with the row that has the keyboard.
ON_ROWS = (
    (tr("Open it"), "Enter"),
    (tr("Change it"), "F2"),
    (tr("Delete it"), "Del"),
    (tr("Add one"), "Insert"),
    (tr("Tick it; among clients, look at it beside the list"), "Space"),
    (tr("Its menu"), "Shift F10"),
    (tr("On Today: log a contact"), "L"),
    (tr("On Today: plan the next one"), "P"),
    (tr("On Today: leave it for a while"), "S"),
)


class KeyCap(QWidget):
    """One key or chord as a cap."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """The cap."""
        return QSize(cap_width(self._theme, self._key) + 1, self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """The cap."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it at the right."""
        key_cap(QPainter(self), self._theme, QPointF(self.width(), self.height() / 2), self._key)


class ShortcutsDialog(QDialog):
    """Commands by menu with their keys."""

    def __init__(self, theme: Theme, commands: Iterable[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, SIZES.wide_gap, 0)
        grid.setHorizontalSpacing(SIZES.wide_gap)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        place = 0
        groups: dict[str, list[tuple[str, str]]] = {}
        for command in commands:
            if command.shortcut:
                groups.setdefault(command.place, []).append((command.words, command.shortcut))
        groups[tr("On a row")] = list(ON_ROWS)
        for head, entries in groups.items():
            grid.addWidget(section(head), place, 0)
            grid.addWidget(hairline(), place + 1, 0, 1, 2)
            place += 2
            for words, keys in entries:
                grid.addWidget(body(words, elide=True), place, 0)
                grid.addWidget(KeyCap(theme, keys), place, 1, Qt.AlignmentFlag.AlignRight)
                place += 1
            grid.setRowMinimumHeight(place, 12)
            place += 1
        grid.setRowStretch(place, 1)
        scroll = Scrolled(inside)
        # The arrows scroll it.
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.wide_gap)
        layout.addWidget(title(tr("Shortcuts")))
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        self.resize(theme.px(460), theme.px(560))
