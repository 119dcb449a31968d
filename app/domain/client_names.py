"""Who is meant by a few letters: clients found by name, code, other names, or the beginning of any word of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.clients import Client
from app.domain.names import fold


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom letters may mean: one client, several to choose from, or nobody."""

    client: Client | None = None
    others: tuple[Client, ...] = ()


class ClientNames:
    """Every name of every client, folded once."""

    def __init__(self, clients: Iterable[Client]) -> None:
        self._clients = tuple(clients)
        self._names = [
            (client, tuple(fold(name) for name in (client.name, client.code, *client.aliases) if name))
            for client in self._clients
        ]

    @property
    def clients(self) -> tuple[Client, ...]:
        """Everybody, in the order given."""
        return self._clients

    def meant(self, text: str) -> Meant:
        """Find whom a text means: an exact name first, else the only one that begins so, else by a word of the name."""
        wanted = " ".join(fold(text).split())
        if not wanted:
            return Meant()
        for fits in (_is, _begins, _has_word, _holds):
            found = [client for client, names in self._names if any(fits(name, wanted) for name in names)]
            if len(found) == 1:
                return Meant(found[0])
            if found:
                return Meant(None, tuple(found))
        return Meant()


def _is(name: str, wanted: str) -> bool:
    return name == wanted


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted)


def _has_word(name: str, wanted: str) -> bool:
    return f" {wanted}" in name


def _holds(name: str, wanted: str) -> bool:
    return len(wanted) >= 3 and wanted in name
