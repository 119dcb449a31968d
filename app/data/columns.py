"""Column types: how the values of the domain are stored, so that what is bound is exactly what is read back."""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Word(TypeDecorator[StrEnum]):
    """A member of a closed list, stored as its word."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Store the word."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Give the member back."""
        return None if value is None else self.members(value)


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal number (a rate), stored as text so that no digit is lost."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Store the digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Give the number back."""
        return None if value is None else Decimal(value)
