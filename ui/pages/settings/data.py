"""The book's health: where it lies, its size and room, its last check and backup, versions; and “Check now”.

The second place for backups is chosen here, and used at once; who keeps it for the next time hears of it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout

from app.domain.places import PlaceKind
from app.errors import AppError
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
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import PlainLabel, body, small


class DataSection(SettingsSection):
    """Looks at the book off the window's thread."""

    backups_wanted = Signal()
    second_chosen = Signal(object)
    share_let_go = Signal()

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(
            desk,
            tr("The book and its backups"),
            tr("Everything of this firm is in one file. Copy it, put it on a stick, open it elsewhere: it is yours."),
            "data location file backup check copy health restore version size free second place folder "
            "stick cloud share",
        )
        self._book = book
        self._told: list[PlainLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SIZES.wide_gap)
        self._grid.setVerticalSpacing(SIZES.gap)
        self._grid.setColumnStretch(1, 1)
        check = Button(desk.theme, tr("Check the whole book now"))
        backups = Button(desk.theme, tr("Backups…"))
        folder = Button(desk.theme, tr("Show them in their folder"))
        self.choose = Button(desk.theme, tr("Choose a second place…"))
        self.no_second = Button(desk.theme, tr("Use no second place"))
        self.only_read = Button(desk.theme, tr("Only read books on this share"))
        # A book on a share is written only where a person insisted on it.
        self.only_read.setVisible(book.writable and book.around.place.kind is PlaceKind.NETWORK)
        check.clicked.connect(self._on_check)
        backups.clicked.connect(self.backups_wanted)
        folder.clicked.connect(self._on_folder)
        self.choose.clicked.connect(self._on_choose)
        self.no_second.clicked.connect(self._on_no_second)
        self.only_read.clicked.connect(self.share_let_go)
        self.body.addLayout(self._grid)
        buttons = FlowBox()
        for button in (check, backups, folder, self.choose, self.no_second, self.only_read):
            buttons.add(button)
        self.body.addWidget(buttons)
        self.lock(self.choose, self.no_second)
        self.reload()

    def reload(self) -> None:
        """Look again."""
        self.desk.tasks.run(partial(_look, self._book), self._show)

    def _show(self, health: Health) -> None:
        self.no_second.setVisible(health.second is not None)
        now = datetime.now(UTC)
        status = health.backups
        wrong = bool(status.failure) or status.overdue or status.shrunk
        away = bool(status.second_failure) or (health.second is not None and not health.second.there)
        checked = formats.DASH if health.last_check is None else words.moment(health.last_check, now)
        lines = (
            (tr("Place"), str(health.path), Tone.PLAIN),
            (tr("Size"), tr("{size}; {free} free beside it").format(
                size=formats.size(health.size), free=formats.size(health.free)), Tone.PLAIN),
            (tr("State"), words.seal(health.seal), Tone.PLAIN),
            (tr("Last whole check"), checked, Tone.PLAIN),
            (tr("Last backup"), status.failure or words.status(status, now), Tone.OVERDUE if wrong else Tone.PLAIN),
            (tr("Backups lie in"), str(health.backups_folder), Tone.PLAIN),
            (tr("Second place"), status.second_failure or words.second(health.second, now),
             Tone.OVERDUE if away else Tone.PLAIN),
            (tr("Versions"), tr("Rapport {app}, book {schema}, SQLite {sqlite}, Python {python}").format(
                app=health.app, schema=health.schema, sqlite=health.sqlite, python=health.python), Tone.QUIET),
        )  # fmt: skip
        for told, (_, value, tone) in zip(self._lines(lines), lines, strict=True):
            told.set_text(value)
            told.set_tone(tone)

    def _lines(self, lines: Sequence[tuple[str, str, Tone]]) -> list[PlainLabel]:
        # Made once: a page that loses its lines for a moment would scroll away from what one has just clicked.
        if not self._told:
            self._told = [body("", wrap=True, selectable=True) for _ in lines]
            for at, (told, (label, _, _)) in enumerate(zip(self._told, lines, strict=True)):
                self._grid.addWidget(small(label), at, 0)
                self._grid.addWidget(told, at, 1)
        return self._told

    def _on_check(self) -> None:
        self.desk.tasks.run(self._book.health.check_now, self._on_checked, title=tr("Checking the book"))

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._book.backups.folder)))

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Second place for backups"), str(Path.home()))
        if chosen:
            self.use_second(Path(chosen))

    def _on_no_second(self) -> None:
        self.use_second(None)

    def use_second(self, folder: Path | None) -> None:
        """Use another second place, or none."""
        work = partial(_use_second, self._book, folder)
        self.desk.tasks.run(work, self._on_second, self._on_refused, title=tr("Copying the newest backup"))

    def _on_second(self, folder: Path | None) -> None:
        self.say("")
        self.second_chosen.emit(folder)
        self.reload()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.say(str(error))
        else:
            self.desk.messages.show(error)

    def _on_checked(self, problems: list[str]) -> None:
        if problems:
            self.say(" ".join(problems[:5]))
        else:
            self.say("")
            backed_up = self._book.backups.newest() is not None
            both = tr("The book is whole, and so is its newest backup.")
            self.desk.toasts.show_words(both if backed_up else tr("The book is whole."))
        self.reload()


def _look(book: Book, _report: Report, _cancelled: Cancelled) -> Health:
    return book.health.look(datetime.now(UTC))


def _use_second(book: Book, folder: Path | None, _report: Report, _cancelled: Cancelled) -> Path | None:
    book.backups.choose_second(folder)
    return folder
