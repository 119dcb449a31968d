"""The titles of the portfolio's charts are sentences that hold for every book."""

from datetime import date

import pytest

from app.domain.metrics.concentration import Concentration, Income, concentration
from app.words import portfolio


def found(*amounts: int) -> Concentration:
    return concentration([Income(f"c{n}", amount, date(2026, 1, 1)) for n, amount in enumerate(amounts)])


def said(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize(
    ("amounts", "title"),
    [
        ((), "No fees in this window"),
        ((0, 0), "No fees in this window"),
        ((100,), "One client brings 100 % of fees"),
        ((70, 20, 6, 4), "Two clients bring 90 % of fees"),
    ],
)
def test_few_bring_much(amounts: tuple[int, ...], title: str) -> None:
    assert said(portfolio.pareto_title(found(*amounts))[0]) == title


def test_the_title_speaks_of_as_many_as_are_coloured() -> None:
    words, strong = portfolio.pareto_title(found(70, 20, 6, 4))
    assert strong == 2
    assert words.startswith("Two ")


def test_the_detail_names_the_largest_and_prints_n() -> None:
    detail = said(portfolio.pareto_detail(found(70, 20, 6, 4), "R&D <b>"))
    assert detail == "Losing R&D <b> would cost 70 % · 1.9 effective clients · n = 4"


def test_large_numbers_are_digits() -> None:
    assert portfolio.count(13, "client", "clients") == "13 clients"
    assert portfolio.count(0, "client", "clients") == "No clients"
