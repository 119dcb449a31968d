"""The page for somebody without a book: three ways to begin, and the books opened before."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.paths import BOOK_SUFFIX
from app.words.catalogue import tr
from ui.dropping import documents, local_files
from ui.icons import Icons
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import body, quiet, section, small, title
from ui.widgets.layout import Card, ScrollPage, hairline, row

LISTS = "Lists (*.csv *.xlsx *.xls *.ods *.txt *.tsv);;All files (*)"


class _Recent(Protocol):
    @property
    def path(self) -> Path: ...
    @property
    def there(self) -> bool: ...
    @property
    def words(self) -> str: ...


class WelcomePage(ScrollPage):
    """Three cards; a list dropped anywhere on the page is the third."""

    sample_wanted = Signal()
    new_wanted = Signal()
    lists_wanted = Signal(object)
    find_wanted = Signal()
    book_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, recent: Sequence[_Recent]) -> None:
        super().__init__(theme)
        self._icons = icons
        self.setAcceptDrops(True)
        self.body.addSpacing(SIZES.page_top)
        self.body.addWidget(title(tr("Know your clients, and what each is worth")))
        self.body.addWidget(quiet(tr("One book, one file on this computer. Nothing is sent anywhere."), wrap=True))
        self.body.addSpacing(SIZES.wide_gap)
        cards = QHBoxLayout()
        cards.setSpacing(SIZES.wide_gap)
        for words, sentence, verb, kind, act in (
            (
                tr("Explore the sample agency"),
                tr("A PR agency with forty clients over four years, to look around and to try everything on."),
                tr("Open the sample"),
                ButtonKind.PLAIN,
                self.sample_wanted.emit,
            ),
            (
                tr("Start my book"),
                tr("Two fields, your firm's name and its currency. Clients and fees can follow at any time."),
                tr("Start my book"),
                ButtonKind.PRIMARY,
                self.new_wanted.emit,
            ),
            (
                tr("Bring my clients"),
                tr("Drop an Excel or CSV file here: clients, invoices or contacts. You see what is understood first."),
                tr("Choose a file…"),
                ButtonKind.PLAIN,
                self._on_choose,
            ),
        ):
            card = Card(words)
            card.body.addWidget(body(sentence, wrap=True))
            card.body.addStretch(1)
            button = Button(theme, verb, kind=kind, large=True)
            button.clicked.connect(act)
            if kind is ButtonKind.PRIMARY:
                self.setFocusProxy(button)
            card.body.addLayout(row(button, None))
            card.setMinimumHeight(theme.px(172))
            cards.addWidget(card, 1)
        self.body.addLayout(cards)
        self.body.addSpacing(SIZES.page_top)
        if recent:
            self._list(recent)
        self.body.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin with the files dropped."""
        self._begin_with(local_files(event.mimeData()))
        event.acceptProposedAction()

    def _list(self, recent: Sequence[_Recent]) -> None:
        self.body.addWidget(section(tr("Opened before")))
        for book in recent:
            self.body.addWidget(hairline())
            name = Button(self._theme, book.path.stem, kind=ButtonKind.LINK)
            name.setEnabled(book.there)
            name.clicked.connect(partial(self.book_wanted.emit, book.path))
            parts: list[QWidget | None] = [name, small(str(book.path.parent), elide=True), None, small(book.words)]
            if not book.there:
                find = Button(self._theme, tr("Locate…"), kind=ButtonKind.LINK)
                find.setAccessibleName(tr("Locate {name}").format(name=book.path.stem))
                find.clicked.connect(self.find_wanted)
                parts.append(find)
            line = row(*parts)
            line.setStretch(1, 1)
            self.body.addLayout(line)

    def _on_choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Bring my clients"), documents(), LISTS)
        self._begin_with([Path(name) for name in names])

    def _begin_with(self, files: list[Path]) -> None:
        books = [file for file in files if file.suffix == BOOK_SUFFIX]
        if books:
            self.book_wanted.emit(books[0])
        elif files:
            self.lists_wanted.emit(files)
