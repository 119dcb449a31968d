"""The client metrics once more, straight from METRICS and from nothing of the program: slow, plain, one day at a time.

Money is in minor units, ratios are exact fractions, days are dates. Only what the tests of the rules need is here.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import exp

YEAR = Fraction(36525, 100)


@dataclass
class Fee:
    """A fee document; a credit may belong to another."""

    on: date
    amount: int
    credits: "Fee | None" = None
    disbursement: bool = False
    delivery_cost: int | None = None
    retainer: "Contract | None" = None


@dataclass
class Contract:
    """A retainer, billed every so many months."""

    name: str
    months: int
    starts: date | None = None
    ends: date | None = None


@dataclass
class Talk:
    """A contact of one of us."""

    on: date
    minutes: int
    planned: bool = False


@dataclass
class Cost:
    """Money out for the client."""

    on: date
    amount: int
    kind: str


@dataclass
class Heard:
    """A feedback."""

    on: date
    told: date | None = None
    praise: bool = False


@dataclass
class Client:
    """A client with all its dated rows; `met` is the first contact as entered."""

    name: str
    met: date | None = None
    won: date | None = None
    stages: list[tuple[date, str]] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)


@dataclass
class Firm:
    """The settings; `hourly` is what an hour costs from a day on."""

    start: str = "first purchase"
    discount: Fraction = Fraction(1, 10)
    most_years: int = 10
    hourly: list[tuple[date, int]] = field(default_factory=list)


def year_before(day: date, years: int = 1) -> date:
    """The same calendar date, 29 Feb -> 28 Feb (section 0)."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - years, 2, 28)
    return date(day.year - years, day.month, day.day)


def counted(client: Client, as_of: date) -> list[tuple[date, int]]:
    """Amounts on the day each counts on (P3, P4, section 0)."""
    found = []
    for fee in client.fees:
        if fee.on > as_of or fee.disbursement:
            continue
        on = fee.on
        if fee.credits is not None and fee.credits.on <= as_of and not fee.credits.disbursement:
            on = fee.credits.on
        found.append((on, fee.amount))
    return found


def purchases(client: Client, as_of: date) -> list[date]:
    """Dates whose net sum is over 0 (P1)."""
    sums: dict[date, int] = {}
    for on, amount in counted(client, as_of):
        sums[on] = sums.get(on, 0) + amount
    return sorted(on for on, amount in sums.items() if amount > 0)


def fees_in(client: Client, after: date, until: date, as_of: date) -> int:
    """Net fees of (after, until]."""
    return sum(amount for on, amount in counted(client, as_of) if after < on <= until)


def observed(client: Client, as_of: date) -> int:
    """N (P2)."""
    return sum(amount for _, amount in counted(client, as_of))


def latest_stage(client: Client, as_of: date) -> tuple[date, str] | None:
    """The latest hand-set row up to the day (C2a)."""
    rows = [row for row in client.stages if row[0] <= as_of]
    return max(rows) if rows else None


def ended(client: Client, as_of: date) -> date | None:
    """The end date, if the relationship stands ended."""
    row = latest_stage(client, as_of)
    return row[0] if row and row[1] == "ended" else None


def first_contact(client: Client, as_of: date) -> date | None:
    """The earlier of the entered date and the earliest logged contact (P9)."""
    days = [talk.on for talk in client.talks if not talk.planned]
    days = [day for day in [*days, client.met] if day is not None and day <= as_of]
    return min(days) if days else None


def episodes(client: Client, as_of: date) -> list[tuple[date, date, int, date]]:
    """Periods as (first, last, purchases, end); a new one starts only with a hand-set won back stage (P9)."""
    marks = sorted(day for day, stage in client.stages if stage == "won back" and day <= as_of)
    groups: list[list[date]] = [[] for _ in range(len(marks) + 1)]
    for day in purchases(client, as_of):
        groups[sum(1 for mark in marks if mark <= day)].append(day)
    found = []
    for number, days in enumerate(groups):
        if not days:
            continue
        begins = marks[number - 1] if number else date.min
        stops = marks[number] if number < len(marks) else None
        rows = [row for row in client.stages if begins <= row[0] <= as_of and (stops is None or row[0] < stops)]
        last_row = max(rows) if rows else None
        if last_row and last_row[1] == "ended":
            end = max(last_row[0], days[-1])
        else:
            # Won back without an end: the pause began with the last purchase.
            end = as_of if stops is None else days[-1]
        found.append((days[0], days[-1], len(days), end))
    return found


def start(client: Client, firm: Firm, as_of: date) -> date:
    """The day L is counted from; the client has a purchase (P9)."""
    first = purchases(client, as_of)[0]
    won = client.won if client.won is not None and client.won <= as_of else None
    contact = first_contact(client, as_of)
    wanted = {"first purchase": first, "won": won or first, "first contact": contact or won or first}[firm.start]
    return first if wanted > first else wanted


