"""The longest block of the event loop while all pages are walked at L."""

from collections.abc import Iterator

from measuring import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Show every page for the first time."""
    walks = [bench.asked("event-loop", str(bench.load("L"))) for _ in range(1 if bench.quick else bench.runs)]
    for page in walks[0]:
        longest = sorted(walk[page] for walk in walks)[len(walks) // 2]
        yield Figure(f"longest block of the event loop, {page} first shown, L", longest, 0.1, 0.05)
