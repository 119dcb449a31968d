"""The seal: the digests of a book's last closes and copies, kept in the user's data folder under the book's id.

Three of five changes of single bits that reach a person's data pass every check of SQLite's; the digest finds them all.
An unknown digest is said, and leads to the full check; it is never an alarm, for a book may well come from elsewhere.
"""

import json
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.backups import SealState
from app.files import write_whole

CLOSES, COPIES = 20, 100
CHECK_EVERY = timedelta(days=7)


class Seals:
    """What this computer knows of books it closed. Losing it costs a full check and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def state(self, book_id: str, digest: str) -> SealState:
        """Tell whether a book of this digest was closed or copied here."""
        known = self._read(book_id)
        digests = {found for kind in ("closes", "copies") for found in known.get(kind, ())}
        if not digests:
            return SealState.NONE
        return SealState.KNOWN if digest in digests else SealState.UNKNOWN

    def knows(self, digest: str) -> bool:
        """Tell whether any book of this digest was closed or copied here, whatever its id."""
        places = self._folder.glob("*.json") if self._folder.is_dir() else ()
        return any(self.state(place.stem, digest) is SealState.KNOWN for place in places)

    def opened(self, book_id: str, place: Path) -> None:
        """Remember that a book was opened here to be written, until it is closed."""
        self._write(book_id, {**self._read(book_id), "open": str(place)})

    def left_open(self, book_id: str, place: Path) -> bool:
        """Tell whether a book was opened here and never closed: the program or the computer was ended before."""
        return bool(self._read(book_id).get("open") == str(place))

    def closed(self, book_id: str, digest: str) -> None:
        """Remember a clean close."""
        self._note(book_id, "closes", digest, CLOSES, open="")

    def copied(self, book_id: str, digest: str) -> None:
        """Remember a copy that was proven whole."""
        self._note(book_id, "copies", digest, COPIES)

    def checked(self, book_id: str, when: datetime) -> None:
        """Remember when the whole book was last found in order."""
        self._write(book_id, {**self._read(book_id), "checked": when.isoformat(timespec="seconds")})

    def last_check(self, book_id: str) -> datetime | None:
        """Give when the whole book was last found in order, None where never."""
        with suppress(ValueError):
            return datetime.fromisoformat(str(self._read(book_id).get("checked", "")))
        return None

    def check_due(self, book_id: str, now: datetime) -> bool:
        """Tell whether the whole book was not checked for a week, by a clock that may have been put back."""
        last = self.last_check(book_id)
        return last is None or abs(now - last) >= CHECK_EVERY

    def _note(self, book_id: str, kind: str, digest: str, most: int, **besides: str) -> None:
        known = self._read(book_id)
        digests = [digest, *(found for found in known.get(kind, ()) if found != digest)]
        self._write(book_id, {**known, kind: digests[:most], **besides})

    def _read(self, book_id: str) -> dict[str, Any]:
        try:
            known = json.loads(self._place(book_id).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, book_id: str, known: dict[str, Any]) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._place(book_id), json.dumps(known, indent=1).encode())
        except OSError as error:
            # The next opening does a full check; that is all.
            logging.getLogger(__name__).warning("no seal could be written: %s", error.strerror)

    def _place(self, book_id: str) -> Path:
        # The id comes out of a file that may be anybody's.
        name = "".join(letter for letter in book_id[:64] if letter.isalnum())
        return self._folder / f"{name or 'nameless'}.json"