def tfi(client: Client, firm: Firm, as_of: date) -> dict[str, Fraction | int | None]:
    """n, N, S, T, L, TFI and the three parts (P7 to P9, 1.3)."""
    bought, parts = purchases(client, as_of), episodes(client, as_of)
    n, total = len(bought), observed(client, as_of)
    answer: dict[str, Fraction | int | None] = dict.fromkeys(("S", "T", "L", "TFI", "fence", "before", "since"))
    answer |= {"n": n, "N": total}
    if not n:
        return answer
    lead = (parts[0][0] - start(client, firm, as_of)).days
    answer["S"] = spend = Fraction(total, n)
    answer["L"] = length = lead + sum((end - first).days for first, _, _, end in parts)
    gaps = sum(many - 1 for _, _, many, _ in parts)
    if gaps:
        answer["T"] = between = Fraction(sum((last - first).days for first, last, _, _ in parts), gaps)
        if total > 0:
            answer["TFI"] = spend * length / between
            answer["fence"] = -len(parts) * spend
            answer["before"] = spend * lead / between
            answer["since"] = spend * sum((end - last).days for _, last, _, end in parts) / between
    return answer


def rate_on(firm: Firm, day: date) -> int:
    """What an hour costs on a day."""
    known = [row for row in firm.hourly if row[0] <= day]
    return max(known)[1] if known else 0


def contribution(client: Client, firm: Firm, as_of: date, after: date = date.min) -> Fraction:
    """Fees less delivery, service, retention and time later than the day of the first purchase (V1, decision 6)."""
    total = Fraction(fees_in(client, after, as_of, as_of))
    for fee in client.fees:
        if fee.delivery_cost and not fee.disbursement and after < fee.on <= as_of:
            total -= fee.delivery_cost
    total -= sum(cost.amount for cost in client.costs if cost.kind != "acquisition" and after < cost.on <= as_of)
    bought = purchases(client, as_of)
    for talk in client.talks:
        if bought and not talk.planned and max(after, bought[0]) < talk.on <= as_of:
            total -= Fraction(talk.minutes * rate_on(firm, talk.on), 60)
    return total


def is_over(client: Client, as_of: date) -> bool:
    """Ended, or silent longer than max(365, 2T) days (V3)."""
    if ended(client, as_of):
        return True
    parts = episodes(client, as_of)
    gaps = sum(many - 1 for _, _, many, _ in parts)
    between = Fraction(sum((last - first).days for first, last, _, _ in parts), gaps) if gaps else Fraction(0)
    return (as_of - purchases(client, as_of)[-1]).days > max(Fraction(365), 2 * between)


def client_days(client: Client, as_of: date) -> int:
    """Days retained (V3)."""
    bought = purchases(client, as_of)
    return ((bought[-1] if is_over(client, as_of) else as_of) - bought[0]).days


def segment(clients: list[Client], as_of: date) -> dict[str, Fraction | int | bool | None]:
    """Client-years, D, years retained and V4's guards over everybody with a purchase (V3, V4)."""
    bought = [client for client in clients if purchases(client, as_of)]
    days = sum(client_days(client, as_of) for client in bought)
    over = sum(is_over(client, as_of) for client in bought)
    first = min((purchases(client, as_of)[0] for client in bought), default=None)
    return {
        "Y": days / YEAR,
        "D": over,
        "years": days / YEAR / over if over else None,
        "LTV": Fraction(sum(observed(client, as_of) for client in bought), over) if over else None,
        "guarded": over < 5 or first is None or first > year_before(as_of, 2),
    }


def poisson_limits(count: int) -> tuple[float, float]:
    """Exact 95 % limits of a mean of which `count` were seen: each tail holds 2.5 % (V4)."""

    def at_most(k: int, mean: float) -> float:
        term = total = exp(-mean)
        for i in range(1, k + 1):
            term *= mean / i
            total += term
        return total

    def solve(k: int, tail: float) -> float:
        low, high = 0.0, 200.0
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if at_most(k, middle) > tail else (low, middle)
        return low

    return (solve(count - 1, 0.975) if count else 0.0), solve(count, 0.025)


def retention(clients: list[Client], as_of: date, years: int = 1) -> tuple[int, int]:
    """Bought in (2y ago, 1y ago], and of them again since; with `years` = 2 in windows twice as long (V14)."""
    one, two = year_before(as_of, years), year_before(as_of, 2 * years)
    earlier = [client for client in clients if any(two < day <= one for day in purchases(client, as_of))]
    return len(earlier), sum(any(one < day for day in purchases(client, as_of)) for client in earlier)


