"""Freezes the program into dist/rapport and uses it once: sample book, figures, review, import, a window.

Called by `python3 dev.py package` with the interpreter of build/venv, which holds packaging/lock/package.txt.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "dist" / "rapport"
PROGRAM = FROZEN / ("rapport.exe" if sys.platform == "win32" else "rapport")
PATIENCE_SECONDS = 120


class FreezeError(Exception):
    """A step that failed, with what it said."""


def main() -> int:
    """Freeze, weigh and try the program."""
    try:
        step(
            "freeze",
            [sys.executable, "-m", "PyInstaller", "--noconfirm", *folders(), str(spec())],
            dict(os.environ),
            1800,
        )
        report("size", f"{weight(FROZEN) / 1_000_000:.0f} MB in dist/rapport")
        with tempfile.TemporaryDirectory() as scratch:
            use_once(Path(scratch))
    except FreezeError as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


def spec() -> Path:
    """What goes into the program and what stays out."""
    return ROOT / "packaging" / "rapport.spec"


def folders() -> list[str]:
    """Where PyInstaller writes."""
    return ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]


def weight(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def use_once(scratch: Path) -> None:
    """Do the main job with the frozen program alone, from a home of its own: nothing kept on this machine helps."""
    homes = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **{home: str(scratch) for home in homes}}
    book, fees = str(scratch / "sample.rapport"), str(scratch / "fees.xlsx")

    def use(*arguments: str) -> str:
        return step(arguments[0], [str(PROGRAM), *arguments], environment, PATIENCE_SECONDS)

    use("demo", book)
    clients = json.loads(use("metrics", book, "--json"))["clients"]
    use("review", book, "--client", clients[0]["client"], "--out", str(scratch / "review.xlsx"))
    use("export", book, "fees", "--out", fees)
    use("import", book, fees, "--as", "fees", "--dry-run", "--json")
    use("open", book, "--quit-after-shown")


def step(name: str, command: list[str], environment: dict[str, str], patience: float) -> str:
    """Run one command, say how long it took and give what it answered."""
    started = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, timeout=patience, capture_output=True, text=True, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise FreezeError(f"{name} did not end within {patience:.0f} seconds.") from slow
    if done.returncode:
        raise FreezeError(f"{name} failed (exit {done.returncode}):\n{done.stderr[-4000:] or done.stdout[-4000:]}")
    report(name, f"{time.monotonic() - started:.1f} s")
    return done.stdout


def report(name: str, what: str) -> None:
    """Write one line of the table."""
    sys.stdout.write(f"{name:<10}{what:>26}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
