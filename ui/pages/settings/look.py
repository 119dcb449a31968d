"""How the window looks, and where the book lies."""

from functools import partial

from app.services.book import Book
from app.words import formats
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.settings.section import SettingsSection
from ui.tasks.runner import Cancelled, Report
from ui.theme import TEXT_SIZES, ThemeChoice
from ui.widgets.buttons import Button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form import Form
from ui.widgets.labels import body, small
from ui.widgets.layout import row

THEMES = ((ThemeChoice.SYSTEM, tr("As the system")), (ThemeChoice.LIGHT, tr("Light")), (ThemeChoice.DARK, tr("Dark")))


class LookSection(SettingsSection):
    """Light or dark, and how large the text is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            tr("Look"),
            tr("Applies at once, on this computer only. Ctrl + and Ctrl − change the text from anywhere."),
            "theme dark light text size font",
        )
        self._theme_choice = ChoiceField(desk.theme, THEMES)
        self._size = ChoiceField(desk.theme, [(size, f"{size} %") for size in TEXT_SIZES])
        form = Form(desk.theme)
        form.add_side_by_side((("theme", tr("Colours"), self._theme_choice), ("size", tr("Text size"), self._size)))
        self.body.addWidget(form)
        self._theme_choice.edited.connect(self._on_theme)
        self._size.edited.connect(self._on_size)
        desk.theme.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show how it looks now."""
        self._theme_choice.set_value(self.desk.theme.choice)
        self._size.set_value(self.desk.theme.text_size)

    def _on_theme(self) -> None:
        choice = self._theme_choice.value()
        if choice is not None:
            self.desk.theme.set_choice(choice)

    def _on_size(self) -> None:
        size = self._size.value()
        if size is not None:
            self.desk.theme.set_text_size(size)


class DataSection(SettingsSection):
    """Where the book lies, how large it is, and a check of the whole of it."""

    def __init__(self, desk: Desk, book: Book) -> None:
        super().__init__(
            desk,
            tr("The book"),
            tr("Everything of this firm is in one file. Copy it, put it on a stick, open it elsewhere: it is yours."),
            "data location file backup check copy",
        )
        self._book = book
        self._place = body("", wrap=True, selectable=True)
        self._state = small("")
        check = Button(desk.theme, tr("Check the whole book"))
        check.clicked.connect(self._on_check)
        self.body.addWidget(self._place)
        self.body.addWidget(self._state)
        self.body.addLayout(row(check, None))
        self.reload()

    def reload(self) -> None:
        """Say where it lies and how large it is."""
        self._place.set_text(str(self._book.path))
        try:
            self._state.set_text(formats.size(self._book.path.stat().st_size))
        except OSError:
            self._state.set_text(tr("The file is no longer there."))

    def _on_check(self) -> None:
        self.desk.tasks.run(partial(_check, self._book), self._on_checked, title=tr("Checking the book"))

    def _on_checked(self, problems: list[str]) -> None:
        if problems:
            self.say(" ".join(problems[:5]))
        else:
            self.desk.toasts.show_words(tr("The book is whole: structure and keys were checked."))


def _check(book: Book, _report: Report, _cancelled: Cancelled) -> list[str]:
    return book.problems()
