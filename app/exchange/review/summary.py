"""The sheet Summary: who, when, the figures that matter, what they say, and fees month by month."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from app.domain.metrics.contacts import MIN_CONTACTS
from app.domain.metrics.reasons import Reason
from app.domain.money import minor_units
from app.domain.reviews import Edition
from app.exchange.review import standing
from app.exchange.review.contents import in_short
from app.exchange.review.frame import Figure, Frame, Heads, Months, Names, heading, lines, money_figure, whole_money
from app.exchange.workbooks.charts import Series, column_chart
from app.exchange.workbooks.measuring import text_height
from app.exchange.workbooks.styles import (
    ACCENT,
    CELL,
    CELL_RIGHT,
    CELL_WHOLE,
    EYEBROW,
    FIGURE,
    FIGURE_LABEL,
    FIGURE_NOTE,
    LINE,
    NOTE,
    SHARE_FORMAT,
    TITLE,
    money_format,
)
from app.exchange.workbooks.xlsx import Sheet
from app.words import formats, review, sentences
from app.words.catalogue import tr, trn

_COLUMNS = 12
_LAST = _COLUMNS
_MOST_ON_ONE_PAGE = 13
_CHART_ROWS = 11
_CHART_HEIGHT = 260
_WIDTH = 7.9
CHART_WIDTH = 712


def write(frame: Frame, sheet: Sheet, *, live: bool) -> Months | None:
    """Write the sheet, which was begun first so that the workbook opens on it; gives its months where there are any."""
    given = frame.review
    row = _head(frame, sheet)
    row = _band(sheet, row, _figures(frame, live=live))
    if frame.inside is not None and frame.inside.inside is not None:
        row = _band(sheet, row, standing.figures(frame.inside.inside, frame.currency))
    row = heading(sheet, row, 1, _LAST, tr("In short"))
    row = lines(sheet, row, 1, _LAST, in_short(given, frame.inside))
    months = None
    with_fees = any(item.fees for item in given.buckets)
    if with_fees or given.spoken.total:
        row = chart_row = heading(sheet, row, 1, _LAST, review.chart_title(given))
        if with_fees:
            for at in range(_CHART_ROWS):
                sheet.height(chart_row + at, _CHART_HEIGHT * 0.75 / _CHART_ROWS)
            row += _CHART_ROWS
        months = _months(frame, sheet, row)
        if with_fees:
            _chart(frame, sheet, chart_row, months)
    frame.finish(sheet, one_page=len(frame.review.buckets) <= _MOST_ON_ONE_PAGE)
    return months


def begin(frame: Frame) -> Sheet:
    """Begin the sheet, so that it stands first."""
    sheet = frame.sheet(Names.SUMMARY, *([_WIDTH] * _COLUMNS))
    sheet.first_shown()
    return sheet


def _head(frame: Frame, sheet: Sheet) -> int:
    given = frame.review
    half = _COLUMNS // 2
    edition = Edition.CLIENT if frame.to_client else Edition.INTERNAL
    sheet.height(0, 8)
    sheet.merged(1, 1, half, given.firm, EYEBROW)
    named = replace(EYEBROW, align="right", colour=EYEBROW.colour if frame.to_client else ACCENT)
    sheet.merged(1, half + 1, _LAST, review.title(edition), named)
    sheet.height(1, 16)
    name = replace(TITLE, wrap=True)
    sheet.merged(2, 1, _LAST, given.client, name)
    sheet.height(2, max(36, text_height(given.client, sheet.width(1, _LAST), name.size)))
    when = tr("{period}  ·  as of {day}").format(period=review.days_of(given.period), day=formats.day(given.as_of))
    sheet.merged(3, 1, _LAST, when, replace(CELL, line="", wrap=False))
    sheet.height(3, 17)
    known = [
        tr("Known since {day}").format(day=formats.day(given.known_since)) if given.known_since else "",
        tr("client since {day}").format(day=formats.day(given.client_since)) if given.client_since else "",
        tr("in charge: {name}").format(name=given.owner) if given.owner else "",
    ]
    said = "  ·  ".join(filter(None, known))
    sheet.merged(4, 1, _LAST, said[:1].upper() + said[1:], replace(EYEBROW, line=LINE, valign="top"))
    sheet.height(4, 22)
    return 5


def _figures(frame: Frame, *, live: bool) -> list[Figure]:
    given, work = frame.review, frame.review.workings
    money = money_figure(frame.currency, work.observed)
    spoken, share = given.spoken, given.spoken.dialogue_share
    enough = share if spoken.total >= MIN_CONTACTS else None
    why = sentences.no_figure(Reason.NO_CONTACT if not spoken.total else Reason.FEW_CONTACTS)
    formula = {"observed": "=Observed_fees", "tfi": "=TFI_by_formula"} if live else {}
    unit = minor_units(frame.currency)
    return [
        Figure(
            tr("Fees in the period"),
            None if not work.documents else Fraction(given.fees_in_period, unit),
            money,
            trn("{n} purchase day", "{n} purchase days", given.purchases_in_period),
            sentences.no_figure(Reason.NO_PURCHASE),
        ),
        Figure(
            tr("Observed fees, all so far"),
            Fraction(work.observed, unit) if work.documents else None,
            money,
            trn("{n} purchase", "{n} purchases", work.n),
            sentences.no_figure(Reason.NO_PURCHASE),
            formula.get("observed", ""),
        ),
        Figure(
            tr("TFI = S × (L ÷ T)"),
            None if work.tfi is None else work.tfi / unit,
            replace(money, colour=ACCENT),
            tr(str(work.evidence)) if work.evidence else tr("workings on the sheet Value"),
            sentences.no_figure(work.why_not),
            formula.get("tfi", ""),
        ),
        Figure(
            tr("Your share of the dialogue") if frame.to_client else tr("Their share of the dialogue"),
            enough,
            replace(FIGURE, number=SHARE_FORMAT),
            trn("of {n} contact in the period", "of {n} contacts in the period", spoken.total),
            f"{trn('{n} contact', '{n} contacts', spoken.total)}; {why}" if spoken.total else why,
        ),
    ]


def _band(sheet: Sheet, row: int, figures: Sequence[Figure]) -> int:
    """Write up to four figures side by side: label, value, remark."""
    each = _COLUMNS // 4
    remarks = []
    for at, figure in enumerate(figures):
        first, last = 1 + at * each, (at + 1) * each
        remark = figure.remark if figure.value is not None else figure.why
        remarks.append(text_height(remark, sheet.width(first, last), FIGURE_NOTE.size))
        sheet.merged(row, first, last, figure.label, FIGURE_LABEL)
        sheet.merged(row + 1, first, last, "", figure.style)
        if figure.value is None:
            sheet.text(row + 1, first, formats.DASH, replace(figure.style, number=""))
        elif figure.formula:
            sheet.formula(row + 1, first, figure.formula, figure.value, figure.style)
        else:
            sheet.number(row + 1, first, figure.value, figure.style)
        sheet.merged(row + 2, first, last, remark, replace(FIGURE_NOTE, line=LINE))
    sheet.height(row, 24)
    sheet.height(row + 1, 27)
    sheet.height(row + 2, max([22, *(height + 6 for height in remarks)]))
    return row + 3


def _months(frame: Frame, sheet: Sheet, row: int) -> Months:
    given = frame.review
    they = tr("You spoke") if frame.to_client else tr("They spoke")
    shown = 5 if given.spoken.total else 2
    titles = (review.bucket_kind(given.buckets), tr("Fees"), they, tr("We spoke"), tr("Conversations"))[:shown]
    spans = ((1, 3), (4, 6), (7, 8), (9, 10), (11, 12))[:shown]
    for (first, last), title in zip(spans, titles, strict=True):
        Heads((title,), frozenset() if first == 1 else frozenset({0})).write(sheet, row, first)
        sheet.blanks(row, first + 1, last, replace(CELL, line="#9AA0AA"))
        if first > 1:
            sheet.merged(row, first, last, title, replace(EYEBROW, align="right", line="#9AA0AA", valign="bottom"))
    money = replace(CELL_RIGHT, number=money_format(frame.currency))
    unit = minor_units(frame.currency)
    for at, item in enumerate(given.buckets, start=row + 1):
        sheet.row(at, least=17)
        sheet.merged(at, 1, 3, review.bucket(item), replace(CELL, wrap=False))
        spoken = item.spoken
        values: tuple[Fraction | int, ...] = (
            Fraction(item.fees, unit),
            *(spoken.inbound, spoken.outbound, spoken.both),
        )
        for (first, last), value, style in zip(spans[1:], values, (money, *[CELL_WHOLE] * 3), strict=False):
            sheet.merged(at, first, last, "", style)
            sheet.number(at, first, value, style)
    last_row = row + len(given.buckets)
    if review.is_cut(given.period, given.buckets):
        said = tr("Cut at the ends of the period. A credit note that belongs to an invoice counts on its day.")
        sheet.across(last_row + 1, 1, _LAST, said, NOTE, least=22)
    return Months(row + 1, last_row)


def _chart(frame: Frame, sheet: Sheet, row: int, months: Months) -> None:
    series = Series(tr("Fees"), Names.SUMMARY, 4, 1, months.first, months.last, ACCENT)
    chart = column_chart(frame.book, (series,), stacked=False, number=whole_money(frame.currency))
    given = frame.review
    best = max(given.buckets, key=lambda item: item.fees)
    columns = trn("{n} column", "{n} columns", len(given.buckets))
    said = tr("Column chart of fees over the period, {columns}; the highest is {month} with {sum}.").format(
        columns=columns, month=review.bucket(best), sum=formats.money(best.fees, frame.currency)
    )
    sheet.place_chart(row, 1, chart, (CHART_WIDTH, _CHART_HEIGHT), said)
