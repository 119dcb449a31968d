"""How long work tells how far it is and hears that it should stop."""

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import CancelledError


def _never() -> bool:
    return False


def _silent(_done: int, _total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watch:
    """`report(done, total)` (total 0 while unknown) and `cancelled()`, both called between chunks."""

    report: Callable[[int, int], None] = _silent
    cancelled: Callable[[], bool] = _never

    def step(self, done: int, total: int = 0) -> None:
        """Report progress, or raise CancelledError where the person has cancelled."""
        if self.cancelled():
            raise CancelledError
        self.report(done, total)


UNWATCHED = Watch()
