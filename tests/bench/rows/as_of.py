"""Moving the as-of day at L until the page shown is painted again."""

from collections.abc import Iterator

from measuring import Bench, Figure


def measure(bench: Bench) -> Iterator[Figure]:
    """Move it while Today and while Clients is shown: some months back, and far into the past."""
    found = bench.asked("as-of", str(bench.load("L")), str(bench.runs))
    for page, title in (("today", "Today"), ("clients", "Clients")):
        yield Figure(f"as-of day moved some months, {title} repainted, L", found[f"{page} month"], 0.3, 0.1)
        yield Figure(f"as-of day moved some years, {title} repainted, L", found[f"{page} far"], 0.3, 0.1)
