"""“Deleted 3 clients  [Undo]”: a toast whose Undo takes back exactly the step it speaks of.

Usage: `done = UndoToast(desk, book.history)`; after a service has changed the book: `done.say("Deleted 3 clients")`.
"""

from functools import partial

from app.services.history import History
from app.words.catalogue import tr
from ui.desk import Desk


class UndoToast:
    """Shows what was done, and offers to take it back while it is still the last step."""

    def __init__(self, desk: Desk, history: History) -> None:
        self._desk = desk
        self._history = history

    def say(self, words: str) -> None:
        """Say what was done last."""
        step, _ = self._history.next_steps()
        if step is None:
            self._desk.toasts.show_words(words)
        else:
            self._desk.toasts.show_words(words, action=tr("Undo"), key="Ctrl Z", run=partial(self._undo, step.id))

    def _undo(self, step_id: int) -> None:
        step, _ = self._history.next_steps()
        if step is None or step.id != step_id:
            # Something else was done meanwhile; taking that back instead would be a surprise.
            self._desk.toasts.show_words(tr("More was changed since. Ctrl+Z takes steps back one by one."))
            return
        done = self._history.undo()
        self._desk.toasts.show_words(tr("Took back: {what}").format(what=done.what))
