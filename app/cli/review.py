"""`rapport review`: the review workbook of one client."""

import argparse
from datetime import date

from app.cli import output
from app.domain.reviews import Edition
from app.exchange.review.workbook import write_review
from app.services.book import Book


def review(book: Book, asked: argparse.Namespace, as_of: date) -> None:
    """Write the review of the client asked for (client, out, edition, start, until) and say what was written."""
    client = book.clients.find(asked.client)
    gathered = book.reviews.gather(client.id, as_of, Edition(asked.edition), asked.start, asked.until)
    report = write_review(gathered, asked.out)
    output.say(f"Wrote {asked.out}.")
    for sentence in report.sentences:
        output.say(sentence)
