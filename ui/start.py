"""The start of the window: what the command line asks for, where it can be shown, which of two starts is the first."""

import argparse
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import logs
from app.cli.words import Parser
from app.collector import begin_paused
from app.errors import AppError
from app.paths import Paths
from app.settings import SettingsFile
from app.version import VERSION
from app.words.catalogue import tr
from ui.application import Rapport
from ui.collecting import Collecting
from ui.end_signals import EndSignals
from ui.native_crash import NativeCrash, tell
from ui.one_window import OneWindow
from ui.qt_remarks import remarks_logged
from ui.theme import STYLE, Theme, ThemeChoice
from ui.widgets.banner import BannerKind


def run(arguments: Sequence[str]) -> int:
    """Open the window; gives the exit code."""
    begin_paused()
    try:
        asked = _asked(arguments)
    except AppError as error:
        return _refused(error)
    paths, why_not = _profile(asked.data_dir)
    if asked.command == "screenshots":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif asked.book and not asked.book.exists() and not _has_display():
        sys.stderr.write(f"rapport: There is no book at {asked.book}, nor a command of that name.\n")
        return 2
    elif not _has_display():
        sys.stderr.write(
            "rapport: There is no display to open a window on. “rapport --help” shows what works without.\n"
        )
        return 3
    with remarks_logged():
        return _shown(asked, paths, why_not)


def _profile(data_dir: Path | None) -> tuple[Paths, str]:
    """Give this person's folders and begin to log there; where that cannot be, folders of this run's own, and why."""
    paths = Paths.of_person(data_dir)
    try:
        logs.start(paths.log)
    except OSError as error:
        import tempfile

        own = Paths(Path(tempfile.mkdtemp(prefix="rapport-")))
        logs.start(own.log)
        why_not = tr(
            "Rapport cannot write in {folder} ({reason}). Settings, drafts and backups of this session lie in {own}."
            " Mend the folder, then start again."
        )
        return own, why_not.format(folder=paths.root, reason=error.strerror, own=own.root)
    return paths, ""


def _shown(asked: argparse.Namespace, paths: Paths, why_not: str) -> int:
    application = QApplication([*sys.argv[:1], "-style", STYLE])
    # Qt takes the computer's locale over; months and decimals are written by the catalogue, not by the C library.
    for category in (locale.LC_TIME, locale.LC_NUMERIC):
        locale.setlocale(category, "C")
    collecting = Collecting(application)
    application.setApplicationName("Rapport")
    application.setDesktopFileName("org.rapport.Rapport")
    settings = SettingsFile(paths.settings)
    theme = Theme(application, ThemeChoice(settings.current.theme), settings.current.text_size)
    if asked.command == "screenshots":
        return _picture(theme, asked.book, asked.to)
    one = OneWindow(paths.running)
    if not one.is_first() and one.leave_word(asked.book):
        return 0
    crash = NativeCrash(paths.crash)
    noted = crash.left() if one.first else ""
    if one.first:
        crash.watch()
    rapport = Rapport(theme, paths, settings)
    EndSignals(rapport)
    rapport.begin(asked.book)
    one.listen(rapport)
    if noted:
        tell(rapport, noted, VERSION)
    if why_not:
        rapport.window.set_notice("profile", why_not, kind=BannerKind.ALARM)
    if asked.quit_after_shown:
        rapport.quit_when_shown()
    code = application.exec()
    rapport.end()
    collecting.end()
    one.end()
    crash.end()
    return code


def _picture(theme: Theme, book: Path, folder: Path) -> int:
    from ui.screenshots import picture_every_page

    try:
        pictures = picture_every_page(theme, book, folder)
    except AppError as error:
        return _refused(error)
    sys.stdout.write(f"{pictures} pictures are in {folder}.\n")
    return 0


def _refused(error: AppError) -> int:
    sys.stderr.write(f"rapport: {error}\n")
    return error.exit_code


def _has_display() -> bool:
    # With the xcb plugin and no display Qt would end the process with a core dump.
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in wanted)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(prog="rapport", description="Open the window.")
    parser.add_argument("command", nargs="?", default="open")
    parser.add_argument("book", nargs="?", type=Path)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--quit-after-shown", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_intermixed_args(arguments)
    if asked.command not in {"open", "screenshots"} and asked.book is None:
        asked.command, asked.book = "open", Path(asked.command)
    if asked.command == "screenshots" and (asked.book is None or asked.to is None):
        parser.error("screenshots needs a book and a folder: rapport screenshots BOOK --to FOLDER")
    return asked
