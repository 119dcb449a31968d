"""The list under the command box: an icon, a name, a quiet detail, and what it is or its key at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.words.catalogue import tr
from ui.icons import Icons
from ui.models.rows import Column, RowsModel
from ui.theme import Theme
from ui.tokens import SIZES, TextRole
from ui.widgets.painting import cap_width, key_cap
from ui.widgets.popover import SHADOW, Floating
from ui.widgets.result import Result
from ui.widgets.text import one_line

SHOWN = 9


def _spoken(result: Result) -> str:
    return ", ".join(part for part in (result.title, result.detail, result.kind, result.key) if part)


class ResultList(Floating):
    """Floats under its anchor and never takes the keyboard."""

    taken = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, anchor: QWidget) -> None:
        super().__init__(theme, anchor.window())
        self._anchor = anchor
        self._model = RowsModel([Column[Result]("result", "Result", text=_spoken)], parent=self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(_ResultDelegate(theme, icons, self._view))
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setStyleSheet("QListView { border: none; background: transparent; }")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAccessibleName(tr("Found"))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._on_clicked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_padding(4, 6)
        self.body.addWidget(self._view)

    @property
    def place(self) -> int:
        """The line the keyboard is on."""
        return self._view.currentIndex().row()

    def show_results(self, results: Sequence[Result]) -> None:
        """List other results, the first one chosen."""
        self._model.set_rows(results)
        self._view.setCurrentIndex(self._model.index(0, 0))
        window = self.window()
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + 4))
        tall = self._theme.px(SIZES.row) * min(SHOWN, len(results)) + 12 + 2 * SHADOW
        width = max(self._anchor.width(), self._theme.px(680)) + 2 * SHADOW
        self.setGeometry(
            corner.x() - SHADOW,
            corner.y() - SHADOW,
            min(width, window.width() - corner.x() + SHADOW),
            min(tall, window.height() - corner.y()),
        )
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move up or down, around the ends."""
        count = self._model.rowCount()
        if count:
            self._view.setCurrentIndex(self._model.index((self.place + by) % count, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.taken.emit(index.row())


class _ResultDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One row."""
        return QSize(self._theme.px(200), self._theme.px(SIZES.row))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one result."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        result: Result = model.row(index.row())
        colours = self._theme.colours
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if chosen else colours.hover))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), SIZES.radius_control, SIZES.radius_control)
        side = self._theme.px(SIZES.icon)
        ratio = painter.device().devicePixelRatio()
        pixmap = self._icons.pixmap(result.icon, side, QColor(colours.quiet), ratio)
        painter.drawPixmap(QPoint(rect.left() + self._theme.px(10), rect.center().y() - side // 2 + 1), pixmap)
        left = rect.left() + self._theme.px(10) + side + self._theme.px(10)
        right = rect.right() - self._theme.px(10)
        if result.key:
            right -= key_cap(painter, self._theme, QPointF(right, rect.center().y() + 0.5), result.key)
        elif result.kind:
            right -= self._kind(painter, QRect(left, rect.top(), right - left, rect.height()), result.kind)
        self._words(painter, QRect(left, rect.top(), right - left - self._theme.px(10), rect.height()), result)
        painter.restore()

    def _kind(self, painter: QPainter, room: QRect, kind: str) -> int:
        painter.setFont(self._theme.font(TextRole.SMALL))
        painter.setPen(QColor(self._theme.colours.quiet))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, kind)
        return max(painter.fontMetrics().horizontalAdvance(kind), cap_width(self._theme, ""))

    def _words(self, painter: QPainter, room: QRect, result: Result) -> None:
        font, small = self._theme.font(TextRole.BODY), self._theme.font(TextRole.SMALL)
        gap = self._theme.px(12)
        # Whose it is and when stays readable beside a long title.
        detail = QFontMetrics(small).elidedText(
            one_line(result.detail), Qt.TextElideMode.ElideRight, room.width() * 2 // 5
        )
        beside = QFontMetrics(small).horizontalAdvance(detail) + gap if detail else 0
        whole = one_line(result.title)
        heavier = QFont(font)
        heavier.setWeight(QFont.Weight.DemiBold)
        measured = QFontMetrics(heavier if result.marks else font)
        title = measured.elidedText(whole, Qt.TextElideMode.ElideRight, room.width() - beside)
        painter.setPen(QColor(self._theme.colours.text))
        width = _draw_marked(painter, room, title, font, result.marks if whole == result.title else ())
        painter.setFont(small)
        painter.setPen(QColor(self._theme.colours.quiet))
        painter.drawText(room.adjusted(width + gap, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, detail)


def _draw_marked(painter: QPainter, room: QRect, title: str, font: QFont, marks: Sequence[tuple[int, int]]) -> int:
    """Draw a line with what was sought in it in a heavier weight; gives how wide it came out."""
    layout = QTextLayout(title, font)
    heavier = QTextCharFormat()
    heavier.setFontWeight(QFont.Weight.DemiBold)
    ranges = []
    for first, behind in marks:
        marked = QTextLayout.FormatRange()
        marked.start, marked.length, marked.format = first, behind - first, heavier
        ranges.append(marked)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2 * room.width())
    layout.endLayout()
    layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - line.height()) / 2))
    return round(line.naturalTextWidth())
