"""An answer that cannot be written is one sentence and exit 3, not a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[2] / "main.py"
FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full here")
@pytest.mark.parametrize("words", [("metrics", "--json"), ("history",)])
def test_an_answer_into_a_full_disk(tmp_path: Path, book: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, str(MAIN), "--data-dir", str(tmp_path / "data"), words[0], str(book), *words[1:]]
    with FULL.open("w") as full:
        said = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert said.returncode == 3
    assert said.stderr.startswith("rapport: ")
    assert said.stderr.count("\n") == 1
