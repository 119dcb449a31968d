"""Whom a row names: a client of the book, one named before in the same list, or a new one (COMMANDS "Identity")."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.clients import Client
from app.domain.names import name_key
from app.exchange.lists.near import NearName, near_names, near_within
from app.words.catalogue import trn

TOLD_AT_MOST = 12
# Beyond this many new names each is compared with the clients of the book only.
MANY_NAMES = 3_000


class Match(StrEnum):
    """What decides which client a row names: its code before its name, or its name alone."""

    CODE = "code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class NamedClient:
    """A client a list can name; `id` is negative for one that is new with this list (-1 the first)."""

    id: int
    name: str
    code: str


@dataclass(slots=True)
class Naming:
    """Resolves names and codes to clients, and remembers what has to be told.

    `same_as` are a person's answers to "same as ...?": name in the list -> id of the client; each becomes an alias.
    """

    match: Match | None = None
    same_as: Mapping[str, int] = field(default_factory=dict)
    new: list[NamedClient] = field(default_factory=list)
    aliases: list[tuple[int, str]] = field(default_factory=list)
    filled_codes: dict[int, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    recoded: dict[str, str] = field(default_factory=dict)
    unclear: dict[str, str] = field(default_factory=dict)
    _by_id: dict[int, NamedClient] = field(default_factory=dict)
    _by_code: dict[str, int] = field(default_factory=dict)
    _by_text: dict[str, int] = field(default_factory=dict)
    _by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _known_names: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, clients: Iterable[Client], match: Match | None, same_as: Mapping[str, int]) -> "Naming":
        """Know the clients of the book by code, name and alias."""
        naming = cls(match, same_as)
        for client in sorted(clients, key=lambda client: client.id):
            naming._learn(NamedClient(client.id, client.name, client.code), client.aliases)
            naming._known_names += [client.name, *client.aliases]
        return naming

    def resolve_all(self, names: Sequence[str], codes: Sequence[str]) -> list[int]:
        """Give the client of each row; who is not known becomes a new client.

        Rows with a code are settled first: who a name alone means must not depend on where it stands in the file.
        """
        different = dict.fromkeys(zip(names, codes, strict=True))
        resolved = {pair: self.resolve(*pair) for pair in different if pair[1]}
        resolved |= {pair: self.resolve(*pair) for pair in different if not pair[1]}
        return list(map(resolved.__getitem__, zip(names, codes, strict=True)))

    def resolve(self, name: str, code: str) -> int:
        """Give the client that a name and a code mean; a new one is made where nobody is meant."""
        found = self.find(name, code)
        if found is None:
            return self._make(name or code, code)
        if code and not self._by_id[found].code and self.match is not Match.NAME and name != code:
            self._fill_code(found, code)
        return found

    def find(self, name: str, code: str) -> int | None:
        """Give the client meant, None where nobody is."""
        if self.same_as.get(name) in self._by_id:
            found = self.same_as[name]
            if (found, name) not in self.aliases and self._by_id[found].name != name:
                self.aliases.append((found, name))
            return found
        if code and self.match is not Match.NAME:
            by_code = self._by_code.get(code.lower())
            if by_code is not None:
                self._tell_other_name(by_code, name, code)
                return by_code
        return self._by_name(name, code) if name else None

    def client(self, client_id: int) -> NamedClient:
        """Give what is known of a client by now."""
        return self._by_id[client_id]

    def near(self) -> list[NearName]:
        """Find new names that resemble a known one or each other; codes that stand for names are not compared."""
        fresh = [client.name for client in self.new if client.name != client.code]
        found = near_names(fresh, self._known_names)
        if len(fresh) <= MANY_NAMES:
            asked = {near.name for near in found}
            found += [near for near in near_within(fresh) if near.name not in asked]
        return found

    def notices(self) -> list[str]:
        """Tell which names were joined or kept apart."""
        told = [
            *some(self.joined, "names differ only in form and were joined likewise"),
            *some(self.apart, "names stay apart likewise"),
            *some(self.recoded, "codes came with more than one name"),
            *some(self.unclear, "names stand for several clients likewise"),
        ]
        if self.filled_codes:
            told.append(
                trn(
                    "{n} client of the book gets the code that the list gives them.",
                    "{n} clients of the book get the code that the list gives them.",
                    len(self.filled_codes),
                )
            )
        return told

    def _learn(self, client: NamedClient, aliases: Iterable[str] = ()) -> None:
        self._by_id[client.id] = client
        if client.code:
            self._by_code.setdefault(client.code.lower(), client.id)
        for name in (client.name, *aliases):
            self._by_text.setdefault(name.lower(), client.id)
            key = name_key(name)
            if client.id not in self._by_key[key]:
                self._by_key[key].append(client.id)

    def _make(self, name: str, code: str) -> int:
        client = NamedClient(-1 - len(self.new), name, code)
        self.new.append(client)
        self._learn(client)
        return client.id

    def _by_name(self, name: str, code: str) -> int | None:
        same = self._by_key.get(name_key(name), [])
        fitting = [found for found in same if self._codes_agree(found, code)]
        exact = self._by_text.get(name.lower())
        if exact is not None and self._codes_agree(exact, code):
            self._tell_namesakes(exact, fitting, name)
            return exact
        if fitting:
            known = self._by_id[fitting[0]]
            self.joined.setdefault(name, f"“{name}” and “{known.name}” are taken as one client.")
            return known.id
        if same:
            other = self._by_id[same[0]]
            self.apart.setdefault(
                f"{name}\n{code}",
                f"“{name}” ({code}) and “{other.name}” ({other.code}) stay apart: their codes differ.",
            )
            return None
        # A list that calls clients by their code in the column of names.
        return None if code else self._by_code.get(name.lower())

    def _tell_namesakes(self, taken: int, fitting: Sequence[int], name: str) -> None:
        known = self._by_id[taken]
        others = [found for found in fitting if self._by_id[found].name.lower() == known.name.lower()]
        if len(others) > 1:
            self.unclear.setdefault(
                name,
                f"{len(others)} clients are called “{known.name}”; rows that give no code were taken for"
                f" {known.code or 'the one without a code'}.",
            )

    def _codes_agree(self, client_id: int, code: str) -> bool:
        own = self._by_id[client_id].code
        return self.match is Match.NAME or not code or not own or own.lower() == code.lower()

    def _fill_code(self, client_id: int, code: str) -> None:
        known = self._by_id[client_id]
        filled = NamedClient(client_id, known.name, code)
        self._by_id[client_id] = filled
        self._by_code.setdefault(code.lower(), client_id)
        if client_id > 0:
            self.filled_codes[client_id] = code
        else:
            self.new[-1 - client_id] = filled

    def _tell_other_name(self, client_id: int, name: str, code: str) -> None:
        known = self._by_id[client_id]
        if name and name != code and known.name != known.code and name_key(name) != name_key(known.name):
            self.recoded.setdefault(code, f"“{name}” and “{known.name}” carry the same code {code}: one client.")


def some(sentences: Mapping[str, str], rest: str) -> list[str]:
    """Give the first sentences, and count the others: `rest` says in words what they tell."""
    told = list(sentences.values())
    if len(told) <= TOLD_AT_MOST:
        return told
    return [*told[:TOLD_AT_MOST], f"{len(told) - TOLD_AT_MOST} more {rest}."]
