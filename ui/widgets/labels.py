"""Labels: every text in a page is a `PlainLabel`, made by one of the helpers here.

Usage: `title("Clients")`, `section("Promises")`, `body(text)`, `quiet("41 shown")`, `small(text, tone=Tone.OVERDUE)`,
`name("Northgate Museums")`; `elide=True` shortens one line to the room it has (the whole text is its tooltip),
`wrap=True` breaks lines, `selectable=True` lets the mouse mark and copy.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.tokens import TextRole, Tone
from ui.widgets.text import one_line, plain, tip


class PlainLabel(QLabel):
    """A label that shows its text literally, whatever it holds."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
        *,
        elide: bool = False,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._elides = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", str(role))
        self.setProperty("tone", str(tone))
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, self.sizePolicy().verticalPolicy())
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text literally; use this, not Qt's `setText`, which does not make hidden characters visible."""
        self.setText(one_line(text) if self._elides else plain(text))
        if self._elides:
            self._tell_whole()

    def set_tone(self, tone: Tone) -> None:
        """Change what the label says by its colour."""
        if self.property("tone") != str(tone):
            self.setProperty("tone", str(tone))
            self.style().unpolish(self)
            self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        """Let an eliding label shrink to three letters."""
        hint = super().minimumSizeHint()
        if self._elides:
            hint.setWidth(min(hint.width(), self.fontMetrics().horizontalAdvance("mmm")))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole text in the tooltip when it no longer fits."""
        super().resizeEvent(event)
        if self._elides:
            self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changes."""
        super().changeEvent(event)
        if self._elides and event.type() == QEvent.Type.FontChange:
            self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened if it must be."""
        if not self._elides:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)

    def _tell_whole(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setToolTip("" if fits else tip(self.text()))


def title(text: str = "", *, elide: bool = False) -> PlainLabel:
    """The one big line of a page."""
    return PlainLabel(text, TextRole.TITLE, elide=elide)


def section(text: str = "", *, elide: bool = False) -> PlainLabel:
    """The head of a part of a page."""
    return PlainLabel(text, TextRole.SECTION, elide=elide)


def name(text: str = "", *, elide: bool = False) -> PlainLabel:
    """The name a row is about."""
    return PlainLabel(text, TextRole.NAME, elide=elide)


def body(
    text: str = "",
    *,
    tone: Tone = Tone.PLAIN,
    elide: bool = False,
    wrap: bool = False,
    selectable: bool = False,
) -> PlainLabel:
    """Ordinary text."""
    return PlainLabel(text, TextRole.BODY, tone, elide=elide, wrap=wrap, selectable=selectable)


def quiet(text: str = "", *, elide: bool = False, wrap: bool = False) -> PlainLabel:
    """Ordinary text that stands back."""
    return PlainLabel(text, TextRole.BODY, Tone.QUIET, elide=elide, wrap=wrap)


def small(
    text: str = "",
    *,
    tone: Tone = Tone.QUIET,
    elide: bool = False,
    wrap: bool = False,
    strong: bool = False,
) -> PlainLabel:
    """Small text, quiet unless told otherwise."""
    label = PlainLabel(text, TextRole.SMALL, tone, elide=elide, wrap=wrap)
    if strong:
        label.setProperty("strong", "true")
    return label


def pill(text: str) -> PlainLabel:
    """A word in a rounded frame, such as a tier or a purpose."""
    label = PlainLabel(text, tone=Tone.QUIET)
    label.setProperty("role", "pill")
    label.setIndent(0)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label
