"""The lines of a `LineList` as plain values, and their model."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.tokens import Mark, Tone
from ui.widgets.text import one_line, tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """Words at the right of a line, with a mark before them where they are a status."""

    words: str = ""
    tone: Tone = Tone.QUIET
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class LineColumn:
    """The room of the cells at one place, in pixels at 100 % text size."""

    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `ticked` is None without a box; `share` paints a bar; `spoken` is what a screen reader says."""

    key: Hashable
    words: str
    sub: str = ""
    ticked: bool | None = None
    tone: Tone = Tone.PLAIN
    cells: tuple[Cell, ...] = ()
    share: Fraction | None = None
    has_bar: bool = False
    hint: str = ""

    @property
    def spoken(self) -> str:
        """The whole line as one sentence."""
        return ", ".join(filter(None, (one_line(self.words), self.sub, *(cell.words for cell in self.cells))))


class LinesModel(QAbstractListModel):
    """The lines as a Qt model; `renamed` is what was typed in place."""

    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self.editable = False

    @property
    def lines(self) -> Sequence[Line]:
        """The lines in the order shown."""
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, index: Index) -> Line | None:
        """The line at a place."""
        return self._lines[index.row()] if 0 <= index.row() < len(self._lines) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A line can be chosen, and edited in place where the list says so."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What Qt and screen readers ask; painting asks the lines themselves."""
        line = self.line(index)
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.EditRole:
                return line.words
            case Qt.ItemDataRole.ToolTipRole:
                return tip(line.hint) if line.hint else None
            case Qt.ItemDataRole.CheckStateRole if line.ticked is not None:
                return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Say what was typed; the service changes it and the new line arrives by `set_lines`."""
        line = self.line(index)
        if role == Qt.ItemDataRole.EditRole and line is not None and str(value).strip() != line.words.strip():
            self.renamed.emit(line.key, str(value).strip())
        return False
