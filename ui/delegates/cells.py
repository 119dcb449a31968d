"""How a cell of a table is painted: calm text, a hairline under the row, a status mark before its word."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.models.rows import Align, Column, RowsModel
from ui.theme import Theme
from ui.tokens import SIZES, Mark, TextRole
from ui.widgets.painting import status_mark
from ui.widgets.text import one_line, tip

R = TypeVar("R")
WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
_STATE = QStyle.StateFlag


class CellDelegate(QStyledItemDelegate):
    """Paints every cell of a `RowsModel` straight from its row and column."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts: dict[tuple[bool, bool], tuple[QFont, QFontMetrics]] = {}
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground, the hairline, the mark and the text."""
        model = index.model()
        if not isinstance(model, RowsModel):
            super().paint(painter, option, index)
            return
        column: Column[object] = model.columns[index.column()]
        row: object = model.row(index.row())
        rect: QRect = option.rect
        colours = self._theme.colours
        chosen = bool(option.state & _STATE.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(colours.selection))
        elif option.state & _STATE.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        if self._is_head_of_current(option.widget, index):
            painter.fillRect(
                QRect(rect.left(), rect.top(), self._theme.px(3), rect.height() - 1), QColor(colours.accent)
            )
        mark = column.mark(row) if column.mark else Mark.NONE
        tone = column.tone(row) if column.tone else mark.tone
        tinted = chosen or bool(option.state & _STATE.State_MouseOver)
        font, metrics = self._fonts[(mark is not Mark.NONE, column.strong)]
        room = self._room(rect)
        side = self._theme.px(SIZES.mark) if mark is not Mark.NONE else 0
        gap = self._theme.px(6) if side else 0
        whole = one_line(column.text(row))
        text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room.width() - side - gap)
        colour = self._theme.colour(tone, tinted=tinted)
        left = room.left()
        if column.align is Align.RIGHT:
            left = room.right() + 1 - metrics.horizontalAdvance(text) - side - gap
        if side:
            status_mark(painter, mark, QRectF(left, rect.center().y() - side / 2 + 0.5, side, side), colour)
        painter.setFont(font)
        painter.setPen(colour)
        words = QRect(left + side + gap, rect.top(), room.right() + 2 - left - side - gap, rect.height())
        if column.wraps and text != whole:
            painter.drawText(room, WRAPPED, whole)
        else:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the text, one row tall."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return super().sizeHint(option, index)
        column: Column[object] = model.columns[index.column()]
        row: object = model.row(index.row())
        marked = column.mark is not None and column.mark(row) is not Mark.NONE
        _, metrics = self._fonts[(marked, column.strong)]
        width = metrics.horizontalAdvance(one_line(column.text(row))) + self._theme.px(22)
        return QSize(width + (self._theme.px(SIZES.mark + 6) if marked else 0), self._theme.px(SIZES.row))

    def height_of(self, column: Column[R], row: R, width: int) -> int:
        """How tall a cell of this width must be to show the whole text."""
        _, metrics = self._fonts[(False, column.strong)]
        room = self._room(QRect(0, 0, width, 0)).width()
        taken = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAPPED, one_line(column.text(row))).height()
        return taken + self._theme.px(SIZES.row) - metrics.height()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Say the whole text when it was shortened."""
        model = index.model()
        if event.type() is QEvent.Type.ToolTip and isinstance(model, RowsModel):
            column: Column[object] = model.columns[index.column()]
            if column.tooltip is None:
                cut = self.sizeHint(option, index).width() > view.visualRect(index).width()
                QToolTip.showText(event.globalPos(), tip(column.text(model.row(index.row()))) if cut else "", view)
                return True
        return super().helpEvent(event, view, option, index)

    def _is_head_of_current(self, view: QWidget | None, index: QModelIndex | QPersistentModelIndex) -> bool:
        if not isinstance(view, QTableView) or not view.hasFocus() or view.currentIndex().row() != index.row():
            return False
        header = view.horizontalHeader()
        first = next(
            (place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place))), 0
        )
        return header.logicalIndex(first) == index.column()

    def _room(self, rect: QRect) -> QRect:
        side = self._theme.px(10)
        return rect.adjusted(side, 0, -side, 0)

    def _on_theme_changed(self) -> None:
        for marked in (False, True):
            for strong in (False, True):
                font = self._theme.font(TextRole.SMALL if marked else TextRole.BODY, strong=marked)
                if strong and not marked:
                    font.setWeight(QFont.Weight.Medium)
                self._fonts[(marked, strong)] = (font, QFontMetrics(font))
