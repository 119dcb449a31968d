"""What a person chose for a list is kept for the next one with the same columns: next month's invoices."""

import json
from dataclasses import replace
from hashlib import blake2b

from app.domain.parsing import DateOrder, DecimalMark
from app.exchange.lists.fields import Kind
from ui.pages.bring.work import Wanted
from ui.view_state import ViewStore


class KeptMappings:
    """Kept on this computer, by the names of the columns; never a cell of the list."""

    def __init__(self, store: ViewStore) -> None:
        self._store = store

    def of(self, header: tuple[str, ...]) -> Wanted | None:
        """Give what was chosen for a list with these columns."""
        text = self._store.text(_key(header))
        try:
            found = json.loads(text)
            return Wanted(
                kind=Kind(found["kind"]),
                columns={str(field): str(column) for field, column in found["columns"].items()},
                date_order=DateOrder(found["dates"]) if found["dates"] else None,
                decimal=DecimalMark(found["decimal"]) if found["decimal"] else None,
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, header: tuple[str, ...], wanted: Wanted, kind: Kind) -> None:
        """Keep what was chosen; where nothing was, nothing is kept."""
        if not chosen(wanted):
            self.forget(header)
            return
        kept = {
            "kind": str(kind),
            "columns": dict(wanted.columns),
            "dates": str(wanted.date_order or ""),
            "decimal": str(wanted.decimal or ""),
        }
        self._store.keep_text(_key(header), json.dumps(kept))

    def forget(self, header: tuple[str, ...]) -> None:
        """Read such lists as new ones again."""
        self._store.keep_text(_key(header), "")


def chosen(wanted: Wanted) -> bool:
    """Whether anything was chosen that holds for the next list too."""
    return (
        replace(wanted, sheet=None, encoding=None, delimiter=None, existing=Wanted().existing, same_as={}) != Wanted()
    )


def _key(header: tuple[str, ...]) -> str:
    return f"bring/{blake2b(json.dumps(header).encode(), digest_size=12).hexdigest()}"
