"""The one stylesheet, written from the tokens; it dresses plain Qt widgets by class and by the property `role` or
`tone`.

Properties a page may set (through the helpers in `ui/widgets/labels.py` and others): `role` = a `TextRole`, `pill`,
`chip`, `hairline`, `card`, `field`; `tone` = a `Tone`; `ground` = `sunken` | `surface` | `page`.
"""

from collections.abc import Callable
from string import Template

from ui.tokens import LARGE_TEXT, TEXT, Colours, Sizes, TextRole, Tone

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QMessageBox { background: $ground; }
QWidget[ground="page"] { background: $ground; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="sunken"] { background: $sunken; }
QLabel { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget[ground="clear"], QStackedWidget { background: transparent; border: none; }

QFrame[role="hairline"] { background: $line; border: none; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${card}px; }
QLabel[role="pill"] { background: $sunken; border: 1px solid $line; border-radius: ${pill}px;
    padding: 1px ${p7}px; font-size: ${cap_px}px; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $surface; border: 1px solid $line;
    border-radius: ${control}px; padding: 0 ${p10}px; selection-background-color: $accent;
    selection-color: $on_accent; placeholder-text-color: $quiet; }
QLineEdit { min-height: ${field_height}px; }
QPlainTextEdit, QTextEdit { padding: ${p6}px ${p8}px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover { border-color: $strong_line; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 0 ${p9}px; }
QLineEdit:focus { min-height: ${focused_height}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: ${p5}px ${p7}px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $ground; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $ground; color: $quiet; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $overdue; }
QTableView QLineEdit { border-radius: 0; min-height: 0; }
QLineEdit[quiet="true"] { background: transparent; border-color: transparent; padding: 0 ${p5}px; }
QLineEdit[quiet="true"]:hover { border-color: $line; }
QLineEdit[quiet="true"]:focus { background: $surface; border-color: $accent; padding: 0 ${p4}px; }

QPushButton { background: $surface; border: 1px solid $line; border-radius: ${control}px;
    min-height: ${button_height}px; padding: 0 ${p12}px; }
QPushButton:hover { background: $hover; border-color: $strong_line; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 0 ${p11}px; }
QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton:default:hover { background: $accent_hover; }
QPushButton:default:focus { border: 2px solid $text; }
QPushButton:disabled { color: $quiet; background: $ground; border-color: $line; }
Button, IconButton { min-height: 0; padding: 0; border: none; background: transparent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialogButtonBox QPushButton { min-width: ${p64}px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${control}px;
    padding: ${p4}px; }
QToolButton:hover, QToolButton:open { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { width: 0; image: none; }

QMenu { background: $surface; border: 1px solid $line; padding: ${p4}px 0; }
QMenu::item { padding: ${p6}px ${p24}px ${p6}px ${p16}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px 0; }
QMenuBar { background: $sunken; border-bottom: 1px solid $line; padding: 0 ${p8}px; }
QMenuBar::item { padding: ${p5}px ${p10}px; background: transparent; border-radius: ${control}px; }
QMenuBar::item:selected { background: $pressed; }

QToolTip { background: $surface; color: $text; border: 1px solid $strong_line; padding: ${p4}px ${p6}px; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $strong_line; border-radius: ${p3}px; margin: ${p2}px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::handle:vertical { min-height: ${p32}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTableView, QListView, QTreeView { background: $surface; border: 1px solid $line; outline: none;
    selection-background-color: $selection; selection-color: $text; gridline-color: $line; }
QTableView:focus { border-color: $accent; }
QListView[bare="true"] { background: transparent; border: none; }
QTableView QTableCornerButton::section { background: $surface; border: none; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $quiet; border: none; border-bottom: 1px solid $line;
    padding: 0 ${p10}px; font-size: ${small_px}px; font-weight: 500; }
QListView::item { padding: ${p4}px ${p8}px; }
QListView::item:selected { background: $selection; color: $text; }

QProgressBar { background: $pressed; border: none; border-radius: ${p2}px; max-height: ${p4}px; min-height: ${p4}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p2}px; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QCalendarWidget QWidget { alternate-background-color: $surface; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QToolButton { padding: ${p4}px ${p8}px; font-weight: 600; }
QCalendarWidget QAbstractItemView { background: $surface; border: none; outline: none;
    selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QAbstractItemView:disabled { color: $quiet; }
QCalendarWidget QSpinBox { background: $surface; border: 1px solid $line; }
""")


def stylesheet(colours: Colours, sizes: Sizes, px: Callable[[float], int], *, family: str, tighten: bool) -> str:
    """Write the stylesheet of one scheme at one text size."""
    values: dict[str, object] = {
        name: getattr(colours, name) for name in colours.__slots__ if isinstance(getattr(colours, name), str)
    }
    values |= {f"p{n}": px(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 24, 32, 64)}
    values |= {
        "control": sizes.radius_control,
        "card": sizes.radius_card,
        "pill": px(7),
        "cap_px": px(TEXT[TextRole.CAP][0]),
        "small_px": px(TEXT[TextRole.SMALL][0]),
        "field_height": px(sizes.control) - 2,
        "focused_height": px(sizes.control) - 4,
        "button_height": px(sizes.control) - 4,
    }
    return "\n".join([_SHEET.substitute(values), *_roles(px, family=family, tighten=tighten), *_tones(colours)])


def _roles(px: Callable[[float], int], *, family: str, tighten: bool) -> list[str]:
    rules = []
    for role, (pixels, weight, spacing) in TEXT.items():
        letters = f" letter-spacing: {spacing * px(pixels):.2f}px;" if tighten and spacing else ""
        face = f' font-family: "{family}";' if role in LARGE_TEXT else ""
        rules.append(f'QLabel[role="{role}"] {{ font-size: {px(pixels)}px; font-weight: {weight};{face}{letters} }}')
    rules.append('QLabel[strong="true"] { font-weight: 600; }')
    return rules


def _tones(colours: Colours) -> list[str]:
    rules = [f'QLabel[tone="{tone}"] {{ color: {colours.tone(tone)}; }}' for tone in Tone]
    rules += [
        f'QWidget[ground="{ground}"] QLabel[tone="{tone}"] {{ color: {colours.tone(tone, tinted=True)}; }}'
        for ground in ("sunken", "tinted")
        for tone in (Tone.OK, Tone.DUE, Tone.OVERDUE)
    ]
    return rules
