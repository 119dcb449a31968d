"""The backups of a book: when, why, what each holds, how it differs from now; opened as a copy, or brought back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.backups import Backup, Difference
from app.words import backups as words
from app.words import formats
from app.words.catalogue import tr
from ui.models.rows import Align, Column
from ui.theme import Theme
from ui.tokens import SIZES, Mark, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import quiet, small, title
from ui.widgets.layout import row
from ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """A backup as the list shows it."""

    backup: Backup
    differences: tuple[Difference, ...] | None = None

    @property
    def sequence(self) -> tuple[str, int]:
        """What orders backups; the clock does not."""
        return str(self.backup.path), self.backup.sequence


def _when(line: Line) -> str:
    return words.moment(line.backup.made, datetime.now(UTC))


def _against(line: Line) -> str:
    # The book itself may be what cannot be read.
    return formats.DASH if line.differences is None else words.against(line.differences, most=2)


def _state(line: Line) -> str:
    if line.backup.pinned:
        return tr("kept for ever")
    return tr("checked") if line.backup.verified else tr("not whole")


def _mark(line: Line) -> Mark:
    return Mark.WELL if line.backup.verified else Mark.OVERDUE


COLUMNS: tuple[Column[Line], ...] = (
    Column("when", tr("When"), text=_when, value=lambda r: r.backup.sequence, strong=True, width=170),
    Column("why", tr("Why"), text=lambda r: words.reason(r.backup), tone=lambda _: Tone.QUIET, width=160),
    Column("holds", tr("Holds"), text=lambda r: words.holds(r.backup, most=2), stretch=True, width=210),
    Column("against", tr("Against now"), text=_against, width=180),
    Column(
        "size", tr("Size"), text=lambda r: formats.size(r.backup.size), value=lambda r: r.backup.size,
        align=Align.RIGHT, width=80,
    ),
    Column("state", "", text=_state, mark=_mark, tone=lambda r: _mark(r).tone, width=110),
)  # fmt: skip


class BackupsDialog(QDialog):
    """Only looks and asks; whoever opened it does the work."""

    look_wanted = Signal(object)
    copy_wanted = Signal(object)
    replace_wanted = Signal(object)
    make_wanted = Signal()
    pin_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        sentence: str,
        parent: QWidget | None = None,
        *,
        may_make: bool,
        may_replace: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Backups"))
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(960), room.width() - 60), min(theme.px(520), room.height() - 80))
        self._table: Table[Line] = Table(theme, COLUMNS, identity=_identity, name=tr("Backups"), several=False)
        self._table.chosen.connect(self._on_chosen)
        self._told = small("", wrap=True)
        self._copy = Button(theme, tr("Open as a copy…"), kind=ButtonKind.PRIMARY, large=True)
        self._replace = Button(theme, tr("Put it in the book's place…"), large=True)
        self._look = Button(theme, tr("Look inside"))
        self._make = Button(theme, tr("Back up now"))
        self._pin = Button(theme, tr("Keep for ever"))
        self._pin.setToolTip(tr("Older backups make room for newer ones; one that is kept for ever does not."))
        self._make.setVisible(may_make)
        close = Button(theme, tr("Close"), large=True)
        self._look.clicked.connect(self._on_look)
        self._copy.clicked.connect(self._on_copy)
        self._replace.clicked.connect(self._on_replace)
        self._make.clicked.connect(self.make_wanted)
        self._pin.clicked.connect(self._on_pin)
        close.clicked.connect(self.reject)
        self._may_replace = may_replace
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(title(tr("Backups")))
        layout.addWidget(quiet(sentence, wrap=True))
        layout.addWidget(self._table, 1)
        layout.addWidget(self._told)
        layout.addLayout(row(self._look, self._pin, self._make, None))
        layout.addSpacing(SIZES.gap)
        layout.addLayout(row(None, close, self._replace, self._copy))
        self._on_chosen(())

    def show_backups(
        self,
        backups: Sequence[Backup],
        differences: Mapping[Path, tuple[Difference, ...]],
        chosen: Backup | None = None,
    ) -> None:
        """List backups, the latest first, with how each differs from the book now; choose one, or the latest."""
        lines = [Line(backup, differences.get(backup.path)) for backup in backups]
        self._table.set_rows(lines)
        if lines:
            self._table.choose(Line(chosen).sequence if chosen else lines[0].sequence)
        else:
            self._told.set_text(tr("There is no backup yet; one is made at closing, and every half hour of changes."))

    def _chosen(self) -> Backup | None:
        line = self._table.current_row()
        return line.backup if line else None

    def _on_chosen(self, rows: Sequence[Line]) -> None:
        backup = rows[0].backup if rows else None
        for button in (self._copy, self._replace, self._look, self._pin):
            button.setEnabled(backup is not None)
        self._replace.setEnabled(backup is not None and self._may_replace)
        if backup is not None:
            self._pin.set_words(tr("Do not keep for ever") if backup.pinned else tr("Keep for ever"))
            differences = rows[0].differences
            compared = "" if differences is None else words.differences(differences)
            self._told.set_text(" ".join(filter(None, (compared, str(backup.path)))))

    def _on_pin(self) -> None:
        self.pin_wanted.emit(self._chosen())

    def _on_look(self) -> None:
        self.look_wanted.emit(self._chosen())

    def _on_copy(self) -> None:
        self.copy_wanted.emit(self._chosen())

    def _on_replace(self) -> None:
        self.replace_wanted.emit(self._chosen())


def _identity(line: Line) -> tuple[str, int]:
    return line.sequence
