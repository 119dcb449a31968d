"""Charts say what they are given, literally, in any size and look."""

import pytest

from app.charts import pareto, pyramid
from app.charts.drawing import OWN_FONT, Chart, families, pixels
from app.charts.look import Look

LOOK = Look(
    ground="#FFFFFF", text="#1F2328", quiet="#5C6370", line="#E4E2DC",
    series=("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"), muted="#C0C0C0",
)  # fmt: skip
ODD = ("$x^2$_ & <b>", "\\frac{1}{2}", "100 % $", "Zürich – Łódź", "")


def bars(*amounts: int) -> list[pareto.Bar]:
    return [pareto.Bar(str(n), f"Client {n}", amount, f"Client {n}: {amount}") for n, amount in enumerate(amounts)]


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]


@pytest.mark.parametrize("name", ODD)
def test_a_name_stands_literally(name: str) -> None:
    steps = [pyramid.Step("A", name, 3, "£1", name), pyramid.Step("B", "Gold", 2, "£2", "2 %")]
    chart = pyramid.draw(pyramid.Pyramid(steps, ""), 400, 200, 1.0, LOOK)
    assert texts(chart).count(name) == 2
    data, _, _ = pixels(chart)
    assert len(set(data)) > 1
    drawn = pareto.draw(pareto.Pareto(bars(5, 3), 1, name, ""), 400, 200, 1.0, LOOK)
    assert name in texts(drawn)
    pixels(drawn)


def test_no_text_is_read_as_a_formula() -> None:
    chart = pyramid.draw(pyramid.Pyramid([pyramid.Step("A", "$x^2$", 1, "$1", "$")], ""), 400, 200, 1.0, LOOK)
    assert not any(text.get_parse_math() for axes in chart.figure.axes for text in axes.texts)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_the_picture_is_as_sharp_as_the_screen(ratio: float) -> None:
    chart = pareto.draw(pareto.Pareto(bars(5, 3, 1), 1, "clients", ""), 480, 200, ratio, LOOK)
    data, wide, high = pixels(chart)
    assert (wide, high) == (round(480 * ratio), round(200 * ratio))
    assert len(data) == wide * high * 4


def test_the_strong_ones_are_coloured_and_the_others_muted() -> None:
    chart = pareto.draw(pareto.Pareto(bars(5, 3, 1, 1), 2, "clients", ""), 480, 200, 1.0, LOOK)
    (axes,) = chart.figure.axes
    from matplotlib.colors import to_hex

    colours = [to_hex(bar.get_facecolor()).upper() for bar in axes.patches]
    assert colours == [LOOK.series[0]] * 2 + [LOOK.muted.upper()] * 2


def test_the_curve_ends_at_the_whole() -> None:
    chart = pareto.draw(pareto.Pareto(bars(6, 3, 1), 1, "clients", ""), 480, 200, 1.0, LOOK)
    (axes,) = chart.figure.axes
    heights = list(axes.lines[0].get_ydata())
    assert [round(height / heights[-1], 6) for height in heights] == [0.6, 0.9, 1.0]


def test_each_bar_can_be_pointed_at() -> None:
    chart = pareto.draw(pareto.Pareto(bars(5, 3, 1), 1, "clients", ""), 480, 200, 1.0, LOOK)
    assert [area.key for area in chart.areas] == ["0", "1", "2"]
    for area in chart.areas:
        middle = (area.left + area.width / 2, area.top + area.height / 2)
        assert [other.key for other in chart.areas if other.holds(*middle)] == [area.key]
        assert area.left >= 0
        assert area.left + area.width <= 1


def test_too_many_bars_are_cut_and_it_is_said() -> None:
    chart = pareto.draw(pareto.Pareto(bars(*range(200, 0, -1)), 1, "clients", ""), 480, 200, 1.0, LOOK)
    assert len(chart.areas) == pareto.MOST_BARS
    assert "clients, the first 60" in texts(chart)


@pytest.mark.parametrize("amounts", [(), (0,), (0, 0)])
def test_without_fees_there_is_an_empty_picture(amounts: tuple[int, ...]) -> None:
    chart = pareto.draw(pareto.Pareto(bars(*amounts), 0, "clients", "No fees in this window"), 480, 200, 1.0, LOOK)
    assert chart.areas == ()
    assert chart.description == "No fees in this window"
    pixels(chart)


def test_the_pyramid_widens_downwards_and_each_step_can_be_clicked() -> None:
    steps = [pyramid.Step(key, key, 1, "£1", "1 %") for key in "ABCD"]
    chart = pyramid.draw(pyramid.Pyramid(steps, ""), 400, 200, 1.0, LOOK)
    (axes,) = chart.figure.axes
    widths = [patch.get_bbox().width for patch in axes.patches]
    assert widths == sorted(widths)
    assert [area.key for area in chart.areas] == list("ABCD")
    assert all(area.top >= 0 and area.top + area.height <= 1 for area in chart.areas)


def test_a_tier_keeps_its_colour_whoever_is_above() -> None:
    from matplotlib.colors import to_hex

    def colours(*ranks: int) -> list[str]:
        steps = [pyramid.Step(str(rank), "", 1, "", "", rank) for rank in ranks]
        (axes,) = pyramid.draw(pyramid.Pyramid(steps, ""), 400, 200, 1.0, LOOK).figure.axes
        return [to_hex(patch.get_facecolor()) for patch in axes.patches]

    assert colours(0, 1, 2)[2:] == colours(2)


def test_an_empty_pyramid_is_no_error() -> None:
    pixels(pyramid.draw(pyramid.Pyramid([], ""), 400, 200, 1.0, LOOK))


def test_a_typeface_nobody_has_falls_back() -> None:
    assert families("No Such Typeface At All") == [OWN_FONT]
    assert families(OWN_FONT) == [OWN_FONT, OWN_FONT]
