"""What has to be asked before a list can be read: each question with both readings and what speaks for each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.checking import InvalidInputError, Problem
from app.domain.parsing import DateOrder, DecimalMark, guess_date_order, guess_decimal, parse_date, read_plain
from app.domain.parsing.dates import ParsedDate
from app.exchange.lists.fields import Holds, fields_holding
from app.exchange.lists.recognition import Mapping
from app.exchange.lists.sheets import Sheet
from app.exchange.reading.grid import NumberText
from app.words import formats


class About(StrEnum):
    """What is asked."""

    DATE_ORDER = "date-order"
    DECIMAL = "decimal"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to read the example: its value, how many cells can be read so, and their sum where they are amounts."""

    value: str
    reading: str
    fits: int
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An ambiguity of the list: the columns concerned, one cell as an example, and the answers to choose from."""

    about: About
    columns: tuple[str, ...]
    example: str
    cells: int
    answers: tuple[Answer, ...]

    def sentence(self) -> str:
        """Ask in one sentence, with both readings."""
        readings = " or ".join(answer.reading for answer in self.answers)
        return f"In {', '.join(f'“{column}”' for column in self.columns)}, “{self.example}” can be {readings}."

    def option(self) -> str:
        """Say how the command line answers."""
        return f"Say which: --{self.about} {'|'.join(answer.value for answer in self.answers)}."


@dataclass(frozen=True, slots=True)
class Forms:
    """How the list writes its dates and amounts, as found or chosen; `questions` are open where neither decided."""

    date_order: DateOrder
    decimal: DecimalMark
    date_fits: dict[DateOrder, int]
    dates: int
    questions: tuple[Question, ...] = ()


def find_forms(
    sheet: Sheet,
    mapping: Mapping,
    today: date,
    date_order: DateOrder | None = None,
    decimal: DecimalMark | None = None,
) -> Forms:
    """Find date order and decimal mark from all cells of the mapped columns; what is chosen is not asked."""
    questions: list[Question] = []
    date_names, date_cells = _cells(sheet, mapping, Holds.DATE)
    dates = guess_date_order(date_cells, today)
    if dates.ambiguous and date_order is None:
        questions.append(_date_question(date_names, dates.example, dates.fits, dates.total, today))
    number_names, number_cells = _cells(sheet, mapping, Holds.NUMBER)
    numbers = guess_decimal(number_cells)
    if numbers.ambiguous and decimal is None:
        questions.append(_decimal_question(number_names, numbers.example, numbers.sums, number_cells))
    order = date_order or dates.order
    return Forms(order, decimal or numbers.mark, dates.fits, dates.total, tuple(questions))


def insist(questions: tuple[Question, ...]) -> None:
    """Refuse a list with open questions, naming the option that answers each (InvalidInputError)."""
    if questions:
        raise InvalidInputError(
            *(Problem(question.columns[0], question.sentence(), question.option()) for question in questions)
        )


def _cells(sheet: Sheet, mapping: Mapping, holds: Holds) -> tuple[tuple[str, ...], list[str]]:
    columns = [mapping.columns[name] for name in fields_holding(mapping.kind, holds) if name in mapping.columns]
    cells: list[str] = []
    for index in columns:
        column = sheet.columns[index]
        cells += [text for text in column if type(text) is not NumberText] if sheet.name else column
    return tuple(sheet.header[index] for index in columns), cells


def _date_question(
    names: tuple[str, ...], example: str, fits: dict[DateOrder, int], total: int, today: date
) -> Question:
    answers = []
    for order, count in fits.items():
        parsed = parse_date(example, order, today)
        if count and isinstance(parsed, ParsedDate):
            reading = f"{parsed.day.day} {formats.full_month(parsed.day)} {parsed.day.year} ({count} of {total} fit)"
            answers.append(Answer(order.value, reading, count))
    return Question(About.DATE_ORDER, names, example, total, tuple(answers))


def _decimal_question(
    names: tuple[str, ...], example: str, sums: dict[DecimalMark, Decimal], cells: list[str]
) -> Question:
    filled = [cell for cell in cells if cell]
    shown = example or next((cell for cell in filled if "," in cell or "." in cell), "")
    answers = []
    for mark in DecimalMark:
        value = read_plain(shown, mark)
        fits = sum(read_plain(cell, mark) is not None for cell in filled)
        if value is not None:
            answers.append(Answer(mark.value, f"{value:f} (all together {sums[mark]:,f})", fits, sums[mark]))
    return Question(About.DECIMAL, names, shown, len(filled), tuple(answers))
