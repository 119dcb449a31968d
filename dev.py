#!/usr/bin/env python3
"""Everything an engineer does with Rapport, in one file that needs nothing but Python.

    python3 dev.py run [...]         open Rapport; what follows `run` goes to main.py
    python3 dev.py test [...]        the gates, then the tests; what follows `test` goes to pytest
    python3 dev.py check [--full]    the same; with --full the slow suites too
    python3 dev.py setup             make .venv for all of these (each makes what it needs by itself)
    python3 dev.py bench [...]       measure against the limits
    python3 dev.py screenshots       picture every screen into docs/pictures
    python3 dev.py package           freeze the program into dist/ and start it once
    python3 dev.py lock [--upgrade]  pin the dependencies of pyproject.toml again

On Windows: `py dev.py ...`. The first start fetches the libraries; after that no network is needed.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

if sys.hexversion < 0x030B0000:
    sys.exit(f"Rapport needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "packaging" / "lock"
LINUX = sys.platform.startswith("linux")
WINDOWS = sys.platform == "win32"
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}

# What Qt loads from the system: Debian's package, and the library looked for in its stead.
LIBRARIES = {
    "libegl1": "EGL",
    "libgl1": "GL",
    "libxkbcommon0": "xkbcommon",
    "libdbus-1-3": "dbus-1",
    "libfontconfig1": "fontconfig",
    "libglib2.0-0": "glib-2.0",
}
SCREEN_LIBRARIES = {
    "libx11-xcb1": "X11-xcb",
    "libxcb-cursor0": "xcb-cursor",
    "libxcb-icccm4": "xcb-icccm",
    "libxcb-image0": "xcb-image",
    "libxcb-keysyms1": "xcb-keysyms",
    "libxcb-randr0": "xcb-randr",
    "libxcb-render-util0": "xcb-render-util",
    "libxcb-shape0": "xcb-shape",
    "libxcb-xkb1": "xcb-xkb",
    "libxkbcommon-x11-0": "xkbcommon-x11",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class StopError(Exception):
    """Why a command cannot go on, as one sentence for the person who gave it."""


def say(text: str) -> None:
    """Write a line now, not when the buffer is full."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# --- what the system must bring ------------------------------------------------------------------------------


def has_screen() -> bool:
    """Whether a window could be shown."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_packages(*, screen: bool) -> list[str]:
    """The Debian packages that would bring what Qt and venv do not find here."""
    libraries = LIBRARIES | (SCREEN_LIBRARIES if screen else {})
    missing = [package for package, library in libraries.items() if find_library(library) is None]
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    if not any(font for folder in folders for font in folder.rglob("*.[to]t[fc]")):
        missing.append("fonts-dejavu-core")
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def install_packages(packages: list[str]) -> None:
    """Install through apt where that needs no password, else stop with the line to type."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        say(f"Qt may miss system libraries here, on Debian called: {names}. If no window opens, install them.")
        return
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not rights or (shutil.which("sudo") and succeeds("sudo", "-n", "true")):
        say(f"Installing system packages: {names}")
        apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        succeeds(*apt, "update")  # a bare machine has no lists; a stale source must not stop the rest
        if succeeds(*apt, "install", "-y", "--no-install-recommends", *packages):
            return
    line = f"{'sudo ' if rights else ''}apt-get install -y --no-install-recommends {names}"
    raise StopError(f"Qt needs system packages that are missing here; run this once, then try again:\n  {line}")


def succeeds(*command: str) -> bool:
    """Run a command silently and tell whether it could do its work."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


# --- the virtual environment ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Environment:
    """A virtual environment that remembers which lock files it was filled from."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    def prepare(self, lock: str, *, screen: bool = False) -> None:
        """Hold what `packaging/lock/<lock>.txt` names; instant when it already does."""
        stamp = self.folder / "rapport.json"
        known = read_stamp(stamp) if self.python.exists() else {}
        done = dict(known)
        system = "screen" if screen else "system"
        if LINUX and system not in done:
            packages = missing_packages(screen=screen)
            if packages:
                install_packages(packages)
            done |= {"system": "complete", system: "complete"}
        if done.get(lock) != digest(lock):
            if not (self.python.exists() and succeeds(str(self.python), "-m", "pip", "--version")):
                self._create()
                done = {key: value for key, value in done.items() if value == "complete"}
            self._fill(lock)
            # every lock file also holds all of run.txt
            done |= {"run": digest("run"), lock: digest(lock)}
        if done != known:
            stamp.write_text(json.dumps(done), "utf-8")

    def _create(self) -> None:
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise StopError(f"Python could not make {self.folder}: {last_line(made.stderr or made.stdout)}")

    def _fill(self, lock: str) -> None:
        started = time.monotonic()
        name = self.folder.relative_to(ROOT).as_posix()
        say(f"Filling {name} from packaging/lock/{lock}.txt ...")
        pip = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        pinned = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCKS / f"{lock}.txt")]
        log = self.folder / "install.log"
        with log.open("w", encoding="utf-8") as output:
            installed = subprocess.run([*pip, *pinned], stdout=output, stderr=subprocess.STDOUT, check=False)
        if installed.returncode:
            reason = last_line(log.read_text("utf-8", errors="replace"), start="ERROR:")
            raise StopError(f"The libraries could not be fetched; is there a network? {reason} ({name}/install.log)")
        say(f"Done in {time.monotonic() - started:.0f} s.")


