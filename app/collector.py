"""Python's cycle collector paused: while very many values are made, while the program starts, while threads work.

Reading a list or a book makes millions of small values without cycles, and the collector walks them all again and
again: measured on 100,000 fees it doubles the time (0.9 s against 0.4 s).

It also collects in whichever thread happens to make the next value. What it finds may be a window's, and Qt takes
windows apart in their own thread only: while work runs in another thread the collector rests (`Pauses`).
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# From here on the walks over what was made are felt: three of 0.2 s each after an import of 100,000 fees, and nothing
# else runs meanwhile, the window included.
MANY = 50_000


class Pauses:
    """Counts who wants the collector to rest; it works again when the last one is done."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._count = 0
        self._starting = False

    def begin(self) -> None:
        """Let the collector rest."""
        with self._guard:
            self._count += 1
            gc.disable()

    def end(self) -> None:
        """Need the rest no longer; very many new values are not walked when the collector works again.

        They have no cycles and go when nobody needs them any more, as ever; only the collector no longer looks at them.
        """
        with self._guard:
            self._count -= 1
            if self._count == 0:
                if gc.get_count()[0] > MANY:
                    gc.freeze()
                gc.enable()

    def begin_start(self) -> None:
        """Let the collector rest until the program stands."""
        if not self._starting:
            self._starting = True
            self.begin()

    def end_start(self) -> None:
        """The program stands: what was made so far lasts to its end and is not walked again."""
        if self._starting:
            self._starting = False
            gc.freeze()
            self.end()


# The collector is one for the whole interpreter, and so is the count of those who pause it.
PAUSES = Pauses()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector, and start it again where it ran before."""
    ran = gc.isenabled()
    if ran:
        PAUSES.begin()
    try:
        yield
    finally:
        if ran:
            PAUSES.end()


def begin_paused() -> None:
    """Pause the collector from the start of the program until `begin_collecting`: a sixth of the start is its walks."""
    PAUSES.begin_start()


def begin_collecting() -> None:
    """Start the collector once the program stands."""
    PAUSES.end_start()
