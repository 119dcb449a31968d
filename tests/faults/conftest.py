"""The faults' tally over the whole run, told at its end."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.kit import Nursery, Tally, why_not_traced
from tests.faults.workloads import prepared

TALLY = pytest.StashKey[Tally]()


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Tally:
    """Count faults over the whole run."""
    return request.config.stash.setdefault(TALLY, Tally())


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Start the process that forks workers."""
    started = Nursery()
    yield started
    started.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make the folder that runs get copies of, at the place where each copy will be; gives it and that place."""
    base = tmp_path_factory.mktemp("faults")
    place, template = base / "run", base / "template"
    prepared(place)
    place.rename(template)
    return template, place


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many faults there were, and loudly where none could be injected."""
    tally = config.stash.get(TALLY, None)
    if tally is None:
        return
    lines = [*tally.lost, *tally.half]
    why = why_not_traced()
    if why:
        lines += ["=" * 80, f"NO FAULT WAS INJECTED AT A WRITE: {why}.", "=" * 80]
    if tally.blind:
        lines.append(tally.blind)
    lines.append(tally.line())
    for line in lines:
        terminalreporter.write_line(line)
    report = os.environ.get("RAPPORT_FAULTS_REPORT")
    if report:
        Path(report).write_text("\n".join(lines), "utf-8")
