"""`rapport export`: a list of the book as a workbook or csv."""

import argparse
from datetime import date

from app.cli import output
from app.exchange.named_lists import named_list
from app.exchange.tables import export_table
from app.exchange.workbooks.paper import paper_for
from app.services.book import Book
from app.words.catalogue import trn


def export(book: Book, asked: argparse.Namespace, as_of: date) -> None:
    """Write the list asked for (what, out) and say how many rows it has."""
    found = named_list(book, asked.what, as_of)
    report = export_table(
        found.columns, found.rows, asked.out, title=found.title, paper=paper_for(book.firm.get().currency)
    )
    rows = trn("{n} row", "{n} rows", report.rows)
    output.say(f"Wrote {rows} to {asked.out}.")
    for sentence in report.sentences:
        output.say(sentence)
