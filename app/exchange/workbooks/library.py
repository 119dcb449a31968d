"""XlsxWriter's shape, as far as we use it; it brings no types and is imported when a workbook is first written."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO, Protocol, TypeAlias

Options: TypeAlias = Mapping[str, object]
Format: TypeAlias = object
"""A look, made once and shared by cells."""


class Chart(Protocol):
    """A native chart."""

    add_series: Callable[[Options], None]
    set_x_axis: Callable[[Options], None]
    set_y_axis: Callable[[Options], None]
    set_title: Callable[[Options], None]
    set_legend: Callable[[Options], None]
    set_chartarea: Callable[[Options], None]
    set_plotarea: Callable[[Options], None]
    set_size: Callable[[Options], None]


class Worksheet(Protocol):
    """A sheet."""

    write_string: Callable[[int, int, str, Format], int]
    write_number: Callable[[int, int, float, Format], int]
    write_blank: Callable[[int, int, None, Format], int]
    write_formula: Callable[[int, int, str, Format, float], int]
    merge_range: Callable[[int, int, int, int, str, Format], int]
    set_column: Callable[[int, int, float], int]
    set_row: Callable[[int, float], int]
    add_table: Callable[[int, int, int, int, Options], int]
    insert_chart: Callable[[int, int, Chart, Options], int]
    freeze_panes: Callable[[int, int], None]
    set_h_pagebreaks: Callable[[list[int]], None]
    repeat_columns: Callable[[int, int], None]
    print_across: Callable[[], None]
    repeat_rows: Callable[[int], None]
    hide_gridlines: Callable[[int], None]
    set_paper: Callable[[int], None]
    set_landscape: Callable[[], None]
    set_portrait: Callable[[], None]
    center_horizontally: Callable[[], None]
    set_margins: Callable[[float, float, float, float], None]
    fit_to_pages: Callable[[int, int], None]
    set_footer: Callable[[str, Options], None]
    activate: Callable[[], None]


class Book(Protocol):
    """A workbook in the making."""

    add_worksheet: Callable[[str], Worksheet]
    add_format: Callable[[Options], Format]
    add_chart: Callable[[Options], Chart]
    define_name: Callable[[str, str], int]
    set_properties: Callable[[Options], None]
    close: Callable[[], None]


def new_workbook(stream: BinaryIO, options: Options) -> Book:
    """Begin a workbook that is written to the stream when it is closed."""
    book: Book = import_module("xlsxwriter").Workbook(stream, options)
    return book
