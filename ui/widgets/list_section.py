"""A part of a page that is a list: its head with a count and a plus, a hairline, the lines, a line that adds one.

Usage:
    goals = ListSection(theme, icons, "What they want", LineList(theme, "Goals", editable=True), add="+ Add a goal")
    goals.added.connect(self._on_added)       # what was typed in the line; the caller adds it, then `goals.clear()`
    goals.show_lines(lines)
With `always=True` the adding line stays; else it comes by the plus or Insert, and goes with Esc.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.add_line import AddLine
from ui.widgets.buttons import IconButton
from ui.widgets.labels import quiet, section, small
from ui.widgets.layout import hairline, row
from ui.widgets.line_list import LineList, scroll_page_of
from ui.widgets.lines import Line
from ui.widgets.quick_entry import Reading
from ui.widgets.text import tip


class ListSection(QWidget):
    """Head, lines, and the line that adds."""

    added = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        words: str,
        lines: LineList,
        *,
        add: str,
        read: Callable[[str], Reading] | None = None,
        always: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._always = always
        self._may = True
        self.head = section(words, elide=True)
        self.count = quiet()
        self.lines = lines
        self.add_line = AddLine(theme, add, read)
        self.plus = IconButton(theme, icons, Icon.PLUS, add.removeprefix("+ "), key="Insert")
        self.nothing = small(wrap=True)
        # As tall with a plus as without, so that heads side by side stand on one line.
        self.head.setMinimumHeight(theme.px(SIZES.small_control))
        top = row(self.head, self.count, self.plus)
        top.setStretch(0, 1)
        top.setContentsMargins(0, 0, 0, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(hairline())
        layout.addWidget(self.lines)
        layout.addWidget(self.nothing)
        layout.addWidget(self.add_line)
        self.plus.clicked.connect(self.begin_adding)
        self.lines.add_wanted.connect(self.begin_adding)
        self.add_line.entered.connect(self.added)
        self.add_line.left.connect(self._on_left)
        self.add_line.line.textChanged.connect(self._keep_in_sight)
        self._arrange()

    def show_lines(self, lines: Sequence[Line], count: str = "") -> None:
        """Show other lines."""
        self.lines.show_lines(lines)
        self.count.set_text(count)
        self._arrange()

    def set_words(self, words: str) -> None:
        """Say another head."""
        self.head.set_text(words)

    def set_may(self, *, may: bool, why: str = "", nothing: str = "") -> None:
        """Let the list be changed or only looked at; `nothing` stands where it is empty and cannot be typed in."""
        self._may = may
        self.lines.set_may(may=may)
        self.add_line.set_may(may=may, why=tip(why))
        self.plus.setEnabled(may)
        self.nothing.set_text(nothing)
        self._arrange()

    def begin_adding(self) -> None:
        """Put the keyboard into the adding line."""
        if self._may:
            self.add_line.show()
            self.add_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep_in_sight()

    def clear(self) -> None:
        """Take away what was typed; the keyboard stays for the next one."""
        self.add_line.clear()

    def hold(self, words: str) -> None:
        """Keep words that could not be written to a line where they can be copied from, or added again."""
        self.add_line.line.setText(words)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the line that adds when the list above it grows."""
        super().resizeEvent(event)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll to the line that adds; the page learns of its place when it has been laid out."""
        if self.add_line.line.hasFocus():
            QTimer.singleShot(0, self._on_laid_out)

    def _on_laid_out(self) -> None:
        page = scroll_page_of(self)
        if page is not None and self.add_line.isVisible():
            page.ensureWidgetVisible(self.add_line, 0, SIZES.gap)

    def _arrange(self) -> None:
        empty = not self.lines.lines.lines
        line = self.add_line.line
        typing = line.hasFocus() or bool(line.text())
        self.add_line.setVisible(self._always or (self._may and (empty or typing)))
        self.nothing.setVisible(empty and not self._may and bool(self.nothing.text()))

    def _on_left(self) -> None:
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
