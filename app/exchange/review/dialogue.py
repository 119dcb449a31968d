"""The sheet Dialogue: who spoke with whom, in which words, and the balance month by month."""

from dataclasses import replace

from app.domain.reviews import SafeContact
from app.domain.vocabulary import Direction
from app.exchange.review.frame import Frame, Heads, Months, Names, heading
from app.exchange.workbooks.charts import Series, column_chart
from app.exchange.workbooks.styles import (
    BOTH,
    CELL,
    CELL_DATE,
    CELL_QUIET,
    CELL_RIGHT,
    CELL_WHOLE,
    THEY,
    WE,
)
from app.exchange.workbooks.xlsx import Sheet
from app.services.review_values import LoggedContact
from app.words import names, review
from app.words.catalogue import tr

_WIDTHS = (12.0, 14.0, 17.0, 24.0, 20.0, 58.0)
_INSIDE = (10.0, 9.0, 12.0, 44.0)
_HEAD_ROW = 5
_CHART_ROWS = 12
_CHART_POINTS = 270.0
_COLUMNS = {Direction.IN: 7, Direction.OUT: 9, Direction.BOTH: 11}
_COLOURS = {Direction.IN: THEY, Direction.OUT: WE, Direction.BOTH: BOTH}


def write(frame: Frame, months: Months | None) -> None:
    """Write the sheet; the chart reads the table by month on the sheet Summary."""
    inside = frame.inside
    sheet = frame.sheet(Names.DIALOGUE, *_WIDTHS, *(() if inside is None else _INSIDE))
    last = len(_WIDTHS) + (0 if inside is None else len(_INSIDE))
    said = review.dialogue(frame.review, to_client=frame.to_client)
    row = frame.opening(sheet, last, tr("Dialogue"), said)
    with_whom = tr("From your side") if frame.to_client else tr("From their side")
    more = () if inside is None else (tr("Purpose"), tr("Minutes"), tr("Time cost"), tr("Our note"))
    titles = (tr("Date"), tr("Who spoke"), tr("How"), with_whom, tr("From our side"), tr("What about"), *more)
    Heads(titles, frozenset({7, 8}), frozenset({9})).write(sheet, row, 1)
    contacts = frame.review.contacts
    for at, contact in enumerate(contacts):
        row += 1
        _contact(frame, sheet, row, contact, None if inside is None else inside.contacts[at])
    row += 1
    sheet.freeze(_HEAD_ROW + 1)
    sheet.count_rows(len(contacts))
    if months is not None and frame.review.spoken.total:
        sheet.keep_together(row, _CHART_POINTS)
        row = heading(sheet, row, 1, last, tr("Who spoke, month by month"))
        _chart(frame, sheet, row, months)
    frame.finish(sheet, landscape=True, repeat=_HEAD_ROW)


def _contact(frame: Frame, sheet: Sheet, row: int, contact: SafeContact, logged: LoggedContact | None) -> None:
    how = names.name(contact.channel)
    how = how if contact.counts else tr("{how}, not counted").format(how=how)
    people, colleagues = ", ".join(contact.people), ", ".join(contact.colleagues)
    texts = [(3, how), (4, people), (5, colleagues), (6, contact.summary)]
    if logged is not None:
        texts.append((10, logged.contact.note))
    sheet.row(row, texts)
    sheet.day(row, 1, contact.on, CELL_DATE)
    sheet.text(row, 2, review.spoke(contact.direction, to_client=frame.to_client), CELL)
    sheet.text(row, 3, how, CELL_QUIET)
    sheet.text(row, 4, people, CELL)
    sheet.text(row, 5, colleagues, CELL)
    sheet.text(row, 6, contact.summary, CELL)
    if logged is not None:
        sheet.text(row, 7, names.name(logged.contact.purpose), CELL_QUIET)
        sheet.number(row, 8, logged.contact.minutes, CELL_WHOLE)
        sheet.money(row, 9, logged.cost, frame.currency, CELL_RIGHT)
        sheet.text(row, 10, logged.contact.note, replace(CELL, indent=1))


def _chart(frame: Frame, sheet: Sheet, row: int, months: Months) -> None:
    series = [
        Series(
            review.spoke(direction, to_client=frame.to_client),
            Names.SUMMARY,
            _COLUMNS[direction],
            1,
            months.first,
            months.last,
            _COLOURS[direction],
        )
        for direction in (Direction.IN, Direction.BOTH, Direction.OUT)
    ]
    chart = column_chart(frame.book, series, stacked=True, number="0")
    spoken = frame.review.spoken
    said = tr(
        "Stacked columns of contacts: {inbound} from the client, {outbound} from us, {both} conversations."
    ).format(inbound=spoken.inbound, outbound=spoken.outbound, both=spoken.both)
    for at in range(_CHART_ROWS):
        sheet.height(row + at, 18)
    sheet.place_chart(row, 1, chart, (760, 280), said)
