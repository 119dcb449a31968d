"""What the sheet behind a figure says: the formula with one client's numbers, its parts, what was left out and why.

Every function takes results of `app.domain.metrics` and gives an `Explanation`; nothing is computed here but sums of
what is shown, so that the numbers on the sheet add up to the last digit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.metrics.explanation import ExplainedRow, RowUse, TfiExplanation
from app.domain.metrics.levers import LeverKind, levers
from app.domain.metrics.purchases import WithoutRate
from app.domain.metrics.reasons import Flag
from app.domain.metrics.tfi import FeeFigures
from app.domain.money import minor_units, round_half_away
from app.domain.vocabulary import StartRule
from app.words import formats
from app.words.catalogue import tr, trn

SMALL_SUM = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a formula: S, “average spend per purchase”, “£148,320 ÷ 36”, “£4,120”."""

    symbol: str
    meaning: str
    working: str
    value: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that an explanation shows, in words for people."""

    title: str
    rule: str
    formula: str
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()
    note: str = ""
    link: str = ""
    lever: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Writes money of one sheet alike: whole units, or with pence where the sums are small."""

    currency: str
    pence: bool

    @classmethod
    def fitting(cls, currency: str, *sums: int | Fraction | None) -> "Amounts":
        """Choose by the largest sum of the sheet: pence are shown under 10,000."""
        return cls(currency, all(abs(Fraction(part or 0)) < SMALL_SUM * minor_units(currency) for part in sums))

    def show(self, minor: int | Fraction | None) -> str:
        """Write an amount."""
        return formats.money(minor, self.currency, pence=self.pence)

    def signed(self, minor: int | Fraction) -> str:
        """Write an amount with its sign, plus too."""
        text = self.show(minor)
        return text if text.startswith(formats.MINUS) else f"+{text}"

    def rounded(self, minor: int | Fraction) -> int:
        """Give what is shown of an amount, in minor units: sums of shown amounts are made of these."""
        unit = 1 if self.pence else minor_units(self.currency)
        return round_half_away(Fraction(minor) / unit) * unit

    def adding_up(self, total: int | Fraction, parts: Sequence[int | Fraction]) -> list[int]:
        """Give parts as shown, so that they add up to the total as shown: the last one takes the odd unit (1.3).

        A part of nothing stays nothing, unless all are.
        """
        shown = [self.rounded(part) for part in parts]
        last = max((at for at, part in enumerate(parts) if part), default=len(parts) - 1)
        shown[last] += self.rounded(total) - sum(shown)
        return shown


def rule_line(rules: str, as_of: date) -> str:
    """Say which rules of METRICS and which day a figure goes by."""
    return tr("rule {rules}, as of {day}").format(rules=rules, day=formats.day(as_of))


def tfi(explained: TfiExplanation, currency: str, without_rate: Iterable[WithoutRate] = ()) -> Explanation:
    """Explain TFI = S × (L ÷ T) against the plain sum of fees (METRICS 1.3, 1.5)."""
    figures = explained.figures
    amounts = Amounts.fitting(currency, figures.observed, figures.product)
    return Explanation(
        title=tr("TFI, total fee income by formula"),
        rule=rule_line("P1 to P9", figures.as_of),
        formula=_formula(figures, amounts),
        lines=tuple(_lines(explained, amounts)),
        paragraphs=tuple(filter(None, (_difference(figures, amounts), _yearly(figures, amounts), _stands(figures)))),
        note=rows_counted(explained, amounts, tuple(without_rate)),
        link=tr("Show rows") if explained.rows else "",
        lever=_lever(figures, amounts),
    )


def tfi_short(figures: FeeFigures, currency: str) -> str:
    """Write the formula for the line under the figure: “S £4,120 × (L 5.3 y ÷ T 54 d)”, or why there is none."""
    if figures.why_not is not None:
        return tr(str(figures.why_not))
    return tr("S {s} × (L {l} ÷ T {t})").format(
        s=formats.money(figures.spend, currency), l=length(figures.length), t=length(figures.interval)
    )


