"""The right column of Today: promises to tick, words that wait for an answer, first hundred days, overdue actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, Mark, TextRole, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.clamped import clamped
from ui.widgets.labels import section
from ui.widgets.layout import clear, hairline, row
from ui.widgets.painting import focus_ring, status_mark
from ui.widgets.text import one_line, tip
from ui.widgets.tick import Tick

PAD, MOST_LINES = 6, 2
SHOWN = 5


@dataclass(frozen=True, slots=True)
class SideEntry:
    """One line: what, whose, and when; `promise` is what a tick keeps."""

    client_id: int
    words: str
    whose: str
    when: str
    mark: Mark = Mark.NONE
    promise: int | None = None


class SideLine(QAbstractButton):
    """A line that opens its client: the words on one or two lines, beneath them whose they are and the day."""

    def __init__(self, theme: Theme, entry: SideEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry = entry
        self.setAccessibleName(", ".join(filter(None, (one_line(entry.words), one_line(entry.whose), entry.when))))
        self.setToolTip(tip("\n".join(filter(None, (entry.words, entry.whose)))))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines of its words as they are drawn."""
        return self._words(self.width())

    def hasHeightForWidth(self) -> bool:
        """Words that break need another line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One to three lines."""
        return self._line() * (len(self._words(width)) + bool(self._entry.whose)) + 2 * self._theme.px(PAD)

    def sizeHint(self) -> QSize:
        """As tall as its lines at the width it has."""
        width = self._theme.px(200)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def minimumSizeHint(self) -> QSize:
        """A few letters and the day."""
        return QSize(self._theme.px(80), self._line() + 2 * self._theme.px(PAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and under them whose they are, the mark and the day."""
        painter = QPainter(self)
        entry, theme, tall = self._entry, self._theme, self._line()
        font = theme.font(TextRole.SMALL)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(theme.colour(Tone.PLAIN))
        lines = self.shown
        top = theme.px(PAD)
        for place, words in enumerate(lines):
            painter.drawText(QRect(0, top + place * tall, self.width(), tall), Qt.AlignmentFlag.AlignVCenter, words)
        last = QRect(0, top + tall * (len(lines) - (not entry.whose)), self.width(), tall)
        left = self._paint_when(painter, last)
        if entry.whose:
            font.setUnderline(False)
            painter.setFont(font)
            painter.setPen(theme.colour(Tone.QUIET))
            room = last.adjusted(0, 0, left - self.width() - theme.px(8), 0)
            whose = QFontMetrics(font).elidedText(one_line(entry.whose), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, whose)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(-2, 2, 2, -2), SIZES.radius_control, theme)

    def _paint_when(self, painter: QPainter, line: QRect) -> int:
        entry, theme = self._entry, self._theme
        marked = entry.mark is not Mark.NONE
        colour = theme.colour(entry.mark.tone if marked else Tone.QUIET)
        left = self.width() - QFontMetrics(self._when_font()).horizontalAdvance(entry.when)
        painter.setFont(self._when_font())
        painter.setPen(colour)
        painter.drawText(line.adjusted(left, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, entry.when)
        if marked:
            side = theme.px(SIZES.mark)
            left -= side + theme.px(6)
            status_mark(painter, entry.mark, QRectF(left, line.top() + (line.height() - side) / 2, side, side), colour)
        return left

    def _words(self, width: int) -> tuple[str, ...]:
        if self._entry.whose:
            return clamped(self._entry.words, self._theme.font(TextRole.SMALL), width, MOST_LINES)
        when = QFontMetrics(self._when_font()).horizontalAdvance(self._entry.when)
        return clamped(self._entry.words, self._theme.font(TextRole.SMALL), width - when - self._theme.px(10), 1)

    def _when_font(self) -> QFont:
        return self._theme.font(TextRole.SMALL, strong=self._entry.mark is not Mark.NONE)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(TextRole.SMALL)).height() + self._theme.px(2)


class Side(QWidget):
    """Sections of lines; empty sections are not there."""

    opened = Signal(int)
    kept = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections: Sequence[tuple[str, Sequence[SideEntry]]] = ()
        self._why_not = ""
        self._whole: set[str] = set()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_sections(self, sections: Sequence[tuple[str, Sequence[SideEntry]]], why_not: str) -> None:
        """Show other lines; with a reason nothing can be ticked."""
        self._sections, self._why_not = sections, why_not
        self._build()

    def _build(self) -> None:
        clear(self._layout)
        for words, entries in self._sections:
            if not entries:
                continue
            self._layout.addWidget(section(words))
            self._layout.addSpacing(6)
            most = len(entries) if words in self._whole else SHOWN
            for entry in entries[:most]:
                self._layout.addWidget(hairline())
                self._layout.addLayout(self._line(entry, self._why_not))
            if len(entries) > most:
                more = Button(self._theme, tr("Show all {n}").format(n=len(entries)), kind=ButtonKind.LINK)
                more.clicked.connect(partial(self._on_more, words))
                self._layout.addSpacing(4)
                self._layout.addLayout(row(more, None))
            self._layout.addSpacing(22)
        self._layout.addStretch(1)

    def _line(self, entry: SideEntry, why_not: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        if entry.promise is not None:
            tick = Tick(self._theme)
            tick.setAccessibleName(f"{one_line(entry.words)}: kept")
            tick.setToolTip(why_not or tr("Kept"))
            tick.setEnabled(not why_not)
            tick.toggled.connect(partial(self._on_ticked, entry.promise))
            line.addWidget(tick)
        words = SideLine(self._theme, entry)
        words.clicked.connect(partial(self._on_opened, entry.client_id))
        line.addWidget(words, 1)
        return line

    def _on_more(self, words: str, _checked: bool = False) -> None:
        self._whole.add(words)
        self._build()

    def _on_ticked(self, promise: int, ticked: bool) -> None:
        if ticked:
            self.kept.emit(promise)

    def _on_opened(self, client_id: int, _checked: bool = False) -> None:
        self.opened.emit(client_id)
