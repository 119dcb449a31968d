"""Open a list in whatever file it comes, and give its sheets as grids."""

from dataclasses import dataclass, field
from pathlib import Path

from app.errors import AskedWrongError
from app.exchange.reading.csv_lists import AS_FOUND, TextChoice, read_text_list
from app.exchange.reading.formats import FileFormat, recognise_format
from app.exchange.reading.grid import Grid
from app.exchange.reading.progress import UNWATCHED, Watch
from app.exchange.reading.workbooks import SheetName, read_workbook


@dataclass(slots=True)
class ListFile:
    """A file with lists: its sheets (one without a name for csv), and the grids read so far, complete or previews.

    `notes` are about the whole of a workbook; what is to be told of a sheet stands with its grid. `encoding` and
    `delimiter` are those a text file was read with, `asked` what a person chose of them. `currencies` are
    those that cells of an ods are in by their format alone.
    """

    path: Path
    format: FileFormat
    sheets: tuple[SheetName, ...]
    notes: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    asked: TextChoice = AS_FOUND
    grids: dict[str, Grid] = field(default_factory=dict)
    currencies: dict[str, int] = field(default_factory=dict)

    def read(self, sheet: str, watch: Watch = UNWATCHED) -> Grid:
        """Give one sheet completely, reading it now where only its beginning is known."""
        known = self.grids.get(sheet)
        if known is not None and known.complete:
            return known
        if self.format is FileFormat.TEXT:
            raise AskedWrongError(
                f"{self.path.name} is a text file and has no sheet “{sheet}”.", "Leave the sheet out."
            )
        workbook = read_workbook(self.path, sheet, watch)
        self.grids[sheet] = workbook.grids[sheet]
        return self.grids[sheet]


def open_list(path: Path, choice: TextChoice = AS_FOUND, watch: Watch = UNWATCHED) -> ListFile:
    """Open a file by its content; a csv and a workbook of one visible sheet are read wholly, others in previews."""
    file_format = recognise_format(path)
    if file_format is FileFormat.TEXT:
        text = read_text_list(path, choice, watch)
        sheets = (SheetName("", hidden=False),)
        return ListFile(path, file_format, sheets, (), text.encoding, text.delimiter, choice, {"": text.grid})
    workbook = read_workbook(path, None, watch)
    return ListFile(
        path,
        file_format,
        tuple(workbook.sheets),
        tuple(workbook.notes),
        grids=dict(workbook.grids),
        currencies=workbook.currencies,
    )