VENV = Environment(ROOT / ".venv")
MAIN = [str(VENV.python), str(ROOT / "main.py")]


def read_stamp(stamp: Path) -> dict[str, str]:
    """What an environment remembers; nothing when it is new or the memory was cut off."""
    try:
        return dict(json.loads(stamp.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def digest(lock: str) -> str:
    """The fingerprint of a lock file's contents."""
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()


def last_line(text: str, start: str = "") -> str:
    """The last line that says something, for one sentence about a failure."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    chosen = [line for line in lines if line.startswith(start)] or lines or ["no reason was given"]
    return chosen[-1].removeprefix(start).strip()


# --- running the program -------------------------------------------------------------------------------------


def ask(*arguments: str | Path) -> str:
    """What the program answers to a command that needs no window."""
    command = [*MAIN, *map(str, arguments)]
    answer = subprocess.run(command, env=OFFSCREEN, capture_output=True, text=True, encoding="utf-8", check=False)
    if answer.returncode:
        raise StopError(f"`main.py {arguments[0]}` failed: {last_line(answer.stderr)}")
    return answer.stdout


def become(command: list[str]) -> NoReturn:
    """Go on as another program, so that no second process waits beside it."""
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def tour() -> None:
    """The main job without a window: the sample book, its warnings, a review, pictures of every screen."""
    say("There is no display here, so Rapport does its main job without a window.")
    out = ROOT / "out"
    book, review = out / "sample.rapport", out / "review.xlsx"
    out.mkdir(exist_ok=True)
    for earlier in (book, review):
        earlier.unlink(missing_ok=True)
    ask("demo", book)
    say("\nThe sample book's warnings:\n")
    say(ask("warnings", book))
    clients = json.loads(ask("metrics", book, "--json"))["clients"]
    client = min(clients, key=lambda entry: entry["rank"] or len(clients) + 1)
    ask("review", book, "--client", client["client"], "--out", review)
    say("Picturing the screens ...")
    ask("screenshots", book, "--to", out / "screens")
    say(f"\nIn {out}:\n  sample.rapport   the sample book\n  review.xlsx      the review of {client['name']}")
    say("  screens/         pictures of every screen")


# --- gates and tests -----------------------------------------------------------------------------------------

GATES = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy", "--num-workers", "2"],  # on two cores 9 s instead of 15 without a cache
    "import contracts": ["-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"],
    "deptry": ["-m", "deptry", "."],
}
# a shared machine is slow at times: no deadlines, and the same examples on every run
PYTEST = ["-m", "pytest", "--hypothesis-profile=ci", "-n", str(min(os.cpu_count() or 1, 4))]
ALONE = ["-n", "0"]  # faults fill disks and memory: one at a time
NOTHING_COLLECTED = 5


def gate(name: str, command: list[str], *, shown: bool = False, also_good: int = 0) -> None:
    """Run one check of the project and say how long it took; stop at the first that fails."""
    started = time.monotonic()
    result = subprocess.run(
        [str(VENV.python), *command], cwd=ROOT, env=OFFSCREEN, check=False, capture_output=not shown,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    good = result.returncode in {0, also_good}
    say(f"{name:<18}{time.monotonic() - started:6.1f} s  {'ok' if good else 'failed'}")
    if not good:
        say((result.stdout or "") + (result.stderr or ""))
        raise StopError(f"{name} found something to mend; its words stand above.")


def check_everything(pytest_arguments: list[str], *, full: bool = False) -> None:
    """The gates, then the tests, then the slow suites if asked for."""
    VENV.prepare("dev")
    for name, command in GATES.items():
        gate(name, command)
    gate("tests", [*PYTEST, *pytest_arguments], shown=True)
    if full:
        elsewhere = ["-m", "full", "--ignore=tests/faults"]
        gate("slow tests", [*PYTEST, *elsewhere], shown=True, also_good=NOTHING_COLLECTED)
        check_faults()


def check_faults() -> None:
    """Inject every fault there is, and close with what that came to."""
    if LINUX and shutil.which("strace") is None:
        try:
            install_packages(["strace"])
        except StopError:
            say("strace could not be installed: NO FAULT WILL BE INJECTED AT A WRITE. Try: apt-get install strace")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "faults.txt"
        OFFSCREEN["RAPPORT_FAULTS_REPORT"] = str(report)
        # each of them takes minutes
        patient = ["-o", "faulthandler_timeout=0"]
        gate("faults", [*PYTEST, *ALONE, *patient, "-m", "full or not full", "tests/faults"], shown=True)
        say(report.read_text("utf-8"))


# --- the commands --------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Open Rapport, or do its main job where no window can be shown."""
    VENV.prepare("run", screen=has_screen())
    if arguments or has_screen():
        become([*MAIN, *arguments])
    tour()
    return 0


def test(arguments: list[str]) -> int:
    """Gates and tests."""
    check_everything(arguments)
    return 0


def check(arguments: list[str]) -> int:
    """Gates and tests, with `--full` the slow ones too."""
    check_everything([], full=only(arguments, "--full"))
    return 0


def setup(arguments: list[str]) -> int:
    """Make the environment of a developer."""
    only(arguments)
    VENV.prepare("dev", screen=has_screen())
    say("Ready: `python3 dev.py run` opens Rapport, `python3 dev.py test` tests it.")
    return 0


def bench(arguments: list[str]) -> int:
    """Measure the program against the limits of this machine."""
    VENV.prepare("dev")
    return subprocess.run([str(VENV.python), "tests/bench/run.py", *arguments], cwd=ROOT, check=False).returncode


def screenshots(arguments: list[str]) -> int:
    """Picture every screen of a fresh sample book."""
    only(arguments)
    VENV.prepare("run")
    pictures = ROOT / "docs" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "sample.rapport"
        ask("demo", book)
        # Steps for the history to list; taken back, they leave the book as it was.
        for line in ("castellan <call 15m asked for the autumn figures", "tidewell >mail sent the draft"):
            ask("log", book, line)
        for _ in range(2):
            ask("undo", book)
        ask("screenshots", book, "--to", pictures)
    say("The pictures are in docs/pictures.")
    return 0


def package(arguments: list[str]) -> int:
    """Freeze the program and use it once, in an environment apart so that no test tool slips in."""
    only(arguments)
    builder = Environment(ROOT / "build" / "venv")
    builder.prepare("package")
    become([str(builder.python), str(ROOT / "packaging" / "freeze.py")])


def lock(arguments: list[str]) -> int:
    """Pin the dependencies for every system and Python, by hash, naming no server."""
    newest = ["--upgrade"] if only(arguments, "--upgrade") else []
    VENV.prepare("run")
    uv = [str(VENV.python), "-m", "uv"]
    if not (succeeds(*uv, "--version") or succeeds(str(VENV.python), "-m", "pip", "install", "uv")):
        raise StopError("uv, which pins the dependencies, could not be fetched; is there a network?")
    fixed = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "-q", "pyproject.toml"]
    with_run = ["--constraint", "packaging/lock/run.txt"]
    for name, chosen in {
        "run": [],
        "dev": ["--group", "dev", *with_run],
        "package": ["--group", "package", *with_run],
    }.items():
        target = f"packaging/lock/{name}.txt"
        pinning = subprocess.run(
            [*uv, "pip", "compile", *fixed, *newest, *chosen, "-o", target],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if pinning.returncode:
            raise StopError(f"{target} could not be pinned: {last_line(pinning.stderr)}")
        if "://" in (ROOT / target).read_text("utf-8"):
            raise StopError(f"{target} names a server; take that line out before it is committed.")
        say(f"{target} is pinned.")
    return 0


def only(arguments: list[str], option: str = "") -> bool:
    """Whether the one option of a command was given; anything else is refused."""
    stray = [argument for argument in arguments if argument != option]
    if stray:
        raise StopError(f"`{stray[0]}` is not an option here; `dev.py --help` lists what there is.")
    return bool(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (run, test, check, setup, bench, screenshots, package, lock)
}


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(
        usage="python3 dev.py <command>",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args()
    try:
        return COMMANDS[given.command](given.arguments)
    except StopError as stop:
        sys.stderr.write(f"{stop}\n")
    except OSError as error:
        sys.stderr.write(f"The system refused: {error}\n")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
