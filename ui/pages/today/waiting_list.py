"""Today's list: as many rows as a day holds, more on demand, and the quiet ones with the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words.catalogue import tr, trn
from ui.pages.today.keyboard import focused_under
from ui.pages.today.waiting_row import WaitingLine, WaitingRow
from ui.theme import Theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import section, small
from ui.widgets.layout import clear, hairline

A_DAY_HOLDS = 8
MORE = 40


class WaitingList(QWidget):
    """The rows, with one of them the stop of the keyboard."""

    opened = Signal(int)
    log_wanted = Signal(int)
    plan_wanted = Signal(int)
    snooze_wanted = Signal(int)
    wake_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._waiting: Sequence[WaitingLine] = ()
        self._silenced: Sequence[WaitingLine] = ()
        self._why_not = ""
        self._most = A_DAY_HOLDS
        self._quiet_shown = False
        self._narrow = False
        self._rows: list[WaitingRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    @property
    def rows(self) -> Sequence[WaitingRow]:
        """The rows shown, the quiet ones last."""
        return self._rows

    @property
    def shown(self) -> int:
        """How many of those who wait are shown."""
        return min(self._most, len(self._waiting))

    def set_lines(self, waiting: Sequence[WaitingLine], silenced: Sequence[WaitingLine], why_not: str) -> None:
        """Show other clients; the keyboard stays on its client, or on the place where that one stood."""
        self._waiting, self._silenced, self._why_not = waiting, silenced, why_not
        self._build()

    def set_narrow(self, *, narrow: bool) -> None:
        """Fit the rows into less room."""
        if narrow != self._narrow:
            self._narrow = narrow
            for row in self._rows:
                row.set_narrow(narrow=narrow)

    def focus_place(self, place: int) -> None:
        """Put the keyboard on the row at a place, or on the last one."""
        if self._rows:
            row = self._rows[max(0, min(place, len(self._rows) - 1))]
            # A row just made is shown with the next layout only, and what is hidden takes no keyboard.
            row.show()
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        place, client = self._spot()
        clear(self._layout)
        self._rows = []
        for line in self._waiting[: self._most]:
            self._add_row(line)
        if self._waiting:
            self._layout.addWidget(hairline())
        self._layout.addSpacing(10)
        self._layout.addWidget(self._foot())
        if self._quiet_shown and self._silenced:
            self._layout.addSpacing(20)
            self._layout.addWidget(section(tr("Left in peace")))
            self._layout.addSpacing(6)
            for line in self._silenced:
                self._add_row(line)
            self._layout.addWidget(hairline())
        if self._rows:
            self._rows[0].set_stop(stop=True)
        if place >= 0:
            same = next((at for at, row in enumerate(self._rows) if row.line.client_id == client), place)
            self.focus_place(same)

    def _spot(self) -> tuple[int, int]:
        for place, row in enumerate(self._rows):
            if focused_under(row) is not None:
                return place, row.line.client_id
        return -1, 0

    def _add_row(self, line: WaitingLine) -> None:
        row = WaitingRow(self._theme, line, self._why_not)
        row.set_narrow(narrow=self._narrow)
        row.opened.connect(self.opened)
        row.log_wanted.connect(self.log_wanted)
        row.plan_wanted.connect(self.plan_wanted)
        row.snooze_wanted.connect(self.wake_wanted if line.quiet else self.snooze_wanted)
        row.moved.connect(self._on_moved)
        row.entered.connect(self._on_entered)
        self._rows.append(row)
        self._layout.addWidget(hairline())
        self._layout.addWidget(row)

    def _foot(self) -> QWidget:
        foot = FlowBox(gap=4)
        total = len(self._waiting)
        parts = [tr("Showing {shown} of {total}").format(shown=self.shown, total=total)] if total else []
        rule = tr("rule: gap beyond cadence or own rhythm, weighted by fees")
        if total:
            foot.add(small(" · ".join([*parts, rule]), elide=True))
        if total > self.shown:
            words = tr("Show all") if total <= self.shown + MORE else tr("Show {n} more").format(n=MORE)
            self._link(foot, words, self._on_more)
        elif self._most > A_DAY_HOLDS and total > A_DAY_HOLDS:
            self._link(foot, tr("Show fewer"), self._on_fewer)
        if self._silenced:
            number = len(self._silenced)
            hide = tr("Hide those left in peace")
            words = hide if self._quiet_shown else trn("{n} left in peace", "{n} left in peace", number)
            self._link(foot, words, self._on_quiet)
        return foot

    def _link(self, foot: FlowBox, words: str, slot: object) -> None:
        button = Button(self._theme, words, kind=ButtonKind.LINK)
        button.clicked.connect(slot)
        button.setContentsMargins(0, 0, 0, 0)
        foot.add(button)

    def _on_moved(self, by: int) -> None:
        row = self.sender()
        if isinstance(row, WaitingRow) and row in self._rows:
            self.focus_place(self._rows.index(row) + by)

    def _on_entered(self) -> None:
        entered = self.sender()
        for row in self._rows:
            row.set_stop(stop=row is entered)

    def _on_more(self) -> None:
        self._most += MORE
        self._build()
        self.focus_place(self._most - MORE)

    def _on_fewer(self) -> None:
        self._most = A_DAY_HOLDS
        self._build()
        self.focus_place(0)

    def _on_quiet(self) -> None:
        self._quiet_shown = not self._quiet_shown
        self._build()
        if self._quiet_shown:
            self.focus_place(self.shown)
