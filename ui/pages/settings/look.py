"""How the window looks, and where the book lies."""

from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.settings.section import SettingsSection
from ui.theme import TEXT_SIZES, ThemeChoice
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form import Form

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
