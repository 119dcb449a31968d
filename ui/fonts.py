"""The typeface of the window: Inter if installed, else the system's own, else the one that comes with charts."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

PREFERRED = "Inter"
DISPLAY = "Inter Display"


def interface_font() -> QFont:
    """Give the font of the window, with figures of equal width where the typeface has them."""
    if not QFontDatabase.families():
        _bring_own_font()
    font = QFont(PREFERRED) if QFontDatabase.hasFamily(PREFERRED) else QFont(QApplication.font())
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def display_family(base: QFont) -> str:
    """Name the cut for large sizes where there is one, else the family itself."""
    return DISPLAY if base.family() == PREFERRED and QFontDatabase.hasFamily(DISPLAY) else base.family()


def _bring_own_font() -> None:
    # A bare machine has no fonts at all and shows boxes; the chart library always brings DejaVu. It is found,
    # not imported.
    charts = find_spec("matplotlib")
    if charts is None or charts.origin is None:
        return
    folder = Path(charts.origin).parent / "mpl-data" / "fonts" / "ttf"
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        identity = QFontDatabase.addApplicationFont(str(folder / name))
        families = QFontDatabase.applicationFontFamilies(identity) if identity >= 0 else []
        if families and name == "DejaVuSans.ttf":
            QApplication.setFont(QFont(families[0]))
