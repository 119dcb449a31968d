"""Which record the keyboard is at: a page or a part of one may say, the nearest to the keyboard is asked first."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from app.domain.changes import RecordRef


@runtime_checkable
class KnowsRecord(Protocol):
    """A widget that knows which of its records is at hand."""

    def record_at_hand(self) -> RecordRef | None:
        """Give the record of the current row; None where there is none."""


def record_at_hand(widget: QWidget | None) -> RecordRef | None:
    """Ask a widget and all it stands in for the record at hand."""
    while widget is not None:
        if isinstance(widget, KnowsRecord):
            found = widget.record_at_hand()
            if found is not None:
                return found
        widget = widget.parentWidget()
    return None
