"""The desktop files name one file type and one program."""

import configparser
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

from app.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
NAME = "org.rapport.Rapport"


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(LINUX / f"{NAME}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_a_double_click_on_a_book_finds_the_program() -> None:
    namespace = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = ET.parse(LINUX / f"{NAME}.mime.xml").find("mime:mime-type", namespace)
    metainfo = ET.parse(LINUX / f"{NAME}.metainfo.xml")
    assert kind is not None
    pattern = kind.find("mime:glob", namespace)
    assert pattern is not None
    assert pattern.get("pattern") == "*.rapport"
    assert desktop_entry()["MimeType"] == f"{kind.get('type')};"
    assert metainfo.findtext("provides/mediatype") == kind.get("type")
    assert metainfo.findtext("launchable") == f"{NAME}.desktop"


def test_every_place_that_tells_the_version_tells_this_one() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version == VERSION
    release = ET.parse(LINUX / f"{NAME}.metainfo.xml").find("releases/release")
    assert release is not None
    assert release.get("version") == version
