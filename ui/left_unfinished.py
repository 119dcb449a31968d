"""After a crash: what was left unfinished is named in a bar, with a way to the latest of it (RELIABILITY P3)."""

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from app.drafts import Drafts
from app.words import formats
from app.words.catalogue import tr
from ui.widgets.text import one_line

if TYPE_CHECKING:
    from ui.session import Session

NOTICE = "left-unfinished"
NAMED = 3
# A draft's key: what it is, whose, and, where it changes a record, the mark of that record.
_KEY = re.compile(r"(?P<what>.+?)(?: (?:of|with) (?P<whose>\d+))?(?: [0-9a-f]{16})?")


class _Kind(NamedTuple):
    words: str
    tab: str = ""


_LOG, _CLIENT = "log", "client"
_OF_CLIENTS = {
    _LOG: _Kind("a contact to log", "dialogue"),
    "line": _Kind("a line of the dialogue", "dialogue"),
    "contact": _Kind("a contact", "dialogue"),
    "planned contact": _Kind("a planned contact", "dialogue"),
    "promise": _Kind("a promise", "dialogue"),
    "feedback": _Kind("a feedback", "feedback"),
    "person": _Kind("a person", "people"),
    "fee": _Kind("a fee", "money"),
    "cost": _Kind("a cost", "money"),
    "engagement": _Kind("an engagement", "money"),
    "plan": _Kind("a plan", "plan"),
    "stage": _Kind("a stage"),
}
_SETTINGS = {
    "colleague": "a colleague", "firm and rules": "the firm and its rules", "tiers": "the tiers",
    "cadence": "how often contact is due",
}  # fmt: skip
_OTHERS = {_CLIENT: "a client", **_SETTINGS}


class LeftUnfinished(QObject):
    """Speaks once; the forms themselves are filled in when they are opened again."""

    def __init__(self, session: "Session", drafts: Drafts) -> None:
        super().__init__(session)
        self._session = session
        self._keys = [key for key, _ in drafts.left()[:NAMED]]

    def say(self) -> None:
        """Show the bar, if anything was left."""
        if not self._keys:
            return
        names = {client.id: client.name for client in self._session.book.clients.every()}
        told = formats.listed(list(dict.fromkeys(_words(key, names) for key in self._keys)))
        close = (tr("Close"), self._close)
        go = (tr("Go on with it"), self._go)
        first, second = (go, close) if self._way() else (close, None)
        self._session.window.set_notice(
            NOTICE,
            tr("Left unfinished when Rapport was ended: {what}. It stands there when you open it again.").format(
                what=told
            ),
            action=first[0],
            run=first[1],
            second=second,
        )

    def _way(self) -> Callable[[], object] | None:
        what, whose = _read(self._keys[0])
        if what == _LOG:
            return partial(self._session.log, whose)
        if what == _CLIENT and whose is None:
            return self._session.window.commands["client.new"].trigger
        if what in _SETTINGS:
            return partial(self._session.window.show_page, "settings")
        kind = _OF_CLIENTS.get(what)
        return partial(self._session.show_client, whose, kind.tab) if kind and whose is not None else None

    def _go(self) -> None:
        way = self._way()
        self._close()
        if way:
            way()

    def _close(self) -> None:
        self._session.window.set_notice(NOTICE, "")


def _read(key: str) -> tuple[str, int | None]:
    found = _KEY.fullmatch(key)
    what, whose = (found["what"], found["whose"]) if found else (key, None)
    return what, int(whose) if whose else None


def _words(key: str, names: dict[int, str]) -> str:
    what, whose = _read(key)
    kind = _OF_CLIENTS.get(what)
    if kind is None:
        return tr(_OTHERS.get(what, "a part of a plan"))
    client = names.get(whose or 0)
    return tr("{what} ({client})").format(what=tr(kind.words), client=one_line(client)) if client else tr(kind.words)
