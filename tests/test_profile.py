"""This person's folders, settings and log on this computer."""

import json
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import logs
from app.paths import Paths
from app.settings import RECENT, Settings, SettingsFile


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let every file that nobody protects be everybody's."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def quiet() -> Iterator[None]:
    """End the log that a test began."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
    for handler in [found for found in root.handlers if isinstance(found, logs.OwnersLog)]:
        root.removeHandler(handler)
        handler.close()


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


# -- folders -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("open_umask", "quiet")
def test_folders_and_files_are_the_owners_alone(tmp_path: Path) -> None:
    paths = Paths.of_person(tmp_path / "deep" / "data")
    logs.start(paths.log)
    SettingsFile(paths.settings).keep(Settings())
    backups = paths.backups("abc")
    folders = [paths.root, paths.log.parent, backups, backups.parent, paths.default_book.parent]
    assert {mode(folder) for folder in folders} == {"700"}
    assert {mode(paths.log), mode(paths.settings)} == {"600"}


def test_nothing_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    Paths.of_person(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


# -- settings ------------------------------------------------------------------------------------------


def test_settings_are_kept_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    file = SettingsFile(path)
    assert file.current == Settings()
    kept = Settings(theme="dark", text_size=120).with_recent(tmp_path / "Zoë.rapport")
    file.keep(kept)
    assert file.current == kept
    assert SettingsFile(path).current == kept
    assert [found.name for found in tmp_path.iterdir()] == ["settings.json"]


def test_recent_books_are_newest_first_once_each_and_few(tmp_path: Path) -> None:
    settings = Settings()
    for number in [*range(RECENT + 3), 5]:
        settings = settings.with_recent(tmp_path / f"{number}.rapport")
    assert [Path(found).stem for found in settings.recent] == ["5", "10", "9", "8", "7", "6", "4", "3"]


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"dark"',
        b"17",
        b'{"theme": 5}',
        b'{"text_size": "large"}',
        b'{"text_size": true}',
        b'{"recent": "one"}',
        b'{"recent": {"a": 1}}',
        b"[" * 100_000,
    ],
)
def test_settings_that_cannot_be_read_are_set_aside(tmp_path: Path, words: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(words)
    file = SettingsFile(path)
    assert file.current == Settings()
    assert (tmp_path / "settings.bad").read_bytes() == words
    file.keep(Settings(theme="dark"))
    assert SettingsFile(path).current.theme == "dark"


def test_a_newer_programs_fields_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "newer": {"x": [1]}}), "utf-8")
    assert SettingsFile(path).current == Settings(theme="dark")
    assert not (tmp_path / "settings.bad").exists()


def test_a_crash_in_the_middle_leaves_the_old_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).keep(Settings(theme="dark"))
    (tmp_path / ".settings.json.0a1b.unfinished").write_text('{"theme": "li', "utf-8")
    assert SettingsFile(path).current == Settings(theme="dark")
    SettingsFile(path).keep(Settings(theme="light"))
    assert SettingsFile(path).current == Settings(theme="light")


# -- the log -------------------------------------------------------------------------------------------


def test_settings_that_cannot_be_written_last_for_the_run(tmp_path: Path) -> None:
    """As on a full disk, or in a folder that can only be read (RELIABILITY 3, case 34)."""
    kept = SettingsFile(tmp_path / "gone" / "settings.json")
    kept.keep(kept.current.with_look("dark", 125))
    assert kept.current.text_size == 125
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("open_umask", "quiet")
def test_the_log_turns_over_and_stays_small_and_private(tmp_path: Path) -> None:
    path = tmp_path / "rapport.log"
    logs.start(path)
    for _ in range(7_000):
        logging.getLogger("test").info("x" * 1000)
    kept = list(tmp_path.iterdir())
    assert len(kept) == 5
    assert all(found.stat().st_size <= 1_000_000 and mode(found) == "600" for found in kept)
    assert sorted(found.name for found in kept) == ["rapport.log", *(f"rapport.log.{age}" for age in range(1, 5))]


@pytest.mark.usefixtures("quiet")
def test_a_log_begun_again_is_written_once(tmp_path: Path) -> None:
    logs.start(tmp_path / "first.log")
    logs.start(tmp_path / "second.log")
    logging.getLogger("test").warning("here")
    assert (tmp_path / "first.log").read_text("utf-8") == ""
    assert (tmp_path / "second.log").read_text("utf-8").count("here") == 1


@pytest.mark.usefixtures("quiet")
def test_an_error_is_logged_with_its_place_and_kind_but_not_its_words(tmp_path: Path) -> None:
    path = tmp_path / "rapport.log"
    logs.start(path)
    try:
        try:
            {}["Acme Steel"]
        except KeyError as error:
            raise ValueError("Acme Steel again") from error
    except ValueError:
        logging.getLogger("test").exception("it failed")
    text = path.read_text("utf-8")
    assert "it failed" in text
    assert text.index("KeyError") < text.index("ValueError")
    assert "test_profile.py" in text
    # The line of code is ours and may stand there; what it held may not.
    assert "Acme Steel again" not in text.replace('raise ValueError("Acme Steel again") from error', "")
