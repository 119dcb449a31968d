"""Opening a book with its checks: as this computer left it, and as one it has never seen, checked from end to end."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Bench, Figure

from app.paths import Paths
from app.services.book import open_book


def measure(bench: Bench) -> Iterator[Figure]:
    """Open for writing, by the clock: its checks run beside each other. A book without a seal gets the full check."""
    path = Path(shutil.copy(bench.load("40 MB"), bench.folder / "opening.rapport"))
    size = path.stat().st_size / 1e6
    for known, words in ((True, "its seal known"), (False, "checked from end to end")):
        paths = Paths(bench.folder / f"opening-{known}")
        open_book(path, write=True, paths=paths).close()

        def run(paths: Paths = paths, known: bool = known) -> float:
            if not known:
                shutil.rmtree(paths.seals, ignore_errors=True)
            begun = time.perf_counter()
            book = open_book(path, write=True, paths=paths)
            seconds = time.perf_counter() - begun
            book.close()
            return seconds

        yield Figure(f"a book of {size:.0f} MB opened, {words}", bench.median(run), 0.3, 0.15)
    path.unlink()
