"""Native charts, calm ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.exchange.workbooks.library import Chart
from app.exchange.workbooks.styles import FONT, LINE, QUIET, RULE
from app.exchange.workbooks.xlsx import Workbook


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: its name and where its categories and values stand (sheet, row, column, to row)."""

    name: str
    sheet: str
    column: int
    categories: int
    first_row: int
    last_row: int
    colour: str


def column_chart(book: Workbook, series: Sequence[Series], *, stacked: bool, number: str) -> Chart:
    """Begin a calm column chart: hairline grid, no frame, direct legend at the top when there is more than one."""
    chart = book.chart("column", "stacked" if stacked else "")
    for one in series:
        columns = ((one.categories, one.categories), (one.column, one.column))
        categories, values = ([one.sheet, one.first_row, a, one.last_row, b] for a, b in columns)
        chart.add_series(
            {
                "name": one.name,
                "categories": categories,
                "values": values,
                "fill": {"color": one.colour},
                "border": {"none": True},
                "gap": 60,
                "overlap": 100 if stacked else 0,
            }
        )
    quiet = {"name": FONT, "size": 8.5, "color": QUIET}
    line = {"color": LINE, "width": 0.5}
    chart.set_x_axis(
        {
            "num_font": quiet,
            "line": {"color": RULE, "width": 0.5},
            "major_tick_mark": "none",
            "label_position": "low",
        }
    )
    chart.set_y_axis(
        {"num_font": quiet, "line": {"none": True}, "major_gridlines": {"visible": True, "line": line},
         "num_format": number, "major_tick_mark": "none"}
    )  # fmt: skip
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": quiet} if len(series) > 1 else {"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    return chart
