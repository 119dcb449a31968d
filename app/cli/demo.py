"""`demo BOOK`: write the sample book."""

from datetime import date
from pathlib import Path

from app.services.samples import demo_book
from app.words.catalogue import tr


def demo(path: Path, today: date) -> str:
    """Make the sample book at a free place; gives the sentence to print."""
    demo_book(path, today)
    return tr("The sample agency is in {book}. Nothing in it is real: change what you like.").format(book=path)
