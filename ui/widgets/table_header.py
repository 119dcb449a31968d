"""The head of a table: quiet titles, an arrow at the sorted one, columns that can be moved and sized."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.models.rows import Align, Column
from ui.theme import Theme
from ui.tokens import TextRole


class TableHeader(QHeaderView):
    """Paints the titles; sorting cycles up, down, and back to the order given."""

    def __init__(self, theme: Theme, columns: tuple[Column[object], ...], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._columns = columns
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorClearable(False)
        self.setMinimumSectionSize(theme.px(48))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        """A little lower than a row."""
        return QSize(super().sizeHint().width(), self._theme.px(34))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802 - Qt's name
        """Draw one title."""
        colours = self._theme.colours
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        column = self._columns[logical]
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical
        arrow = " ↑" if self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder else " ↓"
        font = self._theme.font(TextRole.SMALL, strong=sorted_by)
        metrics = QFontMetrics(font)
        side = self._theme.px(10)
        room = rect.adjusted(side, 0, -side, 0)
        tail = arrow if sorted_by else ""
        words = metrics.elidedText(
            column.title, Qt.TextElideMode.ElideRight, room.width() - metrics.horizontalAdvance(tail)
        )
        painter.setFont(font)
        painter.setPen(QColor(colours.text if sorted_by else colours.quiet))
        across = Qt.AlignmentFlag.AlignRight if column.align is Align.RIGHT else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, across | Qt.AlignmentFlag.AlignVCenter, words + tail)
        painter.restore()
