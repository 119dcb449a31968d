"""A chart in the window: drawn at the screen's own sharpness, told in words, clickable, copyable.

Usage: `view = ChartView(theme, tasks, name="Pareto")`, then `view.set_chart(draw)` whenever the data has changed.
`draw(width, height, ratio, look)` gives an `app.charts.drawing.Chart` from plain values; it runs in a thread of
`tasks`, which must have one thread only, for matplotlib stands no two. `view.chosen` gives the key of the part clicked,
or gone to by the arrows and taken by Enter. Nothing of matplotlib is imported before the view is painted for the first
time, and never in the window's thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QToolTip, QWidget

from app.words.catalogue import tr
from ui.tasks.runner import Cancelled, Report, Task, Tasks
from ui.theme import Theme
from ui.tokens import SIZES, TEXT, TextRole
from ui.widgets.painting import focus_ring
from ui.widgets.text import tip

if TYPE_CHECKING:
    from app.charts.drawing import Area, Chart
    from app.charts.look import Look

Draw = Callable[[int, int, float, "Look"], "Chart"]
SETTLE_MS = 60
HEIGHT = 200
SMALLEST = 40


@dataclass(frozen=True, slots=True)
class _Picture:
    """A chart with its pixels, and what they were drawn for."""

    chart: "Chart"
    pixels: bytes
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Drawing:
    draw: Draw
    width: int
    height: int
    ratio: float
    look: "Look"

    def __call__(self, _report: Report, _cancelled: Cancelled) -> _Picture:
        from app.charts.drawing import pixels

        chart = self.draw(self.width, self.height, self.ratio, self.look)
        data, wide, high = pixels(chart)
        return _Picture(chart, data, (wide, high))


class ChartView(QWidget):
    """Shows one chart."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._draw: Draw | None = None
        self._name = name
        self._chart: Chart | None = None
        self._image: QImage | None = None
        self._stale = False
        self._current = -1
        self._task: Task | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.redraw)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme_changed)

    def set_chart(self, draw: Draw) -> None:
        """Show another chart."""
        self._draw = draw
        self.redraw()

    def redraw(self) -> None:
        """Draw anew when next painted; until then the old picture stands."""
        self._stale = True
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a chart is where nothing else says."""
        return QSize(self._theme.px(400), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(self._theme.px(200), self._theme.px(150))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew once the size has settled."""
        super().resizeEvent(event)
        self._later.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture there is, and have a new one drawn where it is no longer true."""
        if self._stale and self._task is None:
            self._begin()
        painter = QPainter(self)
        if self._image is not None:
            painter.drawImage(self.rect(), self._image)
        if self.hasFocus():
            area = self._current_area()
            focus_ring(painter, self._place_of(area) if area else self.rect(), SIZES.radius_control, self._theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part, and take one."""
        count = len(self._chart.areas) if self._chart else 0
        area = self._current_area()
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down if count:
                self._go_to(min(self._current + 1, count - 1))
            case Qt.Key.Key_Left | Qt.Key.Key_Up if count:
                self._go_to(max(self._current - 1, 0))
            case Qt.Key.Key_Home if count:
                self._go_to(0)
            case Qt.Key.Key_End if count:
                self._go_to(count - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if area:
                self.chosen.emit(area.key)
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin anew the next time."""
        super().focusOutEvent(event)
        self._current = -1
        QToolTip.hideText()
        self._describe()

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

    def _begin(self) -> None:
        if self._draw is None or min(self.width(), self.height()) < SMALLEST:
            return
        self._stale = False
        work = _Drawing(self._draw, self.width(), self.height(), self.devicePixelRatioF(), self._look())
        self._task = self._tasks.run(work, self._on_drawn, title=tr("Drawing"))
        self._task.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._task = None

    def _on_drawn(self, picture: _Picture) -> None:
        image = QImage(picture.pixels, *picture.size, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._chart, self._image = picture.chart, image
        self._current = min(self._current, len(picture.chart.areas) - 1)
        # A picture without parts has nothing for the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if picture.chart.areas else Qt.FocusPolicy.NoFocus)
        self._describe()
        self.update()

    def _go_to(self, place: int) -> None:
        self._current = place
        self._describe()
        area = self._current_area()
        if area:
            QToolTip.showText(self.mapToGlobal(self._place_of(area).bottomLeft()), tip(area.words), self)
        self.update()

    def _current_area(self) -> "Area | None":
        return self._chart.areas[self._current] if self._chart and self._current >= 0 else None

    def _place_of(self, area: "Area") -> QRect:
        width, height = self.width(), self.height()
        left, top = round(area.left * width), round(area.top * height)
        return QRect(left, top, max(round(area.width * width), 1), max(round(area.height * height), 1))

    def _describe(self) -> None:
        """Say the part gone to, else the whole, to those who do not see it."""
        area = self._current_area()
        self.setAccessibleDescription(area.words if area else self._chart.description if self._chart else "")

    def _on_theme_changed(self) -> None:
        # A light picture on a dark page is worse than none for a moment.
        self._image = None
        self.redraw()

    def _look(self) -> "Look":
        from app.charts.look import Look

        colours = self._theme.colours
        return Look(
            ground=colours.surface,
            text=colours.text,
            quiet=colours.quiet,
            line=colours.line,
            series=colours.series,
            muted=colours.strong_line,
            size=self._theme.px(TEXT[TextRole.SMALL][0]) - 1,
            font=self._theme.font(TextRole.SMALL).family(),
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
