"""What a file is, by its content and never by its suffix (RELIABILITY 90)."""

from enum import StrEnum
from pathlib import Path

from app.errors import AppError, AskedWrongError

HEAD_BYTES = 4096


class FileFormat(StrEnum):
    """The kinds of file a list comes in."""

    TEXT = "csv"
    WORKBOOK = "workbook"


_SPREADSHEET = "Open it in the program that made it and save the list as xlsx or csv."
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "is a PDF, not a list.", "Export the list as csv or xlsx instead of printing it."),
    (b"SQLite format 3\0", "is a database or a book, not a list.", "A book is opened with File > Open."),
    (b"\x89PNG", "is a picture, not a list.", ""),
    (b"\xff\xd8\xff", "is a picture, not a list.", ""),
    (b"GIF8", "is a picture, not a list.", ""),
    (b"\x1f\x8b", "is a compressed file.", "Unpack it first."),
    (b"7z\xbc\xaf", "is a compressed file.", "Unpack it first."),
    (b"Rar!", "is a compressed file.", "Unpack it first."),
    (b"{\\rtf", "is a text document, not a list.", _SPREADSHEET),
    (b"\x7fELF", "is a program, not a list.", ""),
    (b"MZ", "is a program, not a list.", ""),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def recognise_format(path: Path) -> FileFormat:
    """Tell text from workbook by the first bytes; refuse all else by name (AskedWrongError)."""
    if path.is_dir():
        raise AskedWrongError(f"{path.name} is a folder.", "Name the file with the list.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError:
        raise AskedWrongError(f"There is no file {path.name}.", "Check the name and the folder.") from None
    except OSError as error:
        raise AppError(f"{path.name} cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise AskedWrongError(f"{path.name} is empty.", "Save the list again from where it comes.")
    if head.startswith(_ZIP) or head.startswith(_OLE):
        return FileFormat.WORKBOOK
    for magic, what, mend in _REFUSED:
        if head.startswith(magic) and not (magic == b"MZ" and b"\0" not in head):
            raise AskedWrongError(f"{path.name} {what}", mend)
    _refuse_markup(path.name, head)
    return FileFormat.TEXT


def _refuse_markup(name: str, head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"begin:vcard"):
        raise AskedWrongError(f"{name} holds address cards (vCard), which are not read yet.", "Export them as csv.")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        raise AskedWrongError(f"{name} is a web page (HTML), whatever its name says.", _SPREADSHEET)
    if start.startswith((b"<?xml", b"<workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
            raise AskedWrongError(f"{name} is an old XML spreadsheet of 2003.", _SPREADSHEET)
        raise AskedWrongError(f"{name} is an XML file, not a list.", _SPREADSHEET)
