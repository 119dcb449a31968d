"""“Deleted 3 clients  [Undo]”: a toast whose Undo takes back exactly the step it speaks of.

Usage: `done = UndoToast(desk, book.history)`; after a service has changed the book: `done.say("Deleted 3 clients")`.
"""

from functools import partial

from app.services.history import History
from app.words.catalogue import tr
from ui.desk import Desk


class UndoToast:
    """Shows what was done, and offers to take it back while it is still the last step.

    After `begin()` an act that turns out to be no step, since all stood so already, is not said to be done.
    """

    def __init__(self, desk: Desk, history: History) -> None:
        self._desk = desk
        self._history = history
        self._before: int | None = None

    def begin(self) -> None:
        """Note the last step before an act that may change nothing."""
        step, _ = self._history.next_steps()
        self._before = None if step is None else step.id

    def say(self, words: str) -> None:
        """Say what was done last."""
        before, self._before = self._before, None
        step, _ = self._history.next_steps()
        if step is not None and step.id == before:
            self._desk.toasts.show_words(tr("Nothing was changed: it stood so already."))
        elif step is None:
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