def yearly_retention(clients: list[Client], as_of: date) -> Fraction | float | None:
    """r: client retention, over two years where the median T is over 180 days, or exp(-churn) (V14, V6)."""
    between = []
    for client in clients:
        parts = episodes(client, as_of)
        gaps = sum(many - 1 for _, _, many, _ in parts)
        if gaps:
            between.append(Fraction(sum((last - first).days for first, last, _, _ in parts), gaps))
    between.sort()
    half = len(between) // 2
    seldom = bool(between) and (between[half] if len(between) % 2 else (between[half - 1] + between[half]) / 2) > 180
    earlier, again = retention(clients, as_of, 2 if seldom else 1)
    if earlier:
        return (again / earlier) ** 0.5 if seldom else Fraction(again, earlier)
    held = segment(clients, as_of)
    return exp(-held["D"] / held["Y"]) if held["Y"] else None


def margin(client: Client, clients: list[Client], firm: Firm, as_of: date) -> Fraction | None:
    """m: the last 12 months; younger: so far by the year; under 90 days the segment's mean (V5)."""
    first = purchases(client, as_of)[0]
    if first <= year_before(as_of):
        return contribution(client, firm, as_of, year_before(as_of))
    age = (as_of - first).days
    if age >= 90:
        return contribution(client, firm, as_of) * YEAR / age
    bought = [one for one in clients if purchases(one, as_of)]
    days = sum(client_days(one, as_of) for one in bought)
    return sum((contribution(one, firm, as_of) for one in bought), Fraction()) / (days / YEAR) if days else None


def discounted(m: Fraction, r: Fraction | float, d: Fraction, years: int) -> float:
    """The sum of V5 written out, the first margin at the end of year 1."""
    return float(m) * sum((float(r) / (1 + float(d))) ** year for year in range(1, years + 1))


def expected(client: Client, clients: list[Client], firm: Firm, as_of: date) -> tuple[Fraction | None, Fraction | None]:
    """Own 12 months x the segment's years, raw and with the years capped (V3, V4)."""
    if ended(client, as_of):
        return Fraction(), Fraction()
    years = segment(clients, as_of)["years"]
    if years is None:
        return None, None
    last = contribution(client, firm, as_of, year_before(as_of))
    return last * years, last * min(years, Fraction(firm.most_years))


def incubation(client: Client, as_of: date) -> int | None:
    """First contact to first purchase; an open prospect's clock runs, a lost one's stopped at the loss (V11)."""
    contact, bought = first_contact(client, as_of), purchases(client, as_of)
    if bought:
        return 0 if contact is None or contact > bought[0] else (bought[0] - contact).days
    if contact is None:
        return None
    lost = ended(client, as_of)
    return (max(lost, contact) - contact).days if lost else (as_of - contact).days


def loops(client: Client, as_of: date, within: int = 10) -> dict[str, Fraction | int | None]:
    """Open, oldest open, median of those closed in 12 months with n, told within X of those X days old (C9)."""
    known = [heard for heard in client.heard if heard.on <= as_of]
    told = {id(heard): heard.told if heard.told and heard.told <= as_of else None for heard in known}
    waiting = [(as_of - heard.on).days for heard in known if told[id(heard)] is None]
    closed = [(on, heard.on) for heard in known if (on := told[id(heard)]) is not None]
    took = sorted((on - since).days for on, since in closed if on > year_before(as_of))
    half = len(took) // 2
    median = None
    if took:
        median = Fraction(took[half]) if len(took) % 2 else Fraction(took[half - 1] + took[half], 2)
    old = [heard for heard in known if heard.on <= as_of - timedelta(days=within)]
    soon = [heard for heard in old if (on := told[id(heard)]) is not None and on <= heard.on + timedelta(days=within)]
    return {
        "open": len(waiting), "oldest": max(waiting, default=None), "closed": len(took), "median": median,
        "due": len(old), "in_time": len(soon),
    }  # fmt: skip


def missing_invoice(client: Client, as_of: date) -> tuple[str, int] | None:
    """The retainer's invoice missing longest, over 10 days after it was due, and for how many days (C6)."""
    worst: tuple[str, int] | None = None
    for contract in client.contracts:
        came = [fee.on for fee in client.fees if fee.retainer is contract and fee.amount > 0 and fee.on <= as_of]
        begins = max(came) if came else contract.starts
        if begins is None:
            continue
        due, months = begins, contract.months
        while months:  # to the same day of the next month, or the last it has
            following = date(due.year + due.month // 12, due.month % 12 + 1, 1)
            last = date(following.year + following.month // 12, following.month % 12 + 1, 1) - timedelta(days=1)
            due, months = following.replace(day=min(begins.day, last.day)), months - 1
        late = (as_of - due).days
        if late > 10 and (contract.ends is None or due <= contract.ends) and (worst is None or late > worst[1]):
            worst = contract.name, late
    return worst
