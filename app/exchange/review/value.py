"""The sheet Value: S, T, L, TFI and observed fees as live formulas over the sheet Fees, and what sets them apart."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.domain.metrics.reasons import Reason
from app.domain.metrics.tfi import FeeFigures
from app.domain.money import minor_digits, minor_units
from app.domain.reviews import EpisodeDates, Workings
from app.exchange.review.fees import FeeCells
from app.exchange.review.frame import Frame, Heads, Names, heading, lines, nothing
from app.exchange.review.years import by_year
from app.exchange.workbooks.styles import (
    ACCENT,
    CELL,
    CELL_DATE,
    CELL_QUIET,
    CELL_RIGHT,
    CELL_WHOLE,
    RULE,
    TINT,
    WHOLE_FORMAT,
    Style,
    money_format,
    number_format,
)
from app.exchange.workbooks.xlsx import Sheet, cell, serial
from app.words import formats, names, review, sentences
from app.words.catalogue import tr
from app.words.review_definitions import counted_from

_LAST = 5
_VALUE = 4


@dataclass(frozen=True, slots=True)
class _Figure:
    """One line of the workings: its sign, words, formula and value; `name` names its cell for other formulas."""

    sign: str
    what: str
    how: str
    formula: str
    value: Fraction | int | None
    unit: str = ""
    name: str = ""
    why: Reason | None = None
    days: bool = False
    digits: int = 0
    strong: bool = False


def write(frame: Frame, fees: FeeCells) -> None:
    """Write the sheet."""
    sheet = frame.sheet(Names.VALUE, 13, 30, 37, 17, 18)
    workings = frame.review.workings
    row = frame.opening(sheet, _LAST, tr("Value: S × (L ÷ T)"), review.explanation(workings, frame.currency))
    page = _Page(frame, sheet, fees)
    row = page.as_of(row)
    row = page.workings(heading(sheet, row, 1, _LAST, tr("The formula")))
    row = page.difference(heading(sheet, row, 1, _LAST, tr("From observed fees to TFI")))
    row = page.periods(heading(sheet, row, 1, _LAST, tr("Length of the relationship")))
    row = page.yearly(heading(sheet, row, 1, _LAST, tr("A year")))
    row = page.streams(row)
    row = by_year(frame, sheet, row, live=fees.live)
    said = review.remarks(workings)
    if said:
        row = lines(sheet, heading(sheet, row, 1, _LAST, tr("To bear in mind")), 1, _LAST, said)
    frame.finish(sheet)


class _Page:
    """The parts of the sheet, from top to bottom; each gives the row after itself."""

    def __init__(self, frame: Frame, sheet: Sheet, fees: FeeCells) -> None:
        self._frame = frame
        self._sheet = sheet
        self._fees = fees
        self._work: Workings = frame.review.workings
        self._unit = minor_units(frame.currency)
        self._digits = minor_digits(frame.currency)

    def as_of(self, row: int) -> int:
        """Write the day it holds for."""
        self._sheet.row(row, least=20)
        self._sheet.text(row, 1, tr("As of"), CELL_QUIET)
        self._sheet.blanks(row, 2, 3, CELL)
        self._sheet.day(row, _VALUE, self._frame.review.as_of, replace(CELL_DATE, align="right"))
        self._sheet.blank(row, _LAST, CELL)
        self._frame.book.define("As_of", Names.VALUE, (row, _VALUE))
        return row + 1

    def workings(self, row: int) -> int:
        """Write N, n, S, T, L and TFI."""
        work = self._work
        Heads(("", tr("Figure"), tr("How it is computed"), tr("Value"), ""), frozenset({3})).write(self._sheet, row, 1)
        figures = (
            _Figure("N", tr("Observed fees"), tr("sum of all documents that count"), "=SUM(Fee_amounts)",
                    work.observed, name="Observed_fees"),
            _Figure("n", tr("Purchases"), tr("days with net fees over 0"), '=COUNTIF(Purchase_fees,">0")',
                    work.n, tr("purchases"), "Purchases", days=True),
            _Figure("S", tr("Average spend per purchase"), tr("observed fees ÷ purchases"),
                    "=Observed_fees/Purchases", work.spend, tr("a purchase"), "Average_spend"),
            _Figure("T", tr("Average time between purchases"), tr("mean of the gaps between purchase days"),
                    "=AVERAGE(Purchase_gaps)", work.interval, tr("days"), "Average_interval", days=True, digits=2),
            _Figure("L", tr("Length of the relationship"),
                    tr("from the {start}, see below").format(start=counted_from(work.start_rule)),
                    "=SUM(Period_days)", work.length, tr("days"), "Relationship_length", days=True),
            _Figure("TFI", tr("Total fee income by formula"), tr("S × (L ÷ T)"),
                    "=Average_spend*(Relationship_length/Average_interval)", work.tfi, name="TFI_by_formula",
                    strong=True),
        )  # fmt: skip
        for figure in figures:
            self._figure(row + 1, figure)
            row += 1
        return row + 1

    def difference(self, row: int) -> int:
        """Write the three parts that lie between observed fees and TFI (METRICS 1.3)."""
        work = self._work
        if work.tfi is None or work.parts is None:
            return nothing(self._sheet, row, 1, _LAST, sentences.no_figure(work.why_not))
        fence, before, since = work.parts.rounded()
        spend, digits = "Average_spend", self._digits
        fence_formula = f"=ROUND(-COUNT(Period_first)*{spend},{digits})"
        before_formula = f"=ROUND({spend}*(SUM(Period_first)-SUM(Period_start))/Average_interval,{digits})"
        since_formula = f"=ROUND({spend}*(SUM(Period_end)-SUM(Period_last))/Average_interval,{digits})"
        # The last part that is not 0 takes the odd penny, so that what is shown adds up.
        whole = f"=ROUND(TFI_by_formula-Observed_fees,{digits})"
        if work.parts.since_last:
            since_formula = f"{whole}-Part_fence_post-Part_before_first"
        elif work.parts.before_first:
            before_formula = f"{whole}-Part_fence_post"
        else:
            fence_formula = whole
        figures = (
            _Figure("", tr("The first purchase is not a gap"), tr("− S for each period"), fence_formula, fence,
                    name="Part_fence_post"),
            _Figure("", tr("Before the first purchase"), tr("+ S × days before ÷ T"), before_formula, before,
                    name="Part_before_first"),
            _Figure("", tr("Since the last purchase"), tr("+ S × days since ÷ T"), since_formula, since,
                    name="Part_since_last"),
            _Figure("", tr("TFI − observed fees"), tr("the three together"),
                    "=Part_fence_post+Part_before_first+Part_since_last", fence + before + since, strong=True),
        )  # fmt: skip
        for figure in figures:
            self._figure(row, figure)
            row += 1
        return row

    def periods(self, row: int) -> int:
        """Write the periods of the relationship, which L is the sum of (METRICS P9)."""
        titles = (tr("Counted from"), tr("First purchase"), tr("Last purchase"), tr("Counted to"), tr("Days"))
        sheet, parts = self._sheet, self._work.episodes
        Heads(titles, frozenset({3, 4})).write(sheet, row, 1)
        first = row + 1
        at = 0
        for number, part in enumerate(parts):
            row += 1
            until = at + sum(1 for purchase in self._work.purchases if purchase.episode == number + 1) - 1
            self._period(row, part, at, until)
            at = until + 1
        if not parts:
            row += 1
            sheet.text(row, 1, f"{formats.DASH}  {tr('no purchase yet')}", replace(CELL_QUIET, wrap=False))
            sheet.blanks(row, 2, _LAST, CELL)
        named = ("Period_start", "Period_first", "Period_last", "Period_end", "Period_days")
        for column, name in enumerate(named, start=1):
            self._frame.book.define(name, Names.VALUE, (first, column), (row, column))
        return row + 1

    def yearly(self, row: int) -> int:
        """Write the last 12 months, and for us what a year would bring (METRICS 1.4)."""
        window = 'Fee_days,">"&EDATE(As_of,-12),Fee_days,"<="&As_of'
        self._figure(
            row,
            _Figure("", tr("Last 12 months"), tr("net fees after the same day a year before"),
                    f"=SUMIFS(Fee_amounts,{window})", self._work.last_12_months, name="Last_12_months"),
        )  # fmt: skip
        inside = self._frame.inside
        return row + 1 if inside is None else self._projected(row + 1, inside.figures)

    def _projected(self, row: int, figures: FeeFigures) -> int:
        withheld = dict(figures.withheld).get("repeat_run_rate_year")
        held = (
            _Figure("", tr("If they keep this rhythm"), tr("S × 365.25 ÷ T"),
                    "=Average_spend*365.25/Average_interval", figures.tfi_for()),
            _Figure("", tr("Counting the silence"), tr("S × (n − 1) × 365.25 ÷ days since the first purchase"),
                    "=Average_spend*(Purchases-1)*365.25/(As_of-MIN(Purchase_days))",
                    None if withheld else figures.repeat_run_rate_year, why=withheld),
        )  # fmt: skip
        for figure in held:
            self._figure(row, figure)
            row += 1
        return row

    def streams(self, row: int) -> int:
        """Write retainer and project fees apart, where there are both (METRICS P5)."""
        sheet, streams = self._sheet, self._work.streams
        if not streams:
            return row
        row = heading(sheet, row, 1, _LAST, tr("Retainer and projects apart: they do not add up to the whole"))
        Heads((tr("Stream"), tr("S, T and L"), "", tr("TFI"), tr("Purchases")), frozenset({3, 4})).write(sheet, row, 1)
        for stream in streams:
            row += 1
            sheet.row(row, least=20)
            sheet.text(row, 1, names.name(stream.stream), CELL)
            spend = formats.money(stream.spend, self._frame.currency, pence=True)
            said = sentences.no_figure(stream.why_not) or review.rhythm(spend, stream.interval, stream.length)
            sheet.merged(row, 2, 3, said, CELL)
            sheet.money(row, _VALUE, stream.tfi, self._frame.currency, CELL_RIGHT)
            sheet.number(row, _LAST, stream.n, CELL_WHOLE)
        return row + 1

    def _figure(self, row: int, figure: _Figure) -> None:
        sheet = self._sheet
        said = figure.unit if figure.value is not None else sentences.no_figure(figure.why or self._work.why_not)
        sheet.row(row, ((2, figure.what), (3, figure.how), (_LAST, said)), least=21)
        fill = TINT if figure.strong else ""
        line = RULE if figure.strong else CELL.line
        label = replace(CELL, bold=figure.strong, fill=fill, line=line)
        quiet = replace(CELL_QUIET, fill=fill, line=line)
        sheet.text(row, 1, figure.sign, replace(label, bold=True, colour=ACCENT))
        sheet.text(row, 2, figure.what, label)
        sheet.text(row, 3, figure.how, quiet)
        number = number_format(figure.digits) if figure.days else money_format(self._frame.currency)
        style = replace(CELL_RIGHT, number=number, bold=figure.strong, fill=fill, line=line)
        self._value(row, figure, style)
        sheet.text(row, _LAST, said, replace(quiet, indent=1))
        if figure.name:
            self._frame.book.define(figure.name, Names.VALUE, (row, _VALUE))

    def _value(self, row: int, figure: _Figure, style: Style) -> None:
        if figure.value is None:
            self._sheet.text(row, _VALUE, formats.DASH, style)
            return
        value = Fraction(figure.value) / (1 if figure.days else self._unit)
        if self._fees.live:
            self._sheet.formula(row, _VALUE, figure.formula, value, style)
        else:
            self._sheet.number(row, _VALUE, value, style)

    def _period(self, row: int, part: EpisodeDates, first: int, last: int) -> None:
        """Write one period; days that are facts of the list Fees point there, others are plain dates."""
        self._sheet.row(row, least=20)
        ends = {self._frame.review.as_of: "=As_of", part.last: f"={cell(row, 3)}"}
        cells = (
            (part.start, f"={cell(row, 2)}" if part.start == part.first else ""),
            (part.first, f"={self._fees.day(first)}"),
            (part.last, f"={self._fees.day(last)}"),
            (part.end, ends.get(part.end, "")),
        )
        for column, (day, formula) in enumerate(cells, start=1):
            style = replace(CELL_DATE, align="right") if column == _VALUE else CELL_DATE
            self._date(row, column, day, formula, style)
        days = (part.end - part.start).days
        style = replace(CELL_RIGHT, number=WHOLE_FORMAT)
        if self._fees.live:
            self._sheet.formula(row, _LAST, f"={cell(row, _VALUE)}-{cell(row, 1)}", days, style)
        else:
            self._sheet.number(row, _LAST, days, style)

    def _date(self, row: int, column: int, day: date, formula: str, style: Style) -> None:
        if formula and self._fees.live:
            self._sheet.formula(row, column, formula, serial(day), style)
        else:
            self._sheet.day(row, column, day, style)