def length(value: int | Fraction | None) -> str:
    """Write a length of time shortly, in the unit of METRICS P8: 54 d, 4.2 mo, 5.3 y; a dash where unknown."""
    if value is None:
        return formats.DASH
    exact = Fraction(value)
    if exact < 60:
        return tr("{n} d").format(n=formats.number(exact, 0 if exact.denominator == 1 or exact >= 10 else 1))
    words = formats.duration(exact)
    for whole, cut in ((tr("months"), tr("mo")), (tr("years"), tr("y"))):
        words = words.replace(whole, cut)
    return words


def in_days(value: int | Fraction | None) -> str:
    """Write a length of time in days, one decimal where it is not whole."""
    if value is None:
        return formats.DASH
    exact = Fraction(value)
    return formats.days(int(exact)) if exact.denominator == 1 else tr("{n} days").format(n=formats.number(exact, 1))


def _formula(figures: FeeFigures, amounts: Amounts) -> str:
    if figures.why_not is not None:
        return tr("No TFI: {reason}").format(reason=tr(str(figures.why_not)))
    return tr("{tfi} = {s} × ({l} ÷ {t})").format(
        tfi=amounts.show(figures.tfi),
        s=amounts.show(figures.spend),
        l=in_days(figures.length),
        t=in_days(figures.interval),
    )


def _lines(explained: TfiExplanation, amounts: Amounts) -> Iterable[Line]:
    figures = explained.figures
    if figures.n:
        bought = trn("{n} purchase", "{n} purchases", figures.n)
        yield Line(
            "S", tr("average spend per purchase"), f"{amounts.show(figures.observed)} ÷ {bought}",
            amounts.show(figures.spend),
        )  # fmt: skip
    if figures.gaps:
        gaps = trn("{n} gap", "{n} gaps", figures.gaps)
        yield Line(
            "T", tr("average time between purchases"), f"{in_days(figures.span)} ÷ {gaps}", in_days(figures.interval)
        )
    if figures.length is not None and figures.start is not None:
        until = figures.ended_on or figures.as_of
        if figures.last is not None:
            until = max(until, figures.last)
        yield Line("L", _began(figures, explained.rule), f"{formats.day(figures.start)} – {formats.day(until)}",
                   in_days(figures.length))  # fmt: skip


def _began(figures: FeeFigures, rule: StartRule) -> str:
    if figures.episodes > 1:
        return trn("length of {n} period", "length of {n} periods, the pauses left out", figures.episodes)
    starts = {
        StartRule.FIRST_PURCHASE: tr("from the first purchase"),
        StartRule.WON: tr("from the day they were won"),
        StartRule.FIRST_CONTACT: tr("from the first contact"),
    }[rule if figures.start != figures.first else StartRule.FIRST_PURCHASE]
    ends = tr("to the end") if figures.ended else tr("to the day")
    return f"{starts} {ends}"


def _difference(figures: FeeFigures, amounts: Amounts) -> str:
    """Say in three parts how TFI differs from what was invoiced; the last one shown takes the odd unit."""
    invoiced = tr("Invoiced so far {amount}.").format(amount=amounts.show(figures.observed))
    parts = figures.explained
    if parts is None or figures.tfi is None:
        return invoiced if figures.n or figures.observed else ""
    total = amounts.rounded(figures.tfi) - amounts.rounded(figures.observed)
    told = [(_fence(figures), parts.fencepost)]
    if parts.before_first:
        words = tr("{days} before the first purchase count as if they had been buying")
        told.append((words.format(days=formats.days(figures.lead)), parts.before_first))
    if parts.since_last:
        told.append((_since(figures), parts.since_last))
    shown = amounts.adding_up(total, [amount for _, amount in told])
    how = ", ".join(f"{words} ({amounts.signed(amount)})" for (words, _), amount in zip(told, shown, strict=True))
    if total == 0:
        return f"{invoiced} {tr('The formula gives the same: {how}.').format(how=how)}"
    less = tr("The formula gives {amount} less: {how}.") if total < 0 else tr("The formula gives {amount} more: {how}.")
    return f"{invoiced} {less.format(amount=amounts.show(abs(total)), how=how)}"


def _fence(figures: FeeFigures) -> str:
    if figures.episodes > 1:
        return tr("the first purchase of each period is not a gap")
    return tr("the first purchase is not a gap")


