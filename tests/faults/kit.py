"""Injects faults into workloads and looks at what is left: by strace at every write, flush, removal and renaming."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALLS = (
    "write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,"
    "sendfile,copy_file_range"
)
KINDS = ("signal=KILL", "error=EIO", "error=ENOSPC")


@dataclass(slots=True)
class Tally:
    """What the whole run injected and found; its line closes `dev.py check --full`."""

    injected: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    blind: str = ""
    told: tuple[int, int] = (0, 0)

    def wrong(self) -> list[str]:
        """Give what went wrong since this was last asked."""
        lost, half = self.told
        self.told = len(self.lost), len(self.half)
        return self.lost[lost:] + self.half[half:]

    def line(self) -> str:
        """Give the closing line."""
        return f"{self.injected:,} faults injected, {len(self.lost)} lost, {len(self.half)} half done"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the n-th call of one kind, and what happens to it."""

    call: str
    number: int
    kind: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.call} {self.number}"


class Nursery:
    """Runs workloads, each in a process forked from one that has everything imported."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def run(
        self, workload: str, folder: Path, fault: Fault | None = None, *, count: bool = False, seconds: float = 0
    ) -> tuple[int, Counter[str]]:
        """Run a workload; gives its exit status and, where asked to `count`, how often it made which call.

        With `seconds` it is killed after that time.
        """
        child = self._ask(f"{workload}\t{folder}", "child")
        trace = self._trace(child, folder, fault) if fault or count else None
        status = self._ask(f"go {seconds}", "ended")
        if trace:
            trace.communicate()
        return status, _counted(folder / "trace") if count else Counter()

    def _trace(self, child: int, folder: Path, fault: Fault | None) -> subprocess.Popen[str]:
        words = ["-e", f"trace={CALLS}", "-o", str(folder / "trace")]
        if fault:
            words = ["-e", f"trace={fault.call}", "-e", f"inject={fault.call}:{fault.kind}:when={fault.number}"]
            words += ["-o", os.devnull]
        tracer = subprocess.Popen(["strace", "-p", str(child), *words], stderr=subprocess.PIPE, text=True)
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        assert "attached" in said, said
        return tracer

    def _ask(self, line: str, word: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        said, number = self._process.stdout.readline().split()
        assert said == word
        return int(number)


@contextmanager
def copy_of(template: Path, place: Path) -> Iterator[Path]:
    """Give a run a folder of its own, at the same place each time: backups know the place of their book."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    yield place
    shutil.rmtree(place, ignore_errors=True)


def said_in(folder: Path) -> list[str]:
    """Give what a workload said."""
    said = folder / "said"
    return said.read_text("utf-8").splitlines() if said.exists() else []


@cache
def why_not_traced() -> str:
    """Tell why strace cannot inject here; '' where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed (Debian: apt-get install strace)"
    tried = subprocess.run(
        ["strace", "-e", "trace=mkdir", "-e", "inject=mkdir:error=EIO", "mkdir", "/tmp/rapport-probe"],
        capture_output=True,
        text=True,
        check=False,
    )
    if "INJECTED" not in tried.stderr:
        return f"strace may not trace here: {tried.stderr.strip().splitlines()[-1:]}"
    return ""


def _counted(trace: Path) -> Counter[str]:
    return Counter(re.findall(r"^(\w+)\(", trace.read_text("utf-8", errors="replace"), re.MULTILINE))
