"""Which columns a table shows, in which order, how wide, sorted by what: the value that is remembered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Keys in the order shown, widths at 100 % text size; unknown keys are ignored."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: tuple[tuple[str, int], ...] = ()
    sort: str = ""
    descending: bool = False
