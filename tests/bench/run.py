"""Measures the program against its limits: one table, and the same as JSON in out/bench.json.

Waits are held against a peer in the same run. Where there is none, they are held in seconds of the processor.

`python3 dev.py bench [--quick] [ROW ...]`; rows are the modules of `rows/`.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from measuring import Bench, Figure, NotMeasuredError  # noqa: E402

ROWS = (
    "start_window", "start_today", "clients_figures", "as_of", "fee_added", "clients_filter", "search",
    "import_csv", "import_xlsx", "import_undo", "review", "portfolio", "opening", "spreadsheet", "event_loop", "memory",
    "start_frozen",
)  # fmt: skip
LINE = "{:<52} {:>10} {:>10} {:>7} {:>7} {:>7}  {}"


def main() -> int:
    """Measure what is asked for; the code is 1 where something is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--quick", action="store_true", help="fewer runs, and nothing with a million fees")
    asked = parser.parse_args()
    say(LINE.format("", "measured", "peer", "ratio", "must", "goal", ""))
    found: list[Figure] = []
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        bench = Bench(Path(folder), asked.quick)
        for name in asked.rows or ROWS:
            try:
                for figure in measured(name, bench):
                    found.append(figure)
                    say(line(figure))
            except NotMeasuredError as why:
                missing[name] = str(why)
                say(f"{name:<52} {why}")
    busy = load()
    if busy > 1:
        say(f"\nOther programs wanted each processor {busy:.1f} times over: seconds are too long, ratios less so.")
    write(found, missing, quick=asked.quick)
    return int(any(figure.verdict == "MISSED" for figure in found))


def measured(name: str, bench: Bench) -> Iterable[Figure]:
    """Give the figures of one row."""
    try:
        row = importlib.import_module(f"rows.{name}")
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] not in {"app", "ui"}:
            raise
        raise NotMeasuredError("not built") from missing
    measure: Callable[[Bench], Iterable[Figure]] = row.measure
    return measure(bench)


def line(figure: Figure) -> str:
    """Put a figure into words."""
    plain = figure.peer is None
    return LINE.format(
        figure.name,
        amount(figure.measured, figure.unit),
        "" if plain else amount(figure.peer or 0, figure.unit),
        "" if plain else f"{figure.ratio:.2f}x",
        limit(figure.must, figure),
        limit(figure.goal, figure),
        " ".join(word for word in (figure.verdict, figure.against and f"(against {figure.against})") if word),
    )


def limit(value: float | None, figure: Figure) -> str:
    """Put a limit into words: a multiple of the peer, or an amount."""
    if value is None:
        return ""
    return amount(value, figure.unit) if figure.peer is None else f"{value:g}x"


def amount(value: float, unit: str) -> str:
    """Put an amount into words."""
    if unit == "MiB":
        return f"{value:.0f} MiB"
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def load() -> float:
    """Give how many programs wanted each processor of late; 0 where the system does not tell."""
    return os.getloadavg()[1] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0


def write(found: Iterable[Figure], missing: dict[str, str], *, quick: bool) -> None:
    """Write everything measured as JSON."""
    target = ROOT / "out" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    figures = [
        {
            "figure": figure.name, "measured": figure.measured, "unit": figure.unit, "peer": figure.peer,
            "against": figure.against, "ratio": figure.ratio if figure.peer else None, "must": figure.must,
            "goal": figure.goal, "verdict": figure.verdict.lower(),
        }
        for figure in found
    ]  # fmt: skip
    answer = {
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load": load(),
        "quick": quick,
        "figures": figures,
        "not_measured": missing,
    }
    target.write_text(json.dumps(answer, indent=2) + "\n", "utf-8")


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
