"""Python's cycle collector paused while very many values are made, and while the program starts.

Reading a list or a book makes millions of small values without cycles, and the collector walks them all again and
again: measured on 100,000 fees it doubles the time (0.9 s against 0.4 s).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector, and start it again where it ran before."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()


def begin_paused() -> None:
    """Pause the collector from the start of the program until `begin_collecting`: a sixth of the start is its walks."""
    gc.disable()


def begin_collecting() -> None:
    """Start the collector once the program stands: what was made so far lasts to the end and is not walked again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
