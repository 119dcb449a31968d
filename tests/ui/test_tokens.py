"""Contrast is measured, not believed."""

import pytest

from ui.tokens import DARK, LIGHT, Colours, Mark, Tone


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out(colours: Colours) -> None:
    weak = {
        (text, ground): round(contrast(text, ground), 2)
        for text, ground in colours.text_pairs()
        if contrast(text, ground) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_focus_ring_and_marks_are_seen(colours: Colours) -> None:
    for ground in (colours.ground, colours.surface, colours.sunken, colours.selection):
        assert contrast(colours.accent, ground) >= 3
        for tone in (Tone.OK, Tone.DUE, Tone.OVERDUE):
            assert contrast(colours.tone(tone, tinted=True), ground) >= 3


def test_a_mark_has_the_tone_of_its_meaning() -> None:
    assert (Mark.OVERDUE.tone, Mark.DUE.tone, Mark.WELL.tone) == (Tone.OVERDUE, Tone.DUE, Tone.OK)
