"""Rows that need a word, and rows that differ from the book."""

from app.domain.checking import Problem
from app.exchange.comparing.outcome import ChangedRow
from app.words import importing
from app.words.catalogue import tr
from ui.models.rows import Align, Column
from ui.theme import Theme
from ui.tokens import Tone
from ui.widgets.table import Table

LONGEST_VALUE = 160

PROBLEMS: tuple[Column[Problem], ...] = (
    Column(
        "row",
        tr("Row"),
        text=lambda p: "" if p.row is None else f"{p.row:,}",
        value=lambda p: p.row,
        align=Align.RIGHT,
        width=64,
    ),
    Column("column", tr("Column"), text=lambda p: p.field, wraps=True, width=84),
    Column("problem", tr("What is wrong"), text=lambda p: p.problem, stretch=True, wraps=True, width=130),
    Column(
        "mend",
        tr("How to mend it"),
        text=lambda p: p.mend,
        tone=lambda _: Tone.ACCENT,
        stretch=True,
        wraps=True,
        width=130,
    ),
)


def problems_table(theme: Theme) -> Table[Problem]:
    """Make the table of rows that need a word."""
    return Table(theme, PROBLEMS, identity=id, name=tr("Rows that need a word"))


def changes_table(theme: Theme, currency: str) -> Table[ChangedRow]:
    """Make the table of rows that differ."""
    return Table(theme, change_columns(currency), identity=id, name=tr("Rows that differ"))


def change_columns(currency: str) -> tuple[Column[ChangedRow], ...]:
    """Give the columns of the table of changed rows."""

    def words(changed: ChangedRow) -> str:
        parts = importing.changes(changed.changes, currency)
        return "; ".join(f"{field}: {_short(before)} → {_short(after)}" for field, before, after in parts)

    return (
        Column(
            "row", tr("Row"), text=lambda c: f"{c.row:,}", value=lambda c: c.row, align=Align.RIGHT, width=64
        ),
        Column("about", tr("About"), text=lambda c: c.about, wraps=True, width=110),
        Column("changes", tr("What differs"), text=words, stretch=True, wraps=True, width=130),
        Column("taken", "", text=lambda c: importing.becomes(taken=c.taken, left=c.left), width=96),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
