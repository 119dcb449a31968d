"""The book's health: where it lies, its size and room, its last check and backup, versions; and “Check now”."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from app.services.book import Book
from app.services.health import Health
from app.words import backups as words
from app.words import formats
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.settings.section import SettingsSection
from ui.tasks.runner import Cancelled, Report
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button
from ui.widgets.labels import body, small
from ui.widgets.layout import clear, row


class DataSection(SettingsSection):
    """Looks at the book off the window's thread."""

    backups_wanted = Signal()

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(
            desk,
            tr("The book and its backups"),
            tr("Everything of this firm is in one file. Copy it, put it on a stick, open it elsewhere: it is yours."),
            "data location file backup check copy health restore version size free space",
        )
        self._book = book
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SIZES.wide_gap)
        self._grid.setVerticalSpacing(SIZES.gap)
        self._grid.setColumnStretch(1, 1)
        check = Button(desk.theme, tr("Check the whole book now"))
        backups = Button(desk.theme, tr("Backups…"))
        check.clicked.connect(self._on_check)
        backups.clicked.connect(self.backups_wanted)
        self.body.addLayout(self._grid)
        self.body.addLayout(row(check, backups, None))
        self.reload()

    def reload(self) -> None:
        """Look again."""
        self.desk.tasks.run(partial(_look, self._book), self._show)

    def _show(self, health: Health) -> None:
        clear(self._grid)
        now = datetime.now(UTC)
        status = health.backups
        wrong = bool(status.failure) or status.overdue or status.shrunk
        checked = formats.DASH if health.last_check is None else words.moment(health.last_check, now)
        lines = (
            (tr("Place"), str(health.path), Tone.PLAIN),
            (tr("Size"), tr("{size}; {free} free beside it").format(
                size=formats.size(health.size), free=formats.size(health.free)), Tone.PLAIN),
            (tr("State"), words.seal(health.seal), Tone.PLAIN),
            (tr("Last whole check"), checked, Tone.PLAIN),
            (tr("Last backup"), status.failure or words.status(status, now), Tone.OVERDUE if wrong else Tone.PLAIN),
            (tr("Backups lie in"), str(health.backups_folder), Tone.PLAIN),
            (tr("Versions"), tr("Rapport {app}, book {schema}, SQLite {sqlite}, Python {python}").format(
                app=health.app, schema=health.schema, sqlite=health.sqlite, python=health.python), Tone.QUIET),
        )  # fmt: skip
        for at, (label, value, tone) in enumerate(lines):
            told = body(value, wrap=True, selectable=True)
            told.set_tone(tone)
            self._grid.addWidget(small(label), at, 0)
            self._grid.addWidget(told, at, 1)

    def _on_check(self) -> None:
        self.desk.tasks.run(partial(_check, self._book), self._on_checked, title=tr("Checking the book"))

    def _on_checked(self, problems: list[str]) -> None:
        if problems:
            self.say(" ".join(problems[:5]))
        else:
            self.say("")
            self.desk.toasts.show_words(tr("The book is whole, and so is its newest backup."))
        self.reload()


def _look(book: Book, _report: Report, _cancelled: Cancelled) -> Health:
    return book.health.look(datetime.now(UTC))


def _check(book: Book, _report: Report, _cancelled: Cancelled) -> list[str]:
    return book.health.check_now()
