"""The three kinds of error: a Problem (input, see app.domain.checking), an AppError (the world), a bug (all else)."""


class AppError(Exception):
    """Something in the world is in the way: a plain sentence says what happened, `mend` what to do now."""

    exit_code = 3

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(f"{sentence} {mend}".strip())
        self.sentence = sentence
        self.mend = mend


class AskedWrongError(AppError):
    """What was asked or given is wrong: an unknown client, a file that is not a book, nothing to undo."""

    exit_code = 2


class NotABookError(AskedWrongError):
    """The file named is missing, empty, not SQLite, or not a book of this program."""


class DamagedBookError(AppError):
    """The book's file is damaged and is not touched."""


class BookInUseError(AppError):
    """Another window or program holds the book."""


class NewerBookError(AppError):
    """A newer Rapport wrote the book; this one reads it but does not write."""


class ReadOnlyBookError(AppError):
    """The book cannot be written here: the file, its folder or the disk does not allow it."""


class CancelledError(Exception):
    """The person cancelled; nothing was changed."""
