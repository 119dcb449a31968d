"""Which column holds which field, told by its name; what is not certain is said, never guessed."""

import re
from collections.abc import Mapping as ReadMapping
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from app.domain.checking import InvalidInputError, Problem
from app.domain.parsing.months import MONTHS, fold
from app.exchange.lists.fields import REQUIRED, Kind, field_names
from app.exchange.lists.headers import header_key, header_keys
from app.exchange.lists.sheets import Sheet
from app.exchange.lists.synonyms import FIRST_NAME, GROSS_KEYS, KEYS, LAST_NAME, NET_KEYS, PLAIN_KEYS

ALIKE = 88.0
LEFT_OUT = ""
# So many heads that name a month are columns of months, not dates of something.
SIDE_BY_SIDE = 3
MONTHS_ASIDE = "Months stand side by side here: write each amount in a row of its own, with its date."
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field whose column is not certain, and the columns it may be (none where nothing looks like it)."""

    field: str
    choices: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column (by index) holds which field of a kind; doubts are to be settled before reading.

    `gross` tells that the amount column is named as including VAT, `net_or_gross_open` that its name does not say.
    """

    kind: Kind
    columns: dict[str, int]
    doubts: tuple[Doubt, ...] = ()
    notices: tuple[str, ...] = ()
    gross: bool = False
    net_or_gross_open: bool = False

    def without_doubts(self) -> bool:
        """Tell whether every field needed has its column for certain."""
        return not self.doubts


@dataclass(slots=True)
class _Claims:
    """Columns that name a field, best first: (rank, column)."""

    by_field: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def recognise(kind: Kind, sheet: Sheet, chosen: ReadMapping[str, str] | None = None) -> Mapping:
    """Map columns to the fields of a kind by their names in several languages.

    `chosen` are a person's own choices, field to column (its header, or its number; empty leaves the field out); their
    columns are taken from recognition, others stay recognised. Raises InvalidInputError for an unknown field or column.
    """
    columns, left_out = _chosen(kind, sheet, chosen or {})
    taken = set(columns.values())
    claims = _claims(kind, sheet, taken, left_out | set(columns))
    doubts: list[Doubt] = []
    order = sorted(
        (rank, index, name, column)
        for name, ranked in claims.by_field.items()
        for index, (rank, column) in enumerate(ranked)
    )
    for rank, _, name, column in order:
        if name in columns or column in taken:
            continue
        columns[name] = column
        taken.add(column)
        doubts += _rivals(name, rank, column, claims, taken, sheet)
    if kind is Kind.PEOPLE and "name" in columns:
        columns = {name: index for name, index in columns.items() if name not in (FIRST_NAME, LAST_NAME)}
    doubts += _missing(kind, sheet, columns, left_out)
    left = kind is Kind.CLIENTS and _months(sheet) >= SIDE_BY_SIDE
    mapping = Mapping(kind, columns, tuple(doubts), (f"No amounts are taken. {MONTHS_ASIDE}",) if left else ())
    return _about_amount(mapping, sheet, claims, named=bool(chosen and "amount" in chosen))


def _chosen(kind: Kind, sheet: Sheet, chosen: ReadMapping[str, str]) -> tuple[dict[str, int], set[str]]:
    columns: dict[str, int] = {}
    left_out: set[str] = set()
    problems = []
    # A first and a last name are no fields of ours, but what was recognised may be chosen again.
    known = (*field_names(kind), *({FIRST_NAME, LAST_NAME} & KEYS[kind].keys()))
    for name, column in chosen.items():
        if name not in known:
            problems.append(
                Problem(
                    name, f"A list of {kind} has no field “{name}”.", f"The fields are: {', '.join(field_names(kind))}."
                )
            )
        elif column == LEFT_OUT:
            left_out.add(name)
        elif (index := find_column(sheet, column)) is None:
            problems.append(Problem(name, f"The list has no column “{column}”.", _columns_sentence(sheet)))
        else:
            columns[name] = index
    if problems:
        raise InvalidInputError(*problems)
    return columns, left_out


def _columns_sentence(sheet: Sheet) -> str:
    return f"Its columns are: {', '.join(sheet.header)}."


def find_column(sheet: Sheet, named: str) -> int | None:
    """Find a column by its header, exactly, else by its key, else by its number from 1."""
    if named in sheet.header:
        return sheet.header.index(named)
    key = header_key(named)
    alike = [index for index, header in enumerate(sheet.header) if header_key(header) == key and key]
    if len(alike) == 1:
        return alike[0]
    if named.isascii() and named.isdigit() and 1 <= int(named) <= len(sheet.header):
        return int(named) - 1
    return None


