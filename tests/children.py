"""Other programs at a book: each works until its test has done with it, and none outlives that."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IN_MID_CHANGE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE client SET name = name || ' changed', notes = notes || notes")
connection.executemany("INSERT INTO client (name, do_not_contact) VALUES (?, 0)", [("new",)] * 3000)
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def child(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a script at a book until the block ends; it is ready when the block begins."""
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    try:
        assert running.stdout.readline() == "ready\n"
        yield running
    finally:
        running.communicate()


def kill_in_mid_change(path: Path) -> Path:
    """Leave a book as another program does that is killed in the middle of a transaction."""
    with child(IN_MID_CHANGE, path) as writer:
        writer.kill()
        writer.wait()
    assert Path(f"{path}-journal").stat().st_size > 0
    return path
