"""The bars over a book just opened: why it is read-only, what was noticed, what kind of place it lies in."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.opening import ConflictedCopy, Noticed
from app.domain.places import PlaceKind
from app.errors import WayOut
from app.settings import SettingsFile
from app.words import opening as words
from app.words.catalogue import tr
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.tasks.runner import Cancelled, Report, Tasks
from ui.ways_out import WaysOut

if TYPE_CHECKING:
    from app.services.book import Book


class OpeningNotices(QObject):
    """Says it once; a bar with nothing else to offer is taken away by its button."""

    compare_wanted = Signal()

    def __init__(
        self, window: MainWindow, ways: WaysOut, settings: SettingsFile, messages: Messages, tasks: Tasks
    ) -> None:
        super().__init__(window)
        self._window = window
        self._ways = ways
        self._settings = settings
        self._messages = messages
        self._tasks = tasks

    def show(self, book: "Book") -> None:
        """Show what there is to say of a book."""
        if not book.writable:
            self._say_why_reading_only(book)
        # Of a book that somebody else has open, or that one cannot go on with, it is no news that it has changed.
        told = [notice for notice in book.noticed if book.writable or notice.what is not Noticed.CHANGED_OUTSIDE]
        for notice in told:
            compare = (tr("Compare with the last backup…"), self._compare)
            changed = notice.what is Noticed.CHANGED_OUTSIDE
            self._say(notice.what, words.noticed(notice), second=compare if changed else None)
        if book.around.conflicted:
            self._say(
                "conflicted",
                words.conflicted([copy.name for copy in book.around.conflicted]),
                second=(tr("Compare them…"), partial(self._compare_copies, book)),
            )
        self._explain_place(book)

    def _say_why_reading_only(self, book: "Book") -> None:
        sentence = tr("Open for reading only. {why}").format(why=book.why_not_writable).strip()
        ways: list[tuple[str, Callable[[], object]]]
        ways = [(words.way(way), partial(self._ways.go, way, book.path)) for way in book.ways_out[:2]]
        if WayOut.RESTORE in book.ways_out:
            ways += self._back(book.path)
        best = ways[0] if ways else ("", None)
        self._window.set_notice(
            "read-only", sentence, action=best[0], run=best[1], second=ways[1] if len(ways) > 1 else None
        )

    def _back(self, backup: Path) -> list[tuple[str, Callable[[], object]]]:
        """Give the way from a backup that was looked into back to the book one works in."""
        known = [Path(place) for place in self._settings.current.recent[:1]]
        return [
            (tr("Back to {book}").format(book=place.stem), partial(self._ways.book_wanted.emit, place))
            for place in known
            if place != backup and place.exists()
        ]

    def _explain_place(self, book: "Book") -> None:
        folder, place = book.path.parent, book.around.place
        said_already = place.kind is PlaceKind.NETWORK and not book.writable
        if place.kind is PlaceKind.LOCAL or said_already:
            return
        if str(folder) not in self._settings.current.places_told:
            self._say("place", words.place(place))
            self._settings.keep(self._settings.current.with_told(folder))

    def _say(self, key: str, sentence: str, *, second: tuple[str, Callable[[], object]] | None = None) -> None:
        self._window.set_notice(
            key, sentence, action=tr("Close"), run=partial(self._window.set_notice, key, ""), second=second
        )

    def _compare(self) -> None:
        self.compare_wanted.emit()

    def _compare_copies(self, book: "Book") -> None:
        self._tasks.run(partial(_compared, book), self._on_compared, title=tr("Comparing the copies"))

    def _on_compared(self, copies: "Sequence[ConflictedCopy]") -> None:
        self._messages.report(
            tr("The copies beside this book"),
            tr("None of them was changed. Open one to look into it; bring over by hand what only it holds."),
            words.compared(copies),
            tr("Counts alone: an equal number of records may still differ in what they say."),
        )


def _compared(book: "Book", _report: Report, _cancelled: Cancelled) -> "Sequence[ConflictedCopy]":
    from app.services.opening import compare_copies

    return compare_copies(book.database, book.around.conflicted)
