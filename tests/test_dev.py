"""What `dev.py` promises an engineer on a fresh machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev


def dev_py(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "dev.py", *arguments], cwd=dev.ROOT, capture_output=True, text=True, check=False
    )


def test_help_names_every_command() -> None:
    told = dev_py("--help").stdout
    assert [command for command in dev.COMMANDS if f"dev.py {command}" not in told] == []


def test_a_stray_option_is_one_plain_sentence() -> None:
    answer = dev_py("lock", "--fast")
    assert answer.returncode == 1
    assert answer.stderr == "`--fast` is not an option here; `dev.py --help` lists what there is.\n"


def test_an_older_python_is_told_what_is_needed() -> None:
    source = (dev.ROOT / "dev.py").read_text("utf-8")
    check = source[: source.index("ROOT =")]
    code = f"import sys\nsys.hexversion = 0x030A0DF0\nsys.version = '3.10.13 (main)'\n{check}"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr == "Rapport needs Python 3.11 or newer; this is Python 3.10.13.\n"


def test_missing_libraries_are_named_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "find_library", lambda name: None if name in {"EGL", "xcb-cursor"} else f"lib{name}.so")
    monkeypatch.setattr(dev, "FONT_FOLDERS", ())
    assert dev.missing_packages(screen=False) == ["libegl1", "fonts-dejavu-core"]
    assert dev.missing_packages(screen=True) == ["libegl1", "libxcb-cursor0", "fonts-dejavu-core"]


def test_a_font_anywhere_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "any.ttf").touch()
    monkeypatch.setattr(dev, "find_library", lambda name: f"lib{name}.so")
    monkeypatch.setattr(dev, "FONT_FOLDERS", (str(tmp_path),))
    assert dev.missing_packages(screen=True) == []


@pytest.mark.skipif(not dev.LINUX, reason="only Linux has apt")
def test_without_rights_the_one_line_to_type_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev, "succeeds", lambda *_: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.StopError) as stopped:
        dev.install_packages(["libegl1", "libgl1"])
    line = str(stopped.value).splitlines()[-1]
    assert line == "  sudo apt-get install -y --no-install-recommends libegl1 libgl1"


def test_an_environment_that_is_full_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment = dev.Environment(tmp_path)
    environment.python.parent.mkdir()
    environment.python.touch()
    (tmp_path / "rapport.json").write_text(f'{{"system": "complete", "run": "{dev.digest("run")}"}}', "utf-8")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("nothing has to be run"))
    environment.prepare("run")


@pytest.mark.parametrize("text", ["", '{"run": "12', "[1]"])
def test_a_memory_that_was_cut_off_counts_as_none(tmp_path: Path, text: str) -> None:
    stamp = tmp_path / "rapport.json"
    stamp.write_text(text, "utf-8")
    assert dev.read_stamp(stamp) == {}


def test_of_a_failure_the_last_words_are_told() -> None:
    assert dev.last_line("WARNING: slow\nERROR: No network\n\nnotice\n", start="ERROR:") == "No network"
    assert dev.last_line("first\nlast\n\n") == "last"
    assert dev.last_line("") == "no reason was given"
