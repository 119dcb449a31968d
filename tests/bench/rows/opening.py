"""Opening a book with its checks: as this computer left it, and as one it has never seen, checked from end to end."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Bench, Figure, seconds_of

from app.paths import Paths
from app.services.book import open_book


def measure(bench: Bench) -> Iterator[Figure]:
    """Open and close for writing; a book without a seal gets the full check."""
    path = Path(shutil.copy(bench.load("L"), bench.folder / "opening.rapport"))
    size = path.stat().st_size / 1e6
    for known, words in ((True, "its seal known"), (False, "checked from end to end")):
        paths = Paths(bench.folder / f"opening-{known}")
        opened(path, paths)

        def run(paths: Paths = paths, known: bool = known) -> float:
            if not known:
                shutil.rmtree(paths.seals, ignore_errors=True)
            return seconds_of(lambda: opened(path, paths), time.process_time)

        yield Figure(f"a book of {size:.0f} MB opened, {words}", bench.median(run), 0.6, 0.3)
    path.unlink()


def opened(path: Path, paths: Paths) -> None:
    """Open a book to write it, and close it."""
    open_book(path, write=True, paths=paths).close()
