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
from ui.widgets.labels import section
from ui.widgets.layout import clear, hairline, row
from ui.widgets.painting import focus_ring, status_mark
from ui.widgets.text import one_line, tip
from ui.widgets.tick import Tick

ONE_LINE, TWO_LINES = 29, 46
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
    """A line that opens its client; the words give way to the day at the right."""

    def __init__(self, theme: Theme, entry: SideEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry = entry
        self.setAccessibleName(", ".join(filter(None, (one_line(entry.words), one_line(entry.whose), entry.when))))
        self.setToolTip(tip(entry.words))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line, or two with whose it is."""
        return QSize(self._theme.px(200), self._theme.px(TWO_LINES if self._entry.whose else ONE_LINE))

    def minimumSizeHint(self) -> QSize:
        """A few letters and the day."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, the mark and the day."""
        painter = QPainter(self)
        entry, theme = self._entry, self._theme
        marked = entry.mark is not Mark.NONE
        first = QRect(0, 0, self.width(), theme.px(ONE_LINE))
        font = theme.font(TextRole.SMALL, strong=marked)
        width = QFontMetrics(font).horizontalAdvance(entry.when)
        left = self.width() - width
        colour = theme.colour(entry.mark.tone if marked else Tone.QUIET)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(first.adjusted(left, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, entry.when)
        if marked:
            side = theme.px(SIZES.mark)
            left -= side + theme.px(6)
            status_mark(painter, entry.mark, QRectF(left, (first.height() - side) / 2, side, side), colour)
        font = theme.font(TextRole.SMALL)
        painter.setPen(theme.colour(Tone.PLAIN))
        self._words(painter, first.adjusted(0, 0, left - self.width() - theme.px(10), 0), font, entry.words)
        if entry.whose:
            painter.setPen(theme.colour(Tone.QUIET))
            second = QRect(0, theme.px(ONE_LINE - 6), self.width(), theme.px(TWO_LINES - ONE_LINE))
            self._words(painter, second, font, entry.whose)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(-2, 2, 2, -2), SIZES.radius_control, theme)

    def _words(self, painter: QPainter, room: QRect, font: QFont, words: str) -> None:
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(one_line(words), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


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
            tick.setToolTip(why_not or "Kept")
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
