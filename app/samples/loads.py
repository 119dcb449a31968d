"""The loads of the benches (PERFORMANCE): books as large as wanted, made row by row, so that none is held whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Literal

Size = Literal["S", "L", "40 MB", "XL"]
Values = tuple[object, ...]

COLLEAGUES = 8
YEARS = 6
PEOPLE_EACH = 2
CREDIT_EVERY = 60
FOREIGN_EVERY = 35
_TIMES = tuple(f"{hour:02d}:{minute:02d}" for hour in range(8, 19) for minute in range(0, 60, 5))
_FIRST_NAMES = "Ada Ben Cara Dov Elin Femi Gus Hana Ivo June Kofi Lena Milo Nia Otto Pia Quin Rosa Sami Tess"
_LAST_NAMES = "Abara Brook Castell Drew Eklund Farr Gale Hurst Imrie Joss Kerr Lowe Marsh Nash Orme Pell Quirk Reed"
_SORTS_OF_FIRM = "Foundry Press Orchards Clinics Schools Breweries Boats Studios Tea Stone Yarns Hotels Cycles Homes"
_VOCABULARY = (
    "draft release quote picture launch opening editor radio budget board member trustee invoice survey visit figures "
    "interview deadline embargo caption website leaflet speech photographer reporter festival museum brewery clinic "
    "school garden bridge harbour winter summer autumn spring monday tuesday thursday agreed asked sent approved moved "
    "changed liked disliked waiting urgent shorter longer friendly careful honest plain early late final second third "
    "director manager owner partner colleague customer neighbour volunteer visitor pupil patient tenant supplier "
    "coverage national regional local weekly monthly column podcast feature letter answer question complaint praise "
    "proposal offer price contract renewal tender pitch workshop rehearsal rota parking catering weather tickets guest"
)
_FIRST, _LAST, _SORTS, _WORDS = (
    tuple(words.split()) for words in (_FIRST_NAMES, _LAST_NAMES, _SORTS_OF_FIRM, _VOCABULARY)
)


@dataclass(frozen=True, slots=True)
class Load:
    """How many rows a load has."""

    clients: int
    fees: int
    contacts: int


LOADS: dict[Size, Load] = {
    "S": Load(50, 1_400, 550),
    "L": Load(500, 100_000, 50_000),
    "40 MB": Load(700, 140_000, 70_000),
    "XL": Load(5_000, 1_000_000, 200_000),
}

COLLEAGUE_COLUMNS = ("name", "initials", "active")
HOURLY_COST_COLUMNS = ("colleague_id", "since", "amount")
CLIENT_COLUMNS = ("name", "code", "owner_id", "do_not_contact", "sector")
PERSON_COLUMNS = ("client_id", "name", "influence", "sentiment")
ENGAGEMENT_COLUMNS = ("client_id", "name", "kind", "starts", "billed_every_months", "fee")
FEE_COLUMNS = (
    "client_id", "on", "original", "currency", "amount", "rate", "document", "kind", "linked_fee_id", "engagement_id",
    "service", "disbursement", "delivery_cost",
)  # fmt: skip
CONTACT_COLUMNS = (
    "client_id", "on", "direction", "channel", "at", "began", "purpose", "minutes", "summary", "note", "counts",
    "planned",
)  # fmt: skip


class LoadMaker:
    """Makes the rows of one load, in their stored form and in the order of their ids."""

    def __init__(self, load: Load, today: date, seed: int) -> None:
        self.load = load
        self._seed = seed
        days = 365 * YEARS
        self._days = [(today - timedelta(days=days - number)).isoformat() for number in range(days + 1)]
        random = self._random("clients")
        # A few clients bring most of the rows, as in every real book.
        weights = [random.paretovariate(1.16) for _ in range(load.clients)]
        self._fees_each = _shares(load.fees, weights)
        self._contacts_each = _shares(load.contacts, [weight**0.6 for weight in weights])

    def colleagues(self) -> Iterator[Values]:
        """Give the colleagues."""
        for number in range(COLLEAGUES):
            yield f"{_FIRST[number]} {_LAST[number]}", f"{_FIRST[number][0]}{_LAST[number][0]}", 1

    def hourly_costs(self) -> Iterator[Values]:
        """Give what an hour of each colleague costs, two steps each."""
        for number in range(COLLEAGUES):
            yield number + 1, self._days[0], 4_000 + 500 * number
            yield number + 1, self._days[len(self._days) // 2], 4_600 + 500 * number

    def clients(self) -> Iterator[Values]:
        """Give the clients, no two of a name."""
        for number in range(self.load.clients):
            sort = _SORTS[number % len(_SORTS)]
            name = f"{_LAST[number * 7 % len(_LAST)]} {sort} {number + 1:04d}"
            yield name, f"C{number + 1:05d}", number % COLLEAGUES + 1, 0, sort

    def people(self) -> Iterator[Values]:
        """Give two people for each client."""
        random = self._random("people")
        for client in range(1, self.load.clients + 1):
            for influence in ("decides", "uses"):
                yield client, f"{random.choice(_FIRST)} {random.choice(_LAST)}", influence, "neutral"

    def engagements(self) -> Iterator[Values]:
        """Give a retainer for every fourth client, a project for the others."""
        for client in range(1, self.load.clients + 1):
            if client % 4:
                yield client, "Projects", "project", self._days[0], None, None
            else:
                yield client, "Retainer", "retainer", self._days[0], 1, 150_000

    def fees(self) -> Iterator[Values]:
        """Give the fees, client by client, each in order of date; some credits, linked or not, some in dollars."""
        random = self._random("fees")
        row_id = 0
        for client, count in enumerate(self._fees_each, start=1):
            middle = random.lognormvariate(11.6, 0.7)
            until = len(self._days) - (1 if client % 9 else random.randint(200, 1200))
            before = row_id
            for at in sorted(random.choices(range(until), k=count)):
                row_id += 1
                pence = int(middle * random.lognormvariate(0, 0.5)) + 100
                document = f"N{row_id:07d}"
                cost = pence * random.randint(35, 60) // 100 if row_id % 4 else None
                if row_id % CREDIT_EVERY == 0:
                    link = row_id - 1 if row_id % (2 * CREDIT_EVERY) == 0 and row_id - 1 > before else None
                    yield (
                        client, self._days[at], -pence // 3, "GBP", -pence // 3, None, document, "credit", link, client,
                        "Credit", 0, None,
                    )  # fmt: skip
                elif row_id % FOREIGN_EVERY == 0:
                    yield (
                        client, self._days[at], pence, "USD", (pence * 8 + 5) // 10, "0.8", document, "invoice", None,
                        client, "Campaign", 0, cost,
                    )  # fmt: skip
                else:
                    yield (
                        client, self._days[at], pence, "GBP", pence, None, document, "invoice", None, client,
                        "Press office", 0, cost,
                    )  # fmt: skip

    def contacts(self) -> Iterator[Values]:
        """Give the contacts, client by client, each in order of date."""
        random = self._random("contacts")
        choice, choices = random.choice, random.choices
        for client, count in enumerate(self._contacts_each, start=1):
            for at in sorted(choices(range(len(self._days)), k=count)):
                direction = choice(("in", "out", "both"))
                channel = choice(("mail", "mail", "call", "video", "meeting", "message"))
                yield (
                    client, self._days[at], direction, channel, choice(_TIMES), None,
                    choice(("serve", "serve", "serve", "inform", "ask", "sell")), random.randint(5, 90),
                    " ".join(choices(_WORDS, k=random.randint(5, 14))).capitalize() + ".", "", 1, 0,
                )  # fmt: skip

    def present(self) -> Iterator[tuple[int, int, int]]:
        """Give (contact, person, colleague) for each contact."""
        random = self._random("present")
        contact = 0
        for client, count in enumerate(self._contacts_each, start=1):
            for _ in range(count):
                contact += 1
                yield contact, PEOPLE_EACH * client - random.randint(0, 1), random.randint(1, COLLEAGUES)

    def _random(self, part: str) -> Random:
        return Random(f"{self._seed}/{self.load.clients}/{part}")


def _shares(total: int, weights: list[float]) -> list[int]:
    """Split a number of rows by weights; the parts add up exactly."""
    whole = sum(weights)
    ends = [round(total * reached / whole) for reached in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
