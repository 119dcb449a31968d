"""What a list is and in which sheet it stands: guessed, shown, and correctable."""

from dataclasses import dataclass

from app.domain.checking import InvalidInputError
from app.errors import AskedWrongError
from app.exchange.lists.fields import FIELDS, Kind
from app.exchange.lists.recognition import recognise
from app.exchange.lists.sheets import Sheet, beginning, make_sheet
from app.exchange.lists.words import COST_KINDS, by_key, word_key
from app.exchange.reading.files import ListFile

_COST_WORDS = by_key(COST_KINDS)
GUESSED = (Kind.FEES, Kind.CONTACTS, Kind.FEEDBACK, Kind.COSTS, Kind.CLIENTS, Kind.PEOPLE)


@dataclass(frozen=True, slots=True)
class KindGuess:
    """The kind a list most probably is, and all scores above 0, best first."""

    kind: Kind | None
    scores: tuple[tuple[Kind, int], ...]


def guess_kind(sheet: Sheet) -> KindGuess:
    """Guess a list's kind from its columns and a look at its cells; None where no kind fits."""
    start = beginning(sheet)
    scores = {kind: _score(kind, start) for kind in GUESSED}
    if scores[Kind.PEOPLE] > 0 and scores[Kind.CLIENTS] > 0 and _each_its_own(start):
        # One row for each client: a list of clients that names a person beside each.
        scores[Kind.CLIENTS] = max(scores[Kind.CLIENTS], scores[Kind.PEOPLE] + 1)
    ordered = sorted(((kind, score) for kind, score in scores.items() if score > 0), key=lambda pair: -pair[1])
    return KindGuess(ordered[0][0] if ordered else None, tuple(ordered))


def _score(kind: Kind, sheet: Sheet) -> int:
    mapping = recognise(kind, sheet)
    if any(doubt.field not in mapping.columns for doubt in mapping.doubts):
        return 0
    if kind in {Kind.FEES, Kind.COSTS} and _cost_kinds(sheet) is (kind is Kind.FEES):
        return 0
    if kind is Kind.CONTACTS and not set(mapping.columns) - {"client", "code", "date", "time"}:
        return 0
    if kind is Kind.CLIENTS and {"document", "amount", "direction", "verbatim"} & _other_fields(sheet):
        return 1
    return sum(field.telling for field in FIELDS[kind] if field.name in mapping.columns)


def _other_fields(sheet: Sheet) -> set[str]:
    return {name for kind in (Kind.FEES, Kind.CONTACTS, Kind.FEEDBACK) for name in recognise(kind, sheet).columns}


def _cost_kinds(sheet: Sheet) -> bool:
    """Tell what is money out from money in: most kinds are kinds of cost."""
    column = recognise(Kind.COSTS, sheet).columns.get("kind")
    cells = [cell for cell in sheet.columns[column] if cell] if column is not None else []
    known = sum(word_key(cell) in _COST_WORDS for cell in cells)
    return bool(cells) and known * 2 >= len(cells)


def _each_its_own(sheet: Sheet) -> bool:
    columns = recognise(Kind.CLIENTS, sheet).columns
    column = columns.get("client", columns.get("code"))
    cells = [cell for cell in sheet.columns[column] if cell] if column is not None else []
    return bool(cells) and len(set(cells)) == len(cells)


def guess_sheet(file: ListFile, kind: Kind | None = None) -> str:
    """Choose the visible sheet that looks most like a list (of the kind named); or refuse where two look alike."""
    visible = [sheet.name for sheet in file.sheets if not sheet.hidden]
    if len(visible) == 1:
        return visible[0]
    scored = sorted(((_sheet_score(file, name, kind), name) for name in visible), key=lambda pair: -pair[0])
    names = ", ".join(sheet.name for sheet in file.sheets)
    if not scored or scored[0][0] <= 0:
        what = f"a list of {kind}" if kind else "a list that is known"
        raise AskedWrongError(f"No sheet of {file.path.name} looks like {what}.", f"Name one with --sheet: {names}.")
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        alike = ", ".join(name for score, name in scored if score == scored[0][0])
        raise AskedWrongError(f"Several sheets may hold the list: {alike}.", "Name one with --sheet.")
    return scored[0][1]


def _sheet_score(file: ListFile, name: str, kind: Kind | None) -> int:
    try:
        sheet = make_sheet(file.grids[name])
    except (AskedWrongError, InvalidInputError, KeyError):
        return 0
    guess = dict(guess_kind(sheet).scores)
    return max(guess.values(), default=0) if kind is None else guess.get(kind, 0)
