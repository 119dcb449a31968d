"""Opening 100,000 fees to the first figures: a book in the program, and a workbook in a spreadsheet."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from lists import xlsx_list
from measuring import Bench, Figure, NotMeasuredError, seconds_of


def measure(bench: Bench) -> Iterator[Figure]:
    """Start each with its file. Calc tells that it has read it only by writing it out, and shows it to nobody.

    What it is held against is therefore less than what a person waits for.
    """
    office = shutil.which("soffice")
    if office is None:
        raise NotMeasuredError("NOT MEASURED: LibreOffice is not installed here")
    book, sheet = str(bench.load("L")), xlsx_list(bench.folder, bench.today)
    ours, calc = bench.race(
        lambda: bench.started("today", book), lambda: seconds_of(lambda: read_by_calc(office, sheet, bench.folder))
    )
    yield Figure(
        "100,000 fees opened to the first figures", ours, 0.2, 0.1, calc, "LibreOffice Calc, from xlsx, out as csv"
    )


def read_by_calc(office: str, sheet: Path, folder: Path) -> None:
    """Have Calc open a workbook without a window and write it out, with a profile of its own."""
    out = folder / "calc"
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [office, own, "--headless", "--convert-to", "csv", "--outdir", str(out), str(sheet)]
    subprocess.run(command, capture_output=True, check=True)
    if not (out / f"{sheet.stem}.csv").exists():
        raise NotMeasuredError("LibreOffice could not open the workbook")
