"""The lock files: complete, hashed, in step with each other, and naming no server and no machine."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NAMES = ("run", "dev", "package")


def lock_text(name: str) -> str:
    return (ROOT / "packaging" / "lock" / f"{name}.txt").read_text("utf-8")


def pins(name: str) -> set[str]:
    """The lines `library==version ; marker`, without hashes."""
    return {line.removesuffix(" \\") for line in lock_text(name).splitlines() if "==" in line and line[0].isalnum()}


def libraries(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


@pytest.mark.parametrize("name", NAMES)
def test_no_lock_names_a_server_or_a_machine(name: str) -> None:
    text = lock_text(name)
    assert "://" not in text
    assert "index" not in "".join(line for line in text.splitlines() if line.startswith("-"))
    assert str(ROOT) not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_has_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock_text(name))
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("run", PROJECT["project"]["dependencies"]),
        ("dev", PROJECT["dependency-groups"]["dev"]),
        ("package", PROJECT["dependency-groups"]["package"]),
    ],
)
def test_what_the_project_asks_for_is_pinned(name: str, wanted: list[str]) -> None:
    assert libraries(wanted) - {pin.split("==")[0] for pin in pins(name)} == set()


def test_the_program_is_tested_and_frozen_with_what_it_runs_on() -> None:
    assert pins("run") - pins("dev") == set()
    assert pins("run") - pins("package") == set()


def test_no_test_tool_is_frozen() -> None:
    shipped = {pin.split("==")[0] for pin in pins("package")}
    only_for_tests = libraries(PROJECT["dependency-groups"]["dev"])
    assert shipped & only_for_tests == set()
