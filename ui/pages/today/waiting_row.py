"""One client who waits: how badly, why, their last words, what is promised, and Log / Plan / Snooze (keys L, P, S).

The row itself takes the keyboard: Enter opens the client, Up and Down go to the neighbours.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, Mark
from ui.widgets.buttons import Button
from ui.widgets.clamped import ClampedLabel
from ui.widgets.labels import body, name, pill, small
from ui.widgets.layout import UNLIMITED, column, row
from ui.widgets.painting import focus_ring
from ui.widgets.status import StatusLabel

INSET = 8
RIGHT = 240
# Narrower than this a row has no room for what is owed beside the buttons.
TIGHT = 440


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """What a row says, in words."""

    client_id: int
    mark: Mark
    state: str
    name: str
    tier: str
    why: str
    words: str
    owed: str
    quiet: bool = False
    wakes: bool = False

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ". ".join(part.rstrip(".") for part in (self.name, self.state, self.why, self.words, self.owed) if part)


class WaitingRow(QWidget):
    """A row of Today's list."""

    opened = Signal(int)
    log_wanted = Signal(int)
    plan_wanted = Signal(int)
    snooze_wanted = Signal(int)
    moved = Signal(int)
    entered = Signal()

    def __init__(self, theme: Theme, line: WaitingLine, why_not: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.line = line
        self._may = not why_not
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(line.spoken())
        self.log = Button(theme, tr("Log"), key="L")
        self.plan = Button(theme, tr("Plan"), key="P")
        self.snooze = Button(theme, tr("Wake") if line.wakes else tr("Snooze"), key="S")
        if line.quiet and not line.wakes:
            self.snooze.hide()
        for button, slot in ((self.log, self._on_log), (self.plan, self._on_plan), (self.snooze, self._on_snooze)):
            button.setEnabled(self._may)
            button.setToolTip(why_not)
            button.clicked.connect(slot)
        self._lay_out(line)
        self.set_stop(stop=False)

    def _lay_out(self, line: WaitingLine) -> None:
        self._status = StatusLabel(self._theme, line.mark, line.state)
        called = name(line.name, elide=True)
        head = row(called, pill(line.tier), None, gap=6)
        head.setStretch(2, 1)
        self._words = small(line.words, elide=True)
        self._words.setVisible(bool(line.words))
        text = column(head, body(line.why, wrap=True), None, gap=4)
        self._owed = ClampedLabel(line.owed, lines=3)
        self._owed.setAlignment(Qt.AlignmentFlag.AlignRight)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addStretch(1)
        for button in (self.log, self.plan, self.snooze):
            buttons.addWidget(button)
        self._right = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._right.setSpacing(4)
        self._right.addWidget(self._owed)
        self._right.addLayout(buttons)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(INSET, 12, INSET, 12)
        self._grid.setHorizontalSpacing(SIZES.wide_gap)
        self._grid.setVerticalSpacing(SIZES.gap)
        self._grid.addLayout(column(self._status, None), 0, 0, 3, 1)
        self._grid.addLayout(text, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._side = QWidget()
        self._side.setLayout(column(self._right, None))
        self._grid.addWidget(self._side, 0, 2)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Put the buttons under the words where there is no room beside them."""
        px = self._theme.px
        self._status.setFixedWidth(px(72 if narrow else 96))
        self._narrow = narrow
        self._turn()
        self._owed.setAlignment(Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignRight)
        # Beside the reason a second line would make every row taller; the promises stand whole at the right.
        self._owed.set_most(3 if narrow else 1)
        self._grid.setVerticalSpacing(SIZES.gap if narrow else 4)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(UNLIMITED)
            self._grid.addWidget(self._words, 1, 1)
            self._grid.addWidget(self._side, 2, 1)
        else:
            self._side.setFixedWidth(px(RIGHT))
            # Their words go on beneath the buttons, so that who and when are not cut off.
            self._grid.addWidget(self._words, 1, 1, 1, 2)
            self._grid.addWidget(self._side, 0, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a very narrow row what is owed stands over the buttons."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        beside = self._narrow and self.width() >= self._theme.px(TIGHT)
        self._right.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def set_stop(self, *, stop: bool) -> None:
        """Make this row the one Tab stops at; Up and Down reach the others."""
        tab = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(tab)
        for button in (self.log, self.plan, self.snooze):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, L, P, S, Up and Down."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.line.client_id)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_L:
            self._on_log()
        elif key == Qt.Key.Key_P:
            self._on_plan()
        elif key == Qt.Key.Key_S:
            self._on_snooze()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here now."""
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the client."""
        super().mouseDoubleClickEvent(event)
        self.opened.emit(self.line.client_id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring where the keyboard is."""
        if self.hasFocus():
            focus_ring(QPainter(self), self.rect().adjusted(0, 2, 0, -2), SIZES.radius_control, self._theme)

    def _on_log(self) -> None:
        if self._may:
            self.log_wanted.emit(self.line.client_id)

    def _on_plan(self) -> None:
        if self._may:
            self.plan_wanted.emit(self.line.client_id)

    def _on_snooze(self) -> None:
        if self._may and (self.line.wakes or not self.line.quiet):
            self.snooze_wanted.emit(self.line.client_id)


def quoted(words: str, who: str, when: str) -> str:
    """Give somebody's words with who and when: “Talk soon.” Dana Whitlock, 22 Sep. Words with quotes keep their own."""
    bare = words.strip()
    if not bare:
        return ""
    said = bare if any(mark in bare for mark in '“”"«»„') else tr("“{words}”").format(words=bare)
    return f"{said} {', '.join(filter(None, (who, when)))}".strip()
