"""A chart in the window: drawn at the screen's own sharpness, told in words, clickable, copyable.

Usage: `view = ChartView(theme, draw, name="Pareto")` where `draw(width, height, ratio, look)` gives an
`app.charts.drawing.Chart`; `view.redraw()` after the data has changed; `view.chosen` gives the key of the part clicked.
Nothing of matplotlib is imported before the view is painted for the first time.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QToolTip, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import TEXT, TextRole
from ui.widgets.text import tip

if TYPE_CHECKING:
    from app.charts.drawing import Area, Chart, Look

Draw = Callable[[int, int, float, "Look"], "Chart"]
SETTLE_MS = 60


class ChartView(QWidget):
    """Shows one chart."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, draw: Draw, *, name: str, height: int = 200) -> None:
        super().__init__()
        self._theme = theme
        self._draw = draw
        self._name = name
        self._height = height
        self._chart: Chart | None = None
        self._image: QImage | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.redraw)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.redraw)

    def redraw(self) -> None:
        """Draw anew when next painted."""
        self._image = None
        self.update()

    def sizeHint(self) -> QSize:
        """As high as asked for."""
        return QSize(self._theme.px(400), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(self._theme.px(280), self._theme.px(min(self._height, 150)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew once the size has settled."""
        super().resizeEvent(event)
        self._later.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, drawing it first where there is none."""
        if self._image is None:
            self._picture()
        if self._image is not None:
            QPainter(self).drawImage(self.rect(), self._image)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a part can be clicked."""
        over = self._area_at(event.position().x(), event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the part clicked."""
        area = self._area_at(event.position().x(), event.position().y())
        if area and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(area.key)

    def event(self, event: QEvent) -> bool:
        """Tell what the pointer rests on."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            area = self._area_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), tip(area.words) if area else "", self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to take the picture along."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy picture"), self._on_copy)
        menu.addAction(tr("Save picture…"), self._on_save)
        menu.popup(event.globalPos())

    def _picture(self) -> None:
        from app.charts.drawing import pixels

        if self.width() < 40 or self.height() < 40:
            return
        ratio = self.devicePixelRatioF()
        self._chart = self._draw(self.width(), self.height(), ratio, self._look())
        data, wide, high = pixels(self._chart)
        image = QImage(data, wide, high, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(ratio)
        self._image = image
        self.setAccessibleDescription(self._chart.description)

    def _look(self) -> "Look":
        from app.charts.drawing import Look

        colours = self._theme.colours
        return Look(
            ground=colours.surface,
            text=colours.text,
            quiet=colours.quiet,
            line=colours.line,
            series=colours.series,
            muted=colours.strong_line,
            size=self._theme.px(TEXT[TextRole.SMALL][0]) - 1,
        )

    def _area_at(self, x: float, y: float) -> "Area | None":
        if self._chart is None:
            return None
        across, down = x / max(self.width(), 1), y / max(self.height(), 1)
        return next((area for area in self._chart.areas if area.holds(across, down)), None)

    def _on_copy(self) -> None:
        if self._image is not None:
            QGuiApplication.clipboard().setImage(self._image)

    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save picture"), f"{self._name}.png", "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        )
        if name and self._chart is not None:
            self._chart.figure.savefig(name)