def _since(figures: FeeFigures) -> str:
    if figures.episodes > 1 or figures.ended:
        return trn(
            "{n} day between the last purchase and the end",
            "{n} days between the last purchase and the end", figures.tail,
        )  # fmt: skip
    return trn(
        "{n} day has passed since the last one", "{n} days have passed since the last one", figures.tail
    )  # fmt: skip


def _yearly(figures: FeeFigures, amounts: Amounts) -> str:
    """Set the yearly figures side by side (METRICS 1.4)."""
    parts = []
    if figures.tfi_for() is not None:
        parts.append(tr("If they keep this rhythm {amount} a year.").format(amount=amounts.show(figures.tfi_for())))
    if figures.repeat_run_rate_year is not None:
        counted = amounts.show(figures.repeat_run_rate_year)
        parts.append(tr("Counting the silence {amount} a year.").format(amount=counted))
    if figures.n:
        parts.append(tr("Last 12 months {amount}.").format(amount=amounts.show(figures.last_12_months)))
    return " ".join(parts)


def _stands(figures: FeeFigures) -> str:
    """Say on how little it stands and what is wrong with it (METRICS 1.5)."""
    told = []
    if figures.evidence is not None:
        told.append(tr("Evidence: {label}.").format(label=tr(str(figures.evidence)).replace(" - ", ", ")))
    for flag in figures.flags:
        if flag is Flag.LONG_TAIL:
            told.append(
                trn(
                    "TFI counts {n} purchase that has not happened.",
                    "TFI counts {n} purchases that have not happened.",
                    figures.purchases_not_happened,
                )
            )
        elif flag is not Flag.WITHOUT_RATE:
            words = tr(str(flag))
            told.append(f"{words[0].upper()}{words[1:]}.")
    return " ".join(told)


def rows_counted(explained: TfiExplanation, amounts: Amounts, without_rate: tuple[WithoutRate, ...]) -> str:
    """Say what was counted and what was left out, with reasons."""
    if not explained.rows:
        return tr("No fees are recorded yet.")
    counted = tr("{purchases} counted from {documents}").format(
        purchases=trn("{n} purchase", "{n} purchases", explained.figures.n),
        documents=trn("{n} document", "{n} documents", len(explained.rows)),
    )
    out = [*_left_out(explained.left_out, amounts), *(_without_rate(row) for row in without_rate)]
    moved = Counter(row.use for row in explained.rows)[RowUse.MOVED]
    if moved:
        counted += ", " + trn("{n} credit moved to its invoice", "{n} credits moved to their invoices", moved)
    return f"{counted} · {tr('left out: {rows}').format(rows=', '.join(out))}" if out else counted


def _left_out(rows: Iterable[ExplainedRow], amounts: Amounts) -> Iterable[str]:
    sums: defaultdict[RowUse, list[int]] = defaultdict(list)
    for row in rows:
        if row.use is not RowUse.WITHOUT_RATE:
            sums[row.use].append(row.row.amount or 0)
    for use, one, many in (
        (RowUse.DISBURSEMENT, "{n} disbursement", "{n} disbursements"),
        (RowUse.BOOKED_AHEAD, "{n} booked ahead", "{n} booked ahead"),
    ):
        if use in sums:
            yield f"{trn(one, many, len(sums[use]))} ({amounts.show(sum(sums[use]))})"


def _without_rate(row: WithoutRate) -> str:
    """Name documents without a rate: “1 USD document without a rate (USD 1,000)”."""
    several = trn("{n} document without a rate", "{n} documents without a rate", row.documents)
    return f"{row.currency}: {several} ({formats.money(row.amount, row.currency)})"


def _lever(figures: FeeFigures, amounts: Amounts) -> str:
    """Name the change that would move TFI most."""
    best = next((lever for lever in levers(figures) if lever.gain > 0), None)
    if best is None:
        return ""
    what = {
        LeverKind.ONE_MORE: tr("one more purchase now"),
        LeverKind.YEAR_MORE: tr("a year more at this rhythm"),
        LeverKind.CLOSER: tr("T {days} instead of {now}").format(days=best.interval, now=in_days(figures.interval)),
    }[best.kind]
    return tr("Biggest lever: {what}, {gain}").format(what=what, gain=amounts.signed(best.gain))
