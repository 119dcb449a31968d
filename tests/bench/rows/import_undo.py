"""Undo, and redo, of an import of 100,000 fees."""

import statistics
import time
from collections.abc import Iterator

from lists import bring, csv_list, empty_book
from measuring import Bench, Figure, seconds_of


def measure(bench: Bench) -> Iterator[Figure]:
    """Take the import back and do it again."""
    book = empty_book(bench.folder)
    try:
        bring(book, csv_list(bench.folder, bench.today), bench.today)
        acts = (book.history.undo, book.history.redo)
        runs = [[seconds_of(act, time.process_time) for act in acts] for _ in range(bench.runs + 1)][1:]
    finally:
        book.close()
    yield Figure("undo of that import", statistics.median(undo for undo, _ in runs), 2, 0.5)
    yield Figure("redo of that import", statistics.median(redo for _, redo in runs))
