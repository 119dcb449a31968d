"""Draws the icon in the sizes desktops ask for: `python packaging/icons/render.py`, after the SVG has changed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def render(size: int) -> None:
    """Write `rapport-<size>.png`, the width in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(HERE / "rapport.svg")).render(painter)
    painter.end()
    image.save(str(HERE / f"rapport-{size}.png"))


if __name__ == "__main__":
    for size in SIZES:
        render(size)
