"""The program starts with what the frame needs and nothing more (PERFORMANCE); heavy libraries wait until then."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "sqlalchemy", "sqlite3", "alembic", "matplotlib", "numpy", "openpyxl", "xlsxwriter", "python_calamine", "rapidfuzz",
}  # fmt: skip
PROBE = """
import builtins, gc, json, sys
import main
from PySide6.QtCore import QCoreApplication
from ui.application import Rapport

shown = Rapport._on_shown

def on_shown(rapport):
    told = {"modules": sorted({name.partition(".")[0] for name in sys.modules}), "painted": rapport.window.isVisible()}
    shown(rapport)
    told["collecting"] = gc.isenabled()
    told["by itself"] = gc.get_threshold()[0] != 0
    told["plain import"] = builtins.__import__ is builtins.__orig_import__
    told["page"] = rapport.window.current
    print(json.dumps(told))
    QCoreApplication.exit(0)

Rapport._on_shown = on_shown
sys.exit(main.main(["--data-dir", sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Start the program without a book, in a process of its own, and let it tell how it stands."""
    child = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path_factory.mktemp("start"))],
        cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer


def test_the_frame_is_shown_before_anything_heavy_is_imported(told: dict[str, Any]) -> None:
    assert told["painted"]
    assert HEAVY.isdisjoint(told["modules"])


def test_pyside_reads_no_sources_at_every_import(told: dict[str, Any]) -> None:
    assert told["plain import"]


def test_the_collector_works_again_once_the_program_stands(told: dict[str, Any]) -> None:
    assert told["page"] == "welcome"
    assert told["collecting"]
    assert not told["by itself"], "only between Qt's events (ui/collecting.py)"
