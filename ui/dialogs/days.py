"""Date fields for dialogs and pages: typed forgivingly, shown in full.

Usage: `day_field(desk.theme, desk.icons, today=lambda: desk.day, lean=Lean.PAST)`.
"""

from collections.abc import Callable
from datetime import date

from app.domain.checking import InvalidInputError
from app.domain.parsing.typed_dates import Lean, parse_date_typed
from app.words import formats
from ui.icons import Icons
from ui.theme import Theme
from ui.widgets.parsed_field import DateField


class DayParser:
    """Reads a typed day; what cannot be read is refused with its sentence."""

    def __init__(self, today: Callable[[], date], lean: Lean) -> None:
        self._today = today
        self._lean = lean

    def __call__(self, text: str) -> date:
        """Read one."""
        found = parse_date_typed(text, self._today(), lean=self._lean)
        if isinstance(found, date):
            return found
        raise InvalidInputError(found)


def day_field(
    theme: Theme, icons: Icons, *, today: Callable[[], date], lean: Lean = Lean.THIS_YEAR, hint: str = ""
) -> DateField:
    """Make a field for a day; a day without a year leans as told."""
    return DateField(theme, icons, DayParser(today, lean), formats.day, today=today, hint=hint)
