"""`rapport log`, `history`, `undo` and `redo`."""

from datetime import date
from typing import Any

from app.cli import output
from app.services.book import Book
from app.services.quick_log import Understood
from app.words import formats, names


def log(book: Book, text: str, on: date, *, as_json: bool) -> None:
    """Log a contact from one line."""
    understood = book.quick_log.log(text, on)
    if as_json:
        output.say_json(_answer(understood))
    else:
        contact = understood.contact
        people = formats.listed(person.name for person in understood.people)
        parts = [names.name(contact.direction), names.name(contact.channel).lower(), people, contact.summary]
        output.say(f"Logged with {understood.client.name}: {', '.join(filter(None, parts))}.")
        for promise in understood.promises:
            output.say(f"  {names.name(promise.by)}: {promise.what} ({formats.day(promise.due)})")
        if understood.unknown:
            output.say(f"  Not among their people, kept in the words: {formats.listed(understood.unknown)}.")


def history_answer(book: Book) -> dict[str, Any]:
    """Give the steps of the book, newest first."""
    return {
        "steps": [
            {"id": s.id, "when": s.when.isoformat(), "who": s.who, "what": s.what, "undone": s.undone}
            for s in book.history.steps()
        ]
    }


def print_history(answer: dict[str, Any]) -> None:
    """Write the steps as lines."""
    for step in answer["steps"]:
        output.say(f"{step['when'][:16]}  {step['who']}  {step['what']}{'  (undone)' if step['undone'] else ''}")
    if not answer["steps"]:
        output.say("Nothing has been changed in this book yet.")


def _answer(understood: Understood) -> dict[str, Any]:
    contact = understood.contact
    return {
        "client": understood.client.ref,
        "date": contact.on.isoformat(),
        "direction": str(contact.direction),
        "channel": str(contact.channel),
        "purpose": None if contact.purpose is None else str(contact.purpose),
        "minutes": contact.minutes,
        "people": [person.name for person in understood.people],
        "summary": contact.summary,
        "promises": [
            {"by": str(p.by), "what": p.what, "due": None if p.due is None else p.due.isoformat()}
            for p in understood.promises
        ],
    }
