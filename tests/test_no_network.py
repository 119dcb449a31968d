"""The program opens no socket, in any of its flows: a process with a guard in it goes through them all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Python tells an audit hook of every socket before it is made; the kernel's list shows those that others made (Qt).
GUARD = """
import os, sys

def hook(event, arguments):
    if event in {"socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"}:
        os.write(2, f"a socket: {event} {arguments}\\n".encode())
        os._exit(77)

sys.addaudithook(hook)

def sockets():
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        if target.startswith("socket:"):
            found.append(target)
    return found

BEFORE = sockets() if os.path.isdir("/proc/self/fd") else []

def none_left():
    left = set(sockets() if os.path.isdir("/proc/self/fd") else []) - set(BEFORE)
    if left:
        os.write(2, f"sockets left open: {left}\\n".encode())
        os._exit(78)
"""
COMMANDS = """
import main

def run(*words):
    code = main.main(["--data-dir", "data", *words])
    assert code == 0, (words, code)
    none_left()

from pathlib import Path
run("new", "b.rapport", "--firm", "F")
Path("fees.csv").write_text("client,date,amount,document\\nAcme,2026-01-05,100.00,1\\nAcme,2026-02-05,90.00,2\\n")
run("import", "b.rapport", "fees.csv", "--as", "fees")
run("log", "b.rapport", "acme <call hello; !send costs fri")
for command in ("metrics", "warnings", "today", "history", "check"):
    run(command, "b.rapport", "--json")
run("undo", "b.rapport")
run("redo", "b.rapport")
run("backup", "b.rapport", "--to", ".")
run("export", "b.rapport", "fees", "--out", "fees.xlsx")
run("import", "b.rapport", "fees.xlsx", "--as", "fees")
run("review", "b.rapport", "--client", "Acme", "--out", "review.xlsx")
run("restore", "b.rapport", "--to", "c.rapport")
run("demo", "sample.rapport")
run("today", "sample.rapport")
"""
WINDOW = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import main

def leave():
    none_left()
    titles = [window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible()]
    os.write(2, f"shown: {titles}\\n".encode())
    for window in QApplication.topLevelWidgets():
        window.close()
    QApplication.exit(0)

original = QApplication.exec

def guarded(*arguments):
    QTimer.singleShot(1500, leave)
    return original()

QApplication.exec = guarded
main.main(["--data-dir", "data", "demo", "sample.rapport"])
code = main.main(["--data-dir", "data", "sample.rapport"])
none_left()
assert code == 0, code
"""


def guarded(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a process with the guard in it."""
    return subprocess.run(
        [sys.executable, "-c", GUARD + script],
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_the_guard_sees_a_socket(tmp_path: Path, attempt: str) -> None:
    assert guarded(attempt, tmp_path).returncode == 77


def test_the_guard_sees_a_socket_that_is_not_pythons(tmp_path: Path) -> None:
    made = "import ctypes\nctypes.CDLL(None).socket(2, 1, 0)\nnone_left()\n"
    assert guarded(made, tmp_path).returncode == 78


def test_no_command_opens_a_socket(tmp_path: Path) -> None:
    done = guarded(COMMANDS, tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_window_opens_no_socket(tmp_path: Path) -> None:
    done = guarded(WINDOW, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Pemberton & Vale" in done.stderr.partition("shown: ")[2]  # the agency of the sample book


@pytest.mark.parametrize("folder", ["app", "ui"])
def test_no_module_imports_what_opens_sockets(folder: str) -> None:
    """The one word of `socket` that is used is the computer's own name, for the lock file."""
    banned = (
        "import http",
        "import urllib.request",
        "from urllib.request",
        "import ssl",
        "QtNetwork",
        "import smtplib",
    )
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for word in banned
        if word in path.read_text("utf-8")
    ]
    assert found == []
    users = [path.name for path in (ROOT / folder).rglob("*.py") if "import socket" in path.read_text("utf-8")]
    assert users == (["lock.py"] if folder == "app" else [])
