"""The program as a process: exit codes, one sentence, no traceback, no client's name in a log."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli import parser
from app.cli.words import COMMANDS
from app.domain.clients import ClientDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.services.book import open_book

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Any]
MARK = "Zqxmark"


def process(tmp_path: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", str(tmp_path / "data"), *map(str, words)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | variables,
        timeout=60,
    )


# -- what was asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["metrics"],
        ["metrics", "b.rapport", "more"],
        ["metrics", "b.rapport", "--as-off", "2026-01-01"],
        ["metrics", "b.rapport", "--as-of"],
        ["check", "b.rapport", "--js"],
        ["import", "b.rapport", "x.csv"],
        ["import", "b.rapport", "x.csv", "--as", "invoices"],
        ["export", "b.rapport", "everything", "--out", "x.csv"],
        ["review", "b.rapport", "--client", "x"],
        ["restore", "b.rapport"],
        ["log", "b.rapport"],
    ],
)
def test_words_that_are_not_understood_are_asked_wrong(run: Run, words: list[str]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    as_json = run(*words, "--json")
    assert as_json.code == 2
    assert set(as_json.answer) == {"error"}


@pytest.mark.parametrize(
    "words",
    [["open", "b.rapport", "c.rapport"], ["--as-of", "2026-01-01"], ["screenshots", "b.rapport"]],
)
def test_words_for_the_window_are_refused_alike(run: Run, words: list[str]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize("place", ["", ".", "..", "/"])
@pytest.mark.parametrize("command", ["check", "metrics", "undo", "restore", "import"])
def test_a_folder_is_no_book(tmp_path: Path, run: Run, place: str, command: str) -> None:
    listed = tmp_path / "fees.csv"
    listed.write_text("client,date,amount\nAcme,2026-01-01,1\n")
    more = {"restore": ["--to", tmp_path / "new.rapport"], "import": [listed, "--as", "fees"]}
    said = run(command, place, *more.get(command, []))
    assert said.code == 2
    assert "is a folder" in said.err


@pytest.mark.parametrize("words", [["--help"], ["metrics", "--help"], ["import", "-h"], ["open", "--help"]])
def test_help_is_everywhere(run: Run, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(*words)
    assert left.value.code == 0
    assert "usage: rapport" in capsys.readouterr().out


def test_every_command_is_known_to_the_shell_and_to_main() -> None:
    text = parser.build().format_help()
    assert all(command in text for command in COMMANDS)


def test_the_guide_shows_every_command_with_every_option(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    shown = (ROOT / "docs" / "guide" / "command-line.md").read_text("utf-8")
    told = {entry.split(maxsplit=1)[0]: entry for entry in shown.split("```")[1].split("rapport ")[1:]}
    assert told.keys() == COMMANDS | {"screenshots", "[open]"}
    for command in COMMANDS | {"screenshots"}:
        with pytest.raises(SystemExit):
            run(command, "--help")
        options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
        assert set(re.findall(r"--[a-z-]+", told[command])) == options, command


# -- as a process --------------------------------------------------------------------------------------


def test_the_exit_codes_of_a_process(tmp_path: Path) -> None:
    made = process(tmp_path, "new", "b.rapport", "--firm", "F")
    assert (made.returncode, made.stdout, made.stderr) == (0, b"Made b.rapport.\n", b"")
    again = process(tmp_path, "new", "b.rapport", "--firm", "F")
    assert (again.returncode, again.stdout) == (2, b"")
    assert again.stderr.startswith(b"rapport: There is already something at b.rapport.")
    window = open_book(tmp_path / "b.rapport", write=True)
    try:
        held = process(tmp_path, "log", "b.rapport", "x < y", "--json")
    finally:
        window.close()
    assert held.returncode == 3
    sentence = json.loads(held.stdout)["error"]["sentence"]
    assert f"is open on {os.uname().nodename}" in sentence
    assert sentence in held.stderr.decode()


@pytest.mark.parametrize("letters", ["ascii", "utf-8"])
def test_a_terminal_of_few_letters_is_answered(tmp_path: Path, book: Path, letters: str) -> None:
    name = "Ł\u65e5\u672c \U0001f389"
    opened = open_book(book, write=True)
    opened.clients.add(ClientDraft(name=name))
    opened.close()
    said = process(tmp_path, "metrics", book, *(["--json"] if letters == "utf-8" else []), PYTHONIOENCODING=letters)
    assert (said.returncode, said.stderr) == (0, b"")
    if letters == "utf-8":
        assert json.loads(said.stdout)["clients"][0]["name"] == name
    refused = process(tmp_path, "log", book, "\U0001f389 <", PYTHONIOENCODING=letters)
    assert (refused.returncode, refused.stderr.count(b"\n")) == (2, 1)


def test_a_reader_who_has_enough_is_no_mistake(tmp_path: Path, book: Path) -> None:
    opened = open_book(book, write=True)
    with opened.database.write("many") as recorder:
        from app.data import schema

        recorder.insert_many(schema.client, [{"name": f"C{n}", "do_not_contact": False} for n in range(3000)])
    opened.close()
    command = f'"{sys.executable}" "{ROOT / "main.py"}" --data-dir data metrics firm.rapport --json | head -c 10; '
    said = subprocess.run(
        ["bash", "-c", command + 'echo " ${PIPESTATUS[0]}"'], capture_output=True, check=False, cwd=tmp_path, timeout=60
    )
    assert (said.stdout.split()[-1], said.stderr) == (b"0", b"")


@pytest.mark.usefixtures("book")
def test_a_data_folder_that_cannot_be_made_stops_no_answer(tmp_path: Path) -> None:
    (tmp_path / "data2").write_text("a file is in the way", "utf-8")
    said = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", "data2", "check", "firm.rapport"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, b"The book is whole.\n", b"")
    backup = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data-dir", "data2", "backup", "firm.rapport"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert backup.returncode == 3
    assert backup.stderr.count(b"\n") == 1
    assert b"Traceback" not in backup.stderr


@pytest.mark.usefixtures("book")
def test_reading_starts_neither_window_nor_charts(tmp_path: Path) -> None:
    """What a command does not need is not loaded (RELIABILITY 0.14)."""
    script = (
        "import sys, main\n"
        "code = main.main(['--data-dir', 'data', 'metrics', 'firm.rapport', '--json'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'PySide6', 'matplotlib', 'xlsxwriter', 'openpyxl', 'python_calamine', 'numpy'}), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (said.returncode, said.stderr) == (0, b"[]\n")


# -- mistakes and logs ---------------------------------------------------------------------------------


@pytest.fixture
def marked(book: Path) -> Path:
    """Fill every text of a book with a mark."""
    opened = open_book(book, write=True)
    client = opened.clients.add(ClientDraft(name=f"{MARK} Ltd", code=f"{MARK}1", notes=MARK, tags=(MARK,)))
    opened.people.add(PersonDraft(client_id=client, name=f"{MARK} Jane", email=f"{MARK}@x.example"))
    opened.close()
    return book


def test_a_mistake_of_ours_is_one_sentence_and_points_to_the_log(tmp_path: Path, marked: Path, run: Run) -> None:
    with closing(sqlite3.connect(marked)) as other, other:
        other.execute("UPDATE client SET tier = ?", (f"{MARK}tier",))
    for more in ([], ["--json"]):
        said = run("metrics", marked, *more)
        assert said.code == 1
        assert "Rapport made a mistake; nothing was half done. The log at" in said.err
    text = (tmp_path / "data" / "logs" / "rapport.log").read_text("utf-8")
    assert "ValueError" in text
    assert "app/data/columns.py" in text
    assert MARK.lower() not in text.lower()


def test_no_log_and_no_settings_hold_a_clients_name(tmp_path: Path, marked: Path, run: Run) -> None:
    out = tmp_path / "out"
    out.mkdir()
    commands: list[list[str | Path]] = [
        *(
            [command, marked]
            for command in ("metrics", "warnings", "today", "history", "check", "undo", "redo", "undo")
        ),
        ["redo", marked],
        ["log", marked, f"{MARK} Ltd <call @{MARK} {MARK} !{MARK} fri"],
        ["log", marked, f"no{MARK} < x"],
        ["log", marked, f"{MARK} ltd hello"],
        ["metrics", marked, "--client", f"un{MARK}"],
        ["metrics", marked, f"--un{MARK}"],
        ["backup", marked, "--to", out],
        ["restore", marked, "--to", out / f"{MARK}.rapport"],
        ["restore", marked, "--to", out / f"{MARK}.rapport"],
        ["import", marked, tmp_path / f"{MARK}.csv", "--as", "fees"],
        ["check", tmp_path / f"{MARK}.rapport"],
        ["export", marked, "clients", "--out", out / "clients.csv"],
        ["review", marked, "--client", f"{MARK} Ltd", "--out", out / "review.xlsx"],
    ]
    codes = {run(*words).code for words in commands}
    with closing(sqlite3.connect(marked)) as other, other:
        other.execute("UPDATE client SET won = ?", (f"{MARK}day",))
        other.execute("UPDATE person SET influence = ?", (f"{MARK}word",))
    codes |= {run(command, marked).code for command in ("metrics", "warnings", "today", "log")} - {2}
    codes.add(run("log", marked, f"{MARK} Ltd < hi").code)
    assert codes == {0, 1, 2}
    # Backups hold what the book holds; everything else holds nobody's name.
    kept = [found for found in (tmp_path / "data").rglob("*") if found.is_file() and "backups" not in found.parts]
    assert {found.parent.name for found in kept} == {"logs", "seals"}
    for found in kept:
        assert MARK.lower().encode() not in found.read_bytes().lower()
        assert found.stat().st_size > 0


def test_an_amount_beyond_all_reason_is_no_mistake(book: Path, run: Run) -> None:
    opened = open_book(book, write=True)
    client = opened.clients.add(ClientDraft(name="Acme"))
    huge = FeeDraft(client_id=client, on=date(2026, 1, 1), original=2**62, currency="GBP", amount=None)
    for _ in range(3):
        opened.fees.add(huge)
    opened.close()
    for command in ("metrics", "warnings", "today"):
        assert run(command, book, "--json").code == 0
