"""Strokes shared by the widgets that paint themselves: rounded frames, focus rings, key caps, status marks."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from ui.theme import Theme
from ui.tokens import Mark, TextRole


def frame(
    painter: QPainter, rect: QRect, radius: float, fill: str | None, border: str | None, width: float = 1
) -> None:
    """Draw a rounded rectangle with its border inside `rect`, on whole pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    half = width / 2 if border else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def focus_ring(painter: QPainter, rect: QRect, radius: float, theme: Theme, *, on_accent: bool = False) -> None:
    """Draw the ring that shows where the keyboard is."""
    colour = theme.colours.text if on_accent else theme.colours.accent
    frame(painter, rect, radius, None, colour, 2)


def cap_width(theme: Theme, key: str) -> int:
    """How wide the cap of a key is."""
    return QFontMetrics(theme.font(TextRole.CAP)).horizontalAdvance(key) + theme.px(10)


def key_cap(
    painter: QPainter, theme: Theme, right_middle: QPointF, key: str, *, boxed: bool = True, colour: str | None = None
) -> int:
    """Draw a key's cap ending at a point; gives its width."""
    width, height = cap_width(theme, key), theme.px(18)
    rect = QRect(round(right_middle.x()) - width, round(right_middle.y() - height / 2), width, height)
    if boxed:
        frame(painter, rect, theme.px(4), theme.colours.surface, theme.colours.line)
    painter.setFont(theme.font(TextRole.CAP))
    painter.setPen(QColor(colour or theme.colours.quiet))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    return width


def status_mark(painter: QPainter, mark: Mark, rect: QRectF, colour: QColor) -> None:
    """Draw a diamond, ring or disc filling a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = rect.width()
    centre = rect.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    match mark:
        case Mark.OVERDUE:
            reach = size * 0.46
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(centre.x(), centre.y() - reach),
                        QPointF(centre.x() + reach, centre.y()),
                        QPointF(centre.x(), centre.y() + reach),
                        QPointF(centre.x() - reach, centre.y()),
                    ]
                )
            )
        case Mark.DUE:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, size / 6))
            painter.drawEllipse(centre, size * 0.41, size * 0.41)
        case Mark.WELL:
            painter.drawEllipse(centre, size * 0.34, size * 0.34)
        case Mark.NONE:
            return
