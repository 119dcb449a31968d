"""One theme dresses everything, and says when it has changed."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.icons import FOLDER, Icon, Icons
from ui.interpreter import keep_none_alive
from ui.theme import Theme, ThemeChoice
from ui.tokens import DARK, LIGHT, TextRole, Tone
from ui.widgets.labels import body, title


def test_dark_brings_its_own_palette(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_choice(ThemeChoice.DARK)
    assert theme.dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.ground
    theme.set_choice(ThemeChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.ground


def test_an_unknown_system_scheme_counts_as_light(qapp: QApplication) -> None:
    assert not Theme(qapp, ThemeChoice.SYSTEM).dark


def test_a_label_follows_the_scheme(theme: Theme, qtbot: QtBot) -> None:
    label = body("late", tone=Tone.OVERDUE)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().color(label.foregroundRole()).name().upper() == LIGHT.overdue
    theme.set_choice(ThemeChoice.DARK)
    assert label.palette().color(label.foregroundRole()).name().upper() == DARK.overdue
    theme.set_choice(ThemeChoice.LIGHT)


def test_text_size_goes_in_steps_between_80_and_200(theme: Theme, qtbot: QtBot) -> None:
    label = title("Clients")
    qtbot.addWidget(label)
    label.ensurePolished()
    before = label.sizeHint().height()
    for _ in range(20):
        theme.enlarge()
    assert (theme.text_size, theme.px(36)) == (200, 72)
    label.ensurePolished()
    assert label.sizeHint().height() > 1.7 * before
    for _ in range(20):
        theme.reduce()
    assert theme.text_size == 80
    theme.reset_text_size()
    assert theme.text_size == 100


def test_figures_have_one_width_in_tables_and_labels(theme: Theme, qtbot: QtBot) -> None:
    assert "tnum" in {bytes(tag.toString().data()).decode() for tag in theme.font(TextRole.BODY).featureTags()}
    label = body("1")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert "tnum" in {bytes(tag.toString().data()).decode() for tag in label.font().featureTags()}


def test_every_icon_has_a_picture_that_takes_the_tint(theme: Theme) -> None:
    icons = Icons()
    colour = theme.colour(Tone.ACCENT)
    for icon in Icon:
        assert (FOLDER / f"{icon}.svg").is_file(), icon
        image = icons.pixmap(icon, 16, colour, 2.0).toImage()
        assert (image.width(), image.devicePixelRatio()) == (32, 2.0)
        seen = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        solid = [pixel for pixel in seen if pixel.alpha() > 200]
        assert solid, icon
        assert all(abs(pixel.red() - colour.red()) < 12 for pixel in solid), icon
    assert {path.stem for path in FOLDER.glob("*.svg")} == {str(icon) for icon in Icon}


def test_none_survives_a_hundred_thousand_calls(qtbot: QtBot) -> None:
    keep_none_alive()
    label = body("x")
    qtbot.addWidget(label)
    for _ in range(100_000):
        label.update()
