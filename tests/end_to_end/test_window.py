"""The main job by mouse: Northwind's lists dropped on the window lead to the review of one client."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import main
from app.paths import Paths
from app.settings import SettingsFile
from ui.application import Rapport
from ui.dialogs.new_book import NewBookDialog
from ui.dialogs.review import ReviewDialog
from ui.pages.bring.page import BringPage
from ui.theme import Theme, ThemeChoice
from ui.widgets.buttons import Button
from ui.widgets.choice_field import Choice

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
CUSTOMERS = REFERENCE / "northwind_customers.csv"
ORDERS = REFERENCE / "northwind_orders_to_1997-12-31.csv"
AS_OF = date(1997, 12, 31)
SOFFICE = shutil.which("soffice")
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Rapport]:
    """The program in a profile of its own, its window shown."""
    paths = Paths.of_person(tmp_path / "profile")
    made = Rapport(Theme(qapp, ThemeChoice.LIGHT), paths, SettingsFile(paths.settings))
    errors: list[BaseException] = []
    made.messages.shown.connect(errors.append)
    made.begin(None)
    qtbot.waitUntil(lambda: made.window.current == "welcome")
    yield made
    made.end()
    made.window.close()
    made.window.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(made.window))
    assert not errors


def press(parent: QWidget, words: str) -> None:
    """Click the one button that starts with these words."""
    (button,) = [b for b in parent.findChildren(Button) if b.words.startswith(words) and b.isVisible()]
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def drop(window: QWidget, *paths: Path) -> None:
    """Drop files on a window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, action, button = QPoint(400, 400), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, action, data, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(where, action, data, button, Qt.KeyboardModifier.NoModifier))


def start_book(program: Rapport, qtbot: QtBot) -> None:
    """Start a book, as the welcome offers."""
    page = program.window.page("welcome")
    assert page is not None
    press(page, "Start my book")
    dialog = program.window.findChildren(NewBookDialog)[0]
    qtbot.keyClicks(dialog.findChildren(QLineEdit)[0], "Northwind Traders")
    (currency,) = [c for c in dialog.findChildren(Choice) if c.accessibleName().startswith("Currency")]
    currency.setCurrentIndex(currency.findText("USD"))
    press(dialog, "Start my book")
    qtbot.waitUntil(lambda: program.session is not None and program.window.current == "clients", timeout=20_000)


def bring(program: Rapport, qtbot: QtBot, title: str) -> None:
    """Bring in the list that is shown, once it is the one named."""
    page = program.window.page("bring")
    assert isinstance(page, BringPage)
    qtbot.waitUntil(lambda: page._head.title.text() == title and page._foot.go.isEnabled(), timeout=20_000)
    # Not before Qt has laid it out.
    qtbot.wait(20)
    QTest.mouseClick(page._foot.go, Qt.MouseButton.LeftButton)


@pytest.fixture
def northwind(program: Rapport, qtbot: QtBot) -> Rapport:
    """A book with the customers and orders of Northwind, dropped on the window and viewed as of the end of 1997."""
    start_book(program, qtbot)
    drop(program.window, ORDERS, CUSTOMERS)
    bring(program, qtbot, "Bring in 91 clients from “northwind_customers.csv”")
    bring(program, qtbot, "Bring in 560 fees from “northwind_orders_to_1997-12-31.csv”")
    page = program.window.page("bring")
    assert isinstance(page, BringPage)
    qtbot.waitUntil(page._after.isVisible, timeout=20_000)
    press(page, "See the clients")
    assert program.window.current == "clients"
    program.window.as_of.set_day(AS_OF)
    return program


def reviewed(program: Rapport, name: str, target: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Find a client by the box, open the review from its page and write it."""
    program.window.box.setFocus()
    qtbot.keyClicks(program.window.box, name)
    QTest.keyClick(program.window.box, Qt.Key.Key_Return)
    page = program.window.page("client")
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    press(page, "Review")
    (dialog,) = [one for one in program.window.findChildren(ReviewDialog) if one.isVisible()]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(dialog, "Write the workbook")
    qtbot.waitUntil(lambda: not program.tasks.running, timeout=20_000)
    assert isinstance(dialog, QDialog)
    assert target.exists()
    dialog.close()


def named(path: Path, *names: str) -> dict[str, Any]:
    """Give the stored values of a workbook's named cells."""
    book = openpyxl.load_workbook(path, data_only=True)
    values = {}
    for name in names:
        ((sheet, cell),) = book.defined_names[name].destinations
        values[name] = book[sheet][cell].value
    return values


FIGURES = {
    "Average_spend": "S",
    "Relationship_length": "L_days",
    "Average_interval": "T_days",
    "TFI": "TFI",
    "Observed_fees": "observed",
}
CELLS = {**dict.fromkeys(FIGURES), "TFI": "TFI_by_formula"}


def stored(path: Path) -> dict[str, float]:
    """Give S, L, T, TFI and the observed fees under the names of `metrics`."""
    cells = {figure: cell or name for (name, figure), cell in zip(FIGURES.items(), CELLS.values(), strict=True)}
    found = named(path, *cells.values())
    return {figure: float(found[cell]) for figure, cell in cells.items()}


def metrics(book: Path, client: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Ask the command line, beside the open window."""
    capsys.readouterr()
    assert main.main(["metrics", str(book), "--client", client, "--as-of", AS_OF.isoformat(), "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    (entry,) = answer["clients"]
    return {figure: float(entry[figure]) for figure in FIGURES.values()}


def test_from_two_lists_to_a_review_that_agrees_with_the_figures(
    northwind: Rapport,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert northwind.session is not None
    book = northwind.session.book
    figures = book.figures.on(AS_OF)
    assert (len(figures.clients), figures.portfolio.documents) == (91, 560)
    target = tmp_path / "review.xlsx"
    reviewed(northwind, "QUICK-Stop", target, monkeypatch, qtbot)
    assert stored(target) == pytest.approx(metrics(book.path, "QUICK", capsys), abs=0.005)
    assert [step.what for step in book.history.steps()] == ["import of 560 fees", "import of 91 clients"]


@pytest.mark.full
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: formulas are not recalculated")
def test_the_review_recalculated_shows_the_same(
    northwind: Rapport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "review.xlsx"
    reviewed(northwind, "QUICK-Stop", target, monkeypatch, qtbot)
    profile = tmp_path / "office"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    assert SOFFICE is not None
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "recalculated"), str(target)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert stored(tmp_path / "recalculated" / "review.xlsx") == pytest.approx(stored(target), abs=1e-6)
