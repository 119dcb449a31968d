"""What this computer says of its folders, from the files in which it says so."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.data.places import conflicted_beside, not_here, place_of_book, still_in_the_cloud, surroundings
from app.domain.places import LOCAL, Place, PlaceKind


def test_a_folder_of_this_computer_is_no_news(tmp_path: Path) -> None:
    assert place_of_book(tmp_path / "firm.rapport") == LOCAL


def test_dropbox_says_itself_which_folders_are_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    folder = tmp_path / "Firm Files"
    known = tmp_path / ".dropbox" / "info.json"
    known.parent.mkdir()
    for broken in ("", "[]", "{", '{"personal": 1}', '{"personal": {}}', "null"):
        known.write_text(broken, "utf-8")
        assert place_of_book(folder / "firm.rapport") == LOCAL
    known.write_text(json.dumps({"personal": {"path": str(folder), "host": 1}}), "utf-8")
    assert place_of_book(folder / "firm.rapport") == Place(PlaceKind.CLOUD, "Dropbox")
    assert place_of_book(tmp_path / "firm.rapport") == LOCAL


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are read from /proc")
def test_mounts_are_read_whatever_their_names(tmp_path: Path) -> None:
    assert "/" in (surroundings().mounts or {})
    place = tmp_path / "a stick\tof mine"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        assert (surroundings().mounts or {}).get(str(place)) == "tmpfs"
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_what_is_only_shown_by_a_cloud_is_told_by_its_attributes(tmp_path: Path) -> None:
    assert [not_here(attributes, 0) for attributes in (0, 0x20, 0x1020, 0x400020)] == [False, False, True, True]
    assert [not_here(0, flags) for flags in (0, 0x20, 0x40000000)] == [False, False, True]
    path = tmp_path / "firm.rapport"
    path.with_name(".firm.rapport.icloud").touch()
    assert still_in_the_cloud(path)
    path.touch()
    assert not still_in_the_cloud(path)


def test_copies_beside_a_book_are_found_and_a_lost_folder_is_none(tmp_path: Path) -> None:
    path = tmp_path / "firm.rapport"
    copy = tmp_path / "firm (conflicted copy).rapport"
    for found in (path, copy, tmp_path / "firm 2.rapport"):
        found.touch()
    assert conflicted_beside(path) == [copy]
    assert conflicted_beside(tmp_path / "gone" / "firm.rapport") == []