def _claims(kind: Kind, sheet: Sheet, taken: set[int], settled: set[str]) -> _Claims:
    claims = _Claims()
    keys_of = {index: header_keys(header) for index, header in enumerate(sheet.header) if index not in taken}
    for name, known in KEYS[kind].items():
        if name in settled:
            continue
        ranks = {key: rank for rank, key in enumerate(known)}
        found = sorted(
            (min(ranks[key] for key in keys if key in ranks), index)
            for index, keys in keys_of.items()
            if any(key in ranks for key in keys)
        )
        if found:
            claims.by_field[name] = found
    return claims


def _rivals(name: str, rank: int, column: int, claims: _Claims, taken: set[int], sheet: Sheet) -> list[Doubt]:
    """Doubt a choice between columns that are named as well: the same name twice, or two amounts of one sort."""
    rivals = [
        (other_rank, other)
        for other_rank, other in claims.by_field[name]
        if other != column and other not in taken and _as_good(name, rank, other_rank)
    ]
    if not rivals or all(_same_cells(sheet, column, other) for _, other in rivals):
        return []
    choices = tuple(sheet.header[index] for index in (column, *(other for _, other in rivals)))
    return [Doubt(name, choices, f"Several columns may be the {name}: {', '.join(choices)}.")]


def _as_good(name: str, rank: int, other: int) -> bool:
    if rank == other:
        return True
    # `Amount` itself, and `Net` itself, need no comparison.
    if name != "amount" or rank in (0, len(NET_KEYS)):
        return False
    return _amount_class(rank) == _amount_class(other)


def _amount_class(rank: int) -> int:
    return (rank >= len(NET_KEYS)) + (rank >= len(NET_KEYS) + len(PLAIN_KEYS))


def _same_cells(sheet: Sheet, one: int, other: int) -> bool:
    return sheet.columns[one] == sheet.columns[other]


def _missing(kind: Kind, sheet: Sheet, columns: dict[str, int], left_out: set[str]) -> list[Doubt]:
    doubts = []
    for group in REQUIRED[kind]:
        if any(name in columns for name in group) or (group == ("name",) and {FIRST_NAME, LAST_NAME} & set(columns)):
            continue
        near = _near_columns(kind, sheet, columns, [name for name in group if name not in left_out])
        wanted = " or ".join(group)
        why = f"“{near[0]}” may be the {wanted}." if near else f"No column is known to hold the {wanted}."
        if not sheet.header_row:
            why += " The list has no row with names of columns."
        elif "date" in group and _months(sheet) >= SIDE_BY_SIDE:
            why += f" {MONTHS_ASIDE}"
        free = tuple(header for index, header in enumerate(sheet.header) if index not in columns.values())
        doubts.append(Doubt(group[0], near or free, why))
    return doubts


def _months(sheet: Sheet) -> int:
    return sum(any(fold(word) in MONTHS for word in _WORDS.findall(header)) for header in sheet.header)


def _near_columns(kind: Kind, sheet: Sheet, columns: dict[str, int], names: list[str]) -> tuple[str, ...]:
    known = [key for name in names for key in KEYS[kind].get(name, ()) if len(key) > 3]
    found = []
    for index, header in enumerate(sheet.header):
        key = header_key(header)
        if index in columns.values() or len(key) < 4:
            continue
        score = max((fuzz.ratio(key, other) for other in known), default=0.0)
        if score >= ALIKE - 8:
            found.append((-score, index))
    return tuple(sheet.header[index] for _, index in sorted(found))


def _about_amount(mapping: Mapping, sheet: Sheet, claims: _Claims, *, named: bool) -> Mapping:
    """Tell which of a net and a gross column was taken, and whether the amount's name leaves that open."""
    if "amount" not in mapping.columns:
        return mapping
    header = sheet.header[mapping.columns["amount"]]
    keys = header_keys(header)
    is_net, is_gross = (any(key in group for key in keys) for group in (NET_KEYS, GROSS_KEYS))
    others = [sheet.header[column] for _, column in claims.by_field.get("amount", ()) if sheet.header[column] != header]
    notices = []
    if others and not named:
        notices.append(f"The amount was taken from “{header}”, not from {', '.join(f'“{other}”' for other in others)}.")
    if is_gross:
        notices.append(f"“{header}” is named as including VAT; fees are meant without.")
    return replace(
        mapping, notices=tuple(notices), gross=is_gross, net_or_gross_open=not (is_net or is_gross or others)
    )


def insist(mapping: Mapping) -> None:
    """Refuse a mapping with doubts, naming the choices and the option that settles each (InvalidInputError)."""
    if mapping.doubts:
        raise InvalidInputError(*(_as_problem(doubt) for doubt in mapping.doubts))


def _as_problem(doubt: Doubt) -> Problem:
    if not doubt.choices:
        return Problem(doubt.field, doubt.why, f"Add one, or say which it is: --map {doubt.field}=COLUMN.")
    shown = ", ".join(doubt.choices[:12])
    return Problem(
        doubt.field, doubt.why, f"Say which it is: --map {doubt.field}=COLUMN, COLUMN being one of: {shown}."
    )
