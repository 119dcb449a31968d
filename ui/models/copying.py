"""Rows on the clipboard: as tab-separated text and as a table, which spreadsheets take as text, never as a formula."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QMimeData

from app.exchange.safe_text import csv_safe
from ui.models.rows import Align, Column
from ui.widgets.text import escaped, one_line

R = TypeVar("R")


def as_clipboard(columns: Sequence[Column[R]], rows: Sequence[R]) -> QMimeData:
    """Give the rows with their titles in both forms."""
    mime = QMimeData()
    mime.setText(as_lines(columns, rows))
    mime.setHtml(as_table(columns, rows))
    return mime


def as_lines(columns: Sequence[Column[R]], rows: Sequence[R]) -> str:
    """Tab-separated lines; a text that a spreadsheet would compute gets an apostrophe."""
    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(_cell(column, row) for column in columns) for row in rows]
    return "\n".join(lines)


def as_table(columns: Sequence[Column[R]], rows: Sequence[R]) -> str:
    """An HTML table; columns of words are marked as text for spreadsheets."""
    head = "".join(f"<th>{escaped(column.title)}</th>" for column in columns)
    lines = ["<tr>" + "".join(_html_cell(column, row) for column in columns) + "</tr>" for row in rows]
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def _cell(column: Column[R], row: R) -> str:
    text = one_line(column.text(row))
    return csv_safe(text).text if column.align is Align.LEFT else text


def _html_cell(column: Column[R], row: R) -> str:
    as_words = " style=\"mso-number-format:'\\@'\"" if column.align is Align.LEFT else " align=right"
    return f"<td{as_words}>{escaped(one_line(column.text(row)))}</td>"
