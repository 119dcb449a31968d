"""What was done in the book, newest first, with the way back to any step of it."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.changes import Step
from app.words import formats
from app.words.catalogue import tr
from ui.models.rows import Column
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import quiet, small, title
from ui.widgets.layout import row
from ui.widgets.table import Table


def _when(step: Step) -> str:
    local = step.when.astimezone()
    return f"{formats.day(local.date())}, {local:%H:%M}"


def _what(step: Step) -> str:
    return step.what


def _state(step: Step) -> str:
    return tr("taken back") if step.undone else tr("left as it is") if step.left else ""


def _why(step: Step) -> str:
    went_on = step.left and not step.undone
    return tr("Something else had changed its rows; undo went on with the step before it.") if went_on else ""


def _tone(step: Step) -> Tone:
    return Tone.QUIET if step.undone else Tone.PLAIN


COLUMNS: tuple[Column[Step], ...] = (
    Column("when", tr("When"), text=_when, value=lambda step: step.id, tone=_tone, width=150),
    Column("what", tr("What"), text=_what, tooltip=_what, tone=_tone, stretch=True, width=260),
    Column("who", tr("Who"), text=lambda step: step.who, tone=_tone, width=90),
    Column("state", "", text=_state, tooltip=_why, tone=_tone, width=110),
)


class HistoryDialog(QDialog):
    """Lists the steps; undo and redo walk through them one by one."""

    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History"))
        self.resize(theme.px(680), theme.px(520))
        self._table = Table(theme, COLUMNS, identity=attrgetter("id"), name=tr("History"), several=False)
        self._nothing = small(tr("Nothing has been changed in this book yet."))
        self.undo = Button(theme, tr("Undo the last step"), key="Ctrl Z", large=True)
        self.redo = Button(theme, tr("Redo"), key="Ctrl Shift Z", large=True)
        close = Button(theme, tr("Close"), kind=ButtonKind.PRIMARY, large=True)
        close.clicked.connect(self.accept)
        # The window's own keys do not reach a dialog.
        for button, wanted, keys in (
            (self.undo, self.undo_wanted, ("Ctrl+Z",)),
            (self.redo, self.redo_wanted, ("Ctrl+Shift+Z", "Ctrl+Y")),
        ):
            button.clicked.connect(wanted)
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(button.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(title(tr("History")))
        layout.addWidget(
            quiet(
                tr("Every change of this book. The last 200 steps of the last 30 days can be taken back, last first.")
            )
        )
        layout.addWidget(self._table, 1)
        layout.addWidget(self._nothing)
        layout.addLayout(row(self.undo, self.redo, None, close))
        self.setTabOrder(self._table, self.undo)

    @property
    def steps(self) -> Sequence[Step]:
        """What is listed."""
        return self._table.rows.rows

    def show_steps(self, steps: list[Step], *, undo: bool, redo: bool) -> None:
        """List steps, newest first; whether there is one to take back, and one to do again."""
        self._table.set_rows(steps)
        self._nothing.setVisible(not steps)
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)
