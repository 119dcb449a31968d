"""The firm whose book this is, and the settings every figure depends on."""

from dataclasses import dataclass

from app.domain.checking import Problem
from app.domain.vocabulary import RankingWindow, StartRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """One row a book. Money in minor units of `currency`; rates in basis points (1,000 = 10 %)."""

    name: str
    currency: str = "GBP"
    year_starts: int = 1
    hourly_cost: int | None = None
    discount_basis_points: int = 1000
    start_rule: StartRule = StartRule.FIRST_PURCHASE
    ranking_window: RankingWindow = RankingWindow.TWELVE_MONTHS
    years_cap: int = 10
    horizon_months: int = 12


def check(firm: Firm) -> tuple[Problem, ...]:
    """Name everything wrong with the firm's settings."""
    problems = []
    if not firm.name.strip():
        problems.append(Problem("name", "The firm has no name.", "Type the name your clients know."))
    if len(firm.currency) != 3 or not firm.currency.isascii() or not firm.currency.isalpha():
        problems.append(
            Problem(
                "currency",
                f"“{firm.currency}” is no currency.",
                "Give the three letters, such as GBP or EUR.",
            )
        )
    if not 1 <= firm.year_starts <= 12:
        problems.append(Problem("year_starts", "A financial year starts in a month from 1 to 12."))
    if firm.hourly_cost is not None and firm.hourly_cost < 0:
        problems.append(Problem("hourly_cost", "An hourly cost cannot be negative."))
    if not 0 <= firm.discount_basis_points <= 10_000:
        problems.append(Problem("discount_basis_points", "The discount rate lies between 0 % and 100 %."))
    if not 1 <= firm.years_cap <= 100:
        problems.append(Problem("years_cap", "The cap on years retained lies between 1 and 100."))
    return tuple(problems)
