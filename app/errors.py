"""The three kinds of error: a Problem (input, see app.domain.checking), an AppError (the world), a bug (all else)."""

from enum import StrEnum


class WayOut(StrEnum):
    """What a person can do about a book that cannot be opened, or not be written; the window offers it."""

    LOCATE = "locate"  # find the file where it lies now
    BACKUP = "backup"
    NEW = "new"
    IMPORT = "import"  # it is a list, no book
    RESCUE = "rescue"  # what is readable into a new book
    COPY = "copy"  # a whole copy, which can be written
    RESTORE = "restore"  # the same of a backup
    REBUILD = "rebuild"  # the records alone into a new book
    AGAIN = "again"
    INSIST = "insist"  # write it in this place all the same


class AppError(Exception):
    """Something in the world is in the way: a plain sentence says what happened, `mend` what to do now.

    `ways` are the ways out of it that the window can go, the best first.
    """

    exit_code = 3
    ways: tuple[WayOut, ...] = ()

    def __init__(self, sentence: str, mend: str = "", *, ways: tuple[WayOut, ...] = ()) -> None:
        super().__init__(f"{sentence} {mend}".strip())
        self.sentence = sentence
        self.mend = mend
        self.ways = ways or self.ways


class AskedWrongError(AppError):
    """What was asked or given is wrong: an unknown client, a file that is not a book, nothing to undo."""

    exit_code = 2


class NotABookError(AskedWrongError):
    """The file named is missing, empty, not SQLite, or not a book of this program."""


class DamagedBookError(AppError):
    """The book's file is damaged and is not touched."""

    ways = (WayOut.BACKUP, WayOut.RESCUE)


class ChangedMeanwhileError(AppError):
    """A step cannot be taken back or done again: its rows are no longer what it left. `step_id` names it.

    Another program has changed them, or a step that undo went on behind.
    """

    def __init__(self, sentence: str, mend: str = "", *, step_id: int = 0) -> None:
        super().__init__(sentence, mend)
        self.step_id = step_id


class BookInUseError(AppError):
    """Another window or program holds the book."""

    ways = (WayOut.AGAIN, WayOut.COPY)


class NewerBookError(AppError):
    """A newer Rapport wrote the book; this one reads it but does not write."""

    ways = (WayOut.COPY,)


class ReadOnlyBookError(AppError):
    """The book cannot be written here: the file, its folder or the disk does not allow it."""

    ways = (WayOut.COPY,)


class FullDiskError(AppError):
    """The disk has no room for what was to be written."""


class MovedBookError(AppError):
    """What lies at the book's place is no longer the file that was opened."""


class CancelledError(Exception):
    """The person cancelled; nothing was changed."""
