"""The history of one record: who changed what, when, from what to what; one field can be taken back.

Usage: `dialog = RecordHistoryDialog(theme, parent)`, `dialog.show_changes(title, changes, takeable)`; connect
`take_back_wanted`, and say what came of it with `say`.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.changes import RecordChange
from app.words import formats, steps
from app.words.catalogue import tr
from ui.models.rows import Column
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import body, name, quiet, small
from ui.widgets.layout import row
from ui.widgets.table import Table
from ui.widgets.text import tip

# Notes may be long; beneath the table there is room for a few lines.
MOST = 240


def when(change: RecordChange) -> str:
    """Write day and time as on this computer."""
    local = change.when.astimezone()
    return f"{formats.day(local.date())}, {local:%H:%M}"


def _tone(change: RecordChange) -> Tone:
    return Tone.PLAIN if change.old or change.new else Tone.QUIET


COLUMNS: tuple[Column[RecordChange], ...] = (
    Column("when", tr("When"), text=when, value=lambda change: change.step_id, tone=_tone, width=172),
    Column("who", tr("Who"), text=lambda change: change.who, tone=_tone, width=90),
    Column("field", tr("What"), text=lambda change: change.field, tone=_tone, width=176),
    Column("old", tr("Was"), text=lambda change: change.old, tooltip=lambda change: change.old, width=150),
    Column(
        "new", tr("Became"), text=lambda change: change.new, tooltip=lambda change: change.new, stretch=True, width=150
    ),
)


class RecordHistoryDialog(QDialog):
    """Lists the changes, newest first."""

    take_back_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History of a record"))
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(900), room.width() - 40), min(theme.px(540), room.height() - 80))
        self._may_take_back: Callable[[RecordChange], bool] | None = None
        self._why_not = ""
        self.head = name(tr("History"), elide=True)
        # Lines have no identity but their place: one step may change several fields.
        self.table: Table[RecordChange] = Table(
            theme, COLUMNS, lambda change: (change.step_id, change.field, change.old, change.new), name=tr("Changes"),
            several=False,
        )  # fmt: skip
        self.detail = small(wrap=True)
        self.said = body(wrap=True)
        self.take_back = Button(theme, tr("Take this back"), large=True)
        close = Button(theme, tr("Close"), kind=ButtonKind.PRIMARY, large=True)
        self.take_back.clicked.connect(self._on_take_back)
        close.clicked.connect(self.accept)
        self.table.chosen.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(self.head)
        layout.addWidget(quiet(tr("Every change of this record, newest first; one field can be taken back by itself.")))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.said)
        layout.addLayout(row(self.take_back, None, close))
        self.said.hide()
        self.setTabOrder(self.table, self.take_back)
        self._on_chosen(())

    def show_changes(
        self,
        title: str,
        changes: Sequence[RecordChange],
        may_take_back: Callable[[RecordChange], bool],
        why_not: str = "",
    ) -> None:
        """List changes; `why_not` says why nothing can be changed now."""
        self._may_take_back, self._why_not = may_take_back, why_not
        self.head.set_text(tr("History of {title}").format(title=title))
        self.table.set_rows(changes)
        if changes and not self.table.chosen_rows():
            self.table.choose_place(0)
        self._on_chosen(self.table.chosen_rows())
        if not changes:
            self.detail.set_text(
                tr("No change of it is kept: it came with the book, or was changed over two years ago.")
            )

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what came of it."""
        self.said.set_tone(Tone.OVERDUE if wrong else Tone.PLAIN)
        self.said.set_text(words)
        self.said.setVisible(bool(words))

    def _on_chosen(self, chosen: Sequence[RecordChange]) -> None:
        change = chosen[0] if chosen else None
        may = change is not None and self._may_take_back is not None and self._may_take_back(change)
        why_not = self._why_not or ("" if may or change is None else tr("This is no change of one field."))
        self.take_back.setEnabled(may and not self._why_not)
        self.take_back.setToolTip(tip(why_not))
        self.detail.set_text(_detail(change))

    def _on_take_back(self) -> None:
        chosen = self.table.chosen_rows()
        if chosen:
            self.take_back_wanted.emit(chosen[0])


def _detail(change: RecordChange | None) -> str:
    if change is None:
        return ""
    step = tr("Step: {what}.").format(what=change.what)
    if not change.old and not change.new:
        return step
    short = partial(steps.short, most=MOST)
    return tr("{field} was {old}, became {new}. {step}").format(
        field=change.field, old=short(change.old), new=short(change.new), step=step
    )
