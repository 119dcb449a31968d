"""What the box at the top finds in the book: clients, people, and words in what was logged."""

from collections.abc import Callable, Sequence
from functools import partial

from app.services.book_figures import BookFigures
from app.services.search import FoundKind, Search
from app.words import formats
from app.words.catalogue import tr
from ui.icons import Icon
from ui.widgets.result import Result

MOST_RESULTS = 40
_TABS = {
    FoundKind.CLIENT: "",
    FoundKind.PERSON: "people",
    FoundKind.CONTACT: "dialogue",
    FoundKind.FEEDBACK: "feedback",
}
_ICONS = {
    FoundKind.CLIENT: Icon.CLIENTS,
    FoundKind.PERSON: Icon.PERSON,
    FoundKind.CONTACT: Icon.ARROW_BOTH,
    FoundKind.FEEDBACK: Icon.QUOTE,
}


def results(
    search: Search, figures: BookFigures, text: str, show_client: Callable[[int, str, int], object]
) -> Sequence[Result]:
    """Find what a text may mean; each result shows its client on the tab where it stands, and itself there."""
    found = []
    for hit in search.find(text):
        entry = figures.clients.get(hit.client_id)
        if entry is None:
            continue
        day = formats.day(hit.on) if hit.on else ""
        whole = hit.kind is FoundKind.CLIENT
        detail = figures.tier_name(entry.tier) if whole else ", ".join(filter(None, (hit.client, day)))
        show = partial(show_client, hit.client_id, _TABS[hit.kind], hit.record_id)
        found.append(Result(hit.title, tr(hit.kind.capitalize()), show, detail, icon=_ICONS[hit.kind], marks=hit.marks))
    return found[:MOST_RESULTS]
