"""Buttons, figures, chips, tabs, banners: reachable by key, named, literal."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import Mark, Tone
from ui.widgets.banner import Banner, BannerKind
from ui.widgets.buttons import Button, ButtonKind, IconButton
from ui.widgets.chips import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields import TextField
from ui.widgets.figure import Figure, FigureRow
from ui.widgets.flow_box import FlowBox
from ui.widgets.form import Form
from ui.widgets.labels import body, section
from ui.widgets.layout import PageHead, ScrollPage, clear, column
from ui.widgets.parsed_field import MoneyField
from ui.widgets.search_box import SearchBox
from ui.widgets.status import StatusLabel
from ui.widgets.tabs import Tabs
from ui.widgets.tick import Tick


@pytest.mark.parametrize("kind", list(ButtonKind))
def test_a_button_works_by_key_and_by_mouse_and_a_click_leaves_the_focus(
    kind: ButtonKind, theme: Theme, qtbot: QtBot
) -> None:
    button = Button(theme, "Log", key="L", kind=kind)
    qtbot.addWidget(button)
    button.show()
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(pressed) == 2
    button.grab()


def test_a_button_has_room_for_its_word_and_key(theme: Theme, qtbot: QtBot) -> None:
    short, long = Button(theme, "Log"), Button(theme, "Log", key="Ctrl L")
    qtbot.addWidget(short)
    qtbot.addWidget(long)
    assert long.sizeHint().width() > short.sizeHint().width() + 20
    small = short.sizeHint().height()
    theme.set_text_size(200)
    assert short.sizeHint().height() == 2 * small
    theme.reset_text_size()


def test_an_icon_button_has_a_name(theme: Theme, icons: Icons, qtbot: QtBot) -> None:
    button = IconButton(theme, icons, Icon.CLOSE, "Dismiss", key="Esc")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Dismiss"
    assert "Esc" in button.toolTip()


def test_a_figure_says_all_and_opens_by_key(theme: Theme, qtbot: QtBot) -> None:
    figure = Figure(theme, "TFI", "£147,862", "S £4,120 × (L 5.3 y ÷ T 54 d)")
    qtbot.addWidget(figure)
    figure.show()
    assert figure.accessibleName() == "TFI: £147,862, S £4,120 × (L 5.3 y ÷ T 54 d)"
    with qtbot.waitSignal(figure.clicked):
        qtbot.keyClick(figure, Qt.Key.Key_Space)
    figure.set_figure("", "one purchase only", Tone.QUIET)
    assert figure.value == "–"
    figure.resize(60, figure.height())
    figure.grab()
    assert "one purchase only" in figure.toolTip()


def test_figures_stand_side_by_side_with_equal_width(theme: Theme, qtbot: QtBot) -> None:
    figures = [Figure(theme, word, "1") for word in ("A", "Lifetime value", "C")]
    line = FigureRow(figures)
    qtbot.addWidget(line)
    line.resize(800, 80)
    line.show()
    widths = [figure.width() for figure in figures]
    assert max(widths) - min(widths) <= 1


def test_a_status_is_a_word_and_a_mark(theme: Theme, qtbot: QtBot) -> None:
    marked, plain = StatusLabel(theme, Mark.DUE, "4 days"), StatusLabel(theme, Mark.NONE, "4 days")
    qtbot.addWidget(marked)
    qtbot.addWidget(plain)
    assert marked.accessibleName() == "4 days"
    assert marked.sizeHint().width() > plain.sizeHint().width()
    for mark in Mark:
        marked.set_status(mark, "x")
        marked.grab()


def test_a_chip_goes_by_its_cross_and_by_delete(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "tier is R&D or Gold")
    qtbot.addWidget(chip)
    chip.show()
    chip.resize(chip.sizeHint())
    removed: list[int] = []
    clicked: list[int] = []
    chip.removed.connect(lambda: removed.append(1))
    chip.clicked.connect(lambda: clicked.append(1))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, chip.height() // 2))
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, chip.height() // 2))
    assert (len(removed), len(clicked)) == (2, 1)
    assert chip.accessibleName() == "tier is R&D or Gold"


def test_a_flow_box_wraps_and_lets_go(theme: Theme, qtbot: QtBot) -> None:
    box = FlowBox()
    qtbot.addWidget(box)
    for number in range(6):
        box.add(Button(theme, f"Button {number}"))
    one = box.heightForWidth(2_000)
    assert box.heightForWidth(200) > 2 * one
    box.resize(200, box.heightForWidth(200))
    box.show()
    places = [(widget.x(), widget.y()) for widget in box.widgets]
    assert len(set(places)) == 6
    assert all(widget.geometry().right() < 200 for widget in box.widgets)
    box.remove_all()
    assert box.widgets == ()
    assert box.heightForWidth(200) == 0


def test_what_is_hidden_takes_no_room_in_a_flow_box(theme: Theme, qtbot: QtBot) -> None:
    box = FlowBox()
    qtbot.addWidget(box)
    first, second, third = (Button(theme, f"Button {number}") for number in range(3))
    for button in (first, second, third):
        box.add(button)
    box.resize(2_000, box.heightForWidth(2_000))
    box.show()
    places = first.x(), second.x(), third.x()
    second.hide()
    qtbot.waitUntil(lambda: third.x() == places[1])
    assert box.sizeHint().width() < third.x() + third.width() + second.width()
    first.hide()
    qtbot.waitUntil(lambda: third.x() == places[0])
    first.show()
    second.show()
    qtbot.waitUntil(lambda: (first.x(), second.x(), third.x()) == places)


def test_tabs_build_a_page_when_first_shown_and_go_by_key(theme: Theme, qtbot: QtBot) -> None:
    built: list[str] = []

    def make(key: str) -> QWidget:
        built.append(key)
        return body(key)

    tabs = Tabs(theme)
    qtbot.addWidget(tabs)
    for key in ("plan", "R&D", "money"):
        tabs.add(key, key, lambda key=key: make(key))
    tabs.show()
    assert (built, tabs.current) == (["plan"], "plan")
    assert tabs.strip.tabText(1) == "R&&D"
    qtbot.keyClick(tabs.strip, Qt.Key.Key_Right)
    assert (built, tabs.current) == (["plan", "R&D"], "R&D")
    qtbot.keyClick(tabs.strip, Qt.Key.Key_Left)
    with qtbot.waitSignal(tabs.shown) as shown:
        tabs.show_tab("money")
    assert shown.args == ["money"]
    assert built == ["plan", "R&D", "money"]


def test_escape_empties_a_search_then_leaves(theme: Theme, icons: Icons, qtbot: QtBot) -> None:
    box = SearchBox(theme, icons, "Type to filter", key="Ctrl F")
    qtbot.addWidget(box)
    box.show()
    typed: list[str] = []
    box.textEdited.connect(typed.append)
    qtbot.keyClicks(box, "ac")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (typed, box.text()) == (["a", "ac", ""], "")
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_an_empty_page_has_one_sentence_and_one_button(theme: Theme, icons: Icons, qtbot: QtBot) -> None:
    empty = EmptyState(theme, icons, Icon.TODAY, "Nobody is waiting.", action="Log contact")
    qtbot.addWidget(empty)
    empty.resize(600, 400)
    empty.show()
    assert empty.button.isVisible()
    assert not empty.detail.isVisible()
    empty.set_words("Nobody.", "Next due: Acme")
    assert empty.detail.isVisible()


def test_a_tick_can_be_clicked_on_its_words(theme: Theme, qtbot: QtBot) -> None:
    tick = Tick(theme, "Footfall & figures")
    qtbot.addWidget(tick)
    tick.show()
    tick.resize(tick.sizeHint())
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.width() - 4, tick.height() // 2))
    assert tick.isChecked()
    assert tick.accessibleName() == "Footfall & figures"


def test_a_page_head_keeps_its_buttons_when_narrow(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "New client")
    head = PageHead(theme, "Clients " * 20, "41 shown " * 20, button)
    qtbot.addWidget(head)
    head.resize(500, 40)
    head.show()
    assert button.geometry().right() <= 500
    assert button.width() == button.sizeHint().width()


def test_a_scrolling_page_follows_the_keyboard(theme: Theme, qtbot: QtBot) -> None:
    page = ScrollPage(theme)
    qtbot.addWidget(page)
    buttons = [Button(theme, str(number)) for number in range(60)]
    for button in buttons:
        page.body.addWidget(button)
    page.resize(400, 300)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(40):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.verticalScrollBar().value() > 0
    assert page.viewport().rect().contains(buttons[40].mapTo(page.viewport(), buttons[40].rect().center()))


def test_clearing_a_layout_takes_all_out(theme: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = column(section("a"), column(body("b")), None, Button(theme, "c"))
    host.setLayout(layout)
    clear(layout)
    assert layout.count() == 0


def test_a_narrow_banner_puts_its_buttons_under_the_sentence_and_cuts_nothing_off(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    sentence = "Open for reading only, for a reason that is long. " * 3
    banner = Banner(theme, BannerKind.NOTICE, sentence, action="Save a copy")
    second = banner.add_button("Write it here all the same")
    page.setLayout(column(banner, None))
    for width, under in ((1400, False), (460, True)):
        page.resize(width, 400)
        page.show()
        qtbot.waitUntil(lambda under=under: (second.y() > banner.label.geometry().bottom()) is under)
        assert banner.label.height() >= banner.label.heightForWidth(banner.label.width())


class _Windows(QObject):
    """Notes what shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_a_part_shows_itself_only_within_what_holds_it(theme: Theme, icons: Icons, qtbot: QtBot) -> None:
    windows = _Windows()
    QApplication.instance().installEventFilter(windows)  # type: ignore[union-attr]
    form = Form(theme)
    form.add("firm", "Your firm", TextField())
    parts = (
        Banner(theme, BannerKind.NOTICE, "The newest fee is old.", action="View as of then"),
        EmptyState(theme, icons, Icon.TODAY, "Nobody is waiting.", "Next due: Acme.", action="Log contact"),
        MoneyField(int, str, before="£"),
        form,
    )
    QApplication.instance().removeEventFilter(windows)  # type: ignore[union-attr]
    for part in parts:
        qtbot.addWidget(part)
    assert windows.shown == []


def test_banners_are_drawn_in_both_kinds(theme: Theme, qtbot: QtBot) -> None:
    for kind in BannerKind:
        banner = Banner(theme, kind, "Read-only", action="Why?")
        qtbot.addWidget(banner)
        banner.resize(300, 40)
        banner.show()
        ground = banner.grab().toImage().pixelColor(2, 2).name().upper()
        tints = {BannerKind.NOTICE: theme.colours.tint_due, BannerKind.ALARM: theme.colours.tint_overdue}
        assert ground == tints[kind]


def test_what_is_said_beneath_a_figure_breaks_in_a_narrow_place(theme: Theme, qtbot: QtBot) -> None:
    figure = Figure(theme, "TFI", "£147,862", "S £4,120 × (L 5.3 y ÷ T 54 d)")
    qtbot.addWidget(figure)
    wide, narrow = figure.heightForWidth(400), figure.heightForWidth(130)
    assert wide < narrow
    figure.resize(130, narrow)
    figure.grab()
    assert figure.toolTip() == ""
