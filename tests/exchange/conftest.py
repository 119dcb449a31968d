"""What tests of exports share: a desk with an open book."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.firm import Firm
from app.services.book import new_book, open_book
from tests.exchange.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give an empty book of a firm with an hourly cost."""
    path = tmp_path / "desk.rapport"
    new_book(path, Firm(name="Pemberton & Vale", currency="GBP", hourly_cost=4_500))
    book = open_book(path, write=True)
    yield Desk(book)
    book.close()
