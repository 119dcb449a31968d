"""The program called as from a shell, in this process; every call with a data folder of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """Give the one JSON object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command."""

    def call(*words: str | Path) -> Said:
        capsys.readouterr()
        code = main.main(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        if code == 0:
            assert err == ""
        else:
            # One plain sentence, or two: what happened and what to do.
            assert err.startswith("rapport: ")
            assert err.endswith((".\n", "?\n"))
            assert err.count("\n") == 1
        return Said(code, out, err)

    return call


@pytest.fixture
def book(tmp_path: Path, run: Run) -> Path:
    """Make an empty book."""
    path = tmp_path / "firm.rapport"
    assert run("new", path, "--firm", "Hollis & Marsh").code == 0
    return path
