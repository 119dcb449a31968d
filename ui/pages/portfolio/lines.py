"""The rows behind the portfolio's charts: clients by rank, with what the ranking counts."""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.money import SYMBOLS
from app.domain.vocabulary import RankingWindow
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.words import formats
from app.words.catalogue import tr
from ui.models.rows import Align, Column

USUAL, DIGIT = 92, 9


@dataclass(frozen=True, slots=True)
class Line:
    """One client as the table behind the charts shows it."""

    found: ClientFigures
    rank: int | None
    tier: str
    fees: int
    share: Fraction | None
    running: Fraction | None
    currency: str

    @property
    def client_id(self) -> int:
        """The client's id."""
        return self.found.client.id


def columns(currency: str, largest: int | Fraction = 0) -> tuple[Column[Line], ...]:
    """Give the table's columns, wide enough for the largest amount: a sum is never cut off."""
    wide = max(USUAL, DIGIT * len(formats.money(largest, currency, symbol=False)) + 24)

    def money(value: int | Fraction | None) -> str:
        return formats.money(value, currency, symbol=False)

    def titled(words: str) -> str:
        return f"{words} {SYMBOLS.get(currency, currency)}"

    return (
        Column("rank", tr("Rank"), text=lambda r: formats.DASH if r.rank is None else str(r.rank),
               value=lambda r: r.rank, align=Align.RIGHT, width=56),
        Column("client", tr("Client"), text=lambda r: r.found.client.name, strong=True, stretch=True, width=150),
        Column("tier", tr("Tier"), text=lambda r: r.tier, width=84),
        Column("fees", titled(tr("Fees ranked")), text=lambda r: money(r.fees), value=lambda r: r.fees,
               align=Align.RIGHT, width=max(wide, 112)),
        Column("share", tr("Share"), text=lambda r: formats.share(r.share, 1), value=lambda r: r.share,
               align=Align.RIGHT, width=76),
        Column("running", tr("Cumulated"), text=lambda r: formats.share(r.running, 1), value=lambda r: r.running,
               align=Align.RIGHT, width=90),
        Column("observed", titled(tr("Fees so far")), text=lambda r: money(r.found.fees.observed),
               value=lambda r: r.found.fees.observed, align=Align.RIGHT, width=max(wide, 104)),
        Column("tfi", titled(tr("TFI")), text=lambda r: money(r.found.fees.tfi), value=lambda r: r.found.fees.tfi,
               align=Align.RIGHT, width=wide, tooltip=lambda r: str(r.found.fees.why_not or "")),
    )  # fmt: skip


def ranked_lines(found: BookFigures) -> list[Line]:
    """Give every client by rank, those without fees in the window last."""
    all_time = found.firm.ranking_window is RankingWindow.ALL_TIME
    lines = []
    running = Fraction()
    for standing in found.ranking.standings:
        entry = found.of(standing.client)
        if standing.share is not None:
            running += standing.share
        lines.append(
            Line(
                found=entry,
                rank=standing.rank,
                tier=found.tier_name(entry.tier),
                fees=entry.fees.observed if all_time else entry.fees.last_12_months,
                share=standing.share,
                running=running if standing.share is not None else None,
                currency=found.firm.currency,
            )
        )
    return lines
