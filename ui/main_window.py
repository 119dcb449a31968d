"""The frame: navigation, top bar, page, status line, menus. No feature lives here.

Usage (see `tests/ui/demo.py` for a whole one):
    window = MainWindow(theme, icons, store, find=search.results, today=date.today, show_date=words.day)
    window.add_page(PageSpec("clients", "Clients", Icon.CLIENTS, build=make_clients_page))
    window.add_page(PageSpec("client", "Client", Icon.CLIENTS, build=make_client_page, under="clients"))
    window.commands.add("log", "Log contact…", self._on_log, menu="File", shortcut="Ctrl+L")
    window.show_page("clients")                    # builds it on first showing, gives the widget; its focus proxy
                                                   # (`page.setFocusProxy(table)`) gets the keyboard
    window.page_shown / window.as_of.changed / window.status.undo_wanted / window.navigation.log.clicked
    window.toasts.show_words("Deleted 3 clients", action="Undo", key="Ctrl Z", run=undo)
    window.status.set_saved("Saved 10:42"); window.status.progress.follow(task)
    window.set_notice("read-only", "This book is open read-only.", action="Why?", run=...)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.actions import Actions
from ui.frame.as_of import AsOfControl
from ui.frame.menus import Menus
from ui.frame.navigation import Navigation
from ui.frame.status_line import StatusLine
from ui.frame.top_bar import TopBar
from ui.icons import Icon, Icons
from ui.theme import Theme, ThemeChoice
from ui.tokens import SIZES
from ui.view_state import ViewStore, keep_window, restore_window
from ui.widgets.banner import Banner, BannerKind
from ui.widgets.command_box import CommandBox
from ui.widgets.result import Find, Result
from ui.widgets.text import one_line
from ui.widgets.toast import Toasts


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page as the frame knows it.

    `under` is the navigation item it belongs to (its own by default), `below` puts the item under "Log contact", and
    `listed` is whether it has an item, a Go command and a number key at all.
    """

    key: str
    title: str
    icon: Icon
    build: Callable[[], QWidget]
    under: str = ""
    below: bool = False
    shortcut: str = ""

    @property
    def listed(self) -> bool:
        """Whether the page stands in the navigation."""
        return self.under in {"", self.key}


def find_nothing(_text: str) -> Sequence[Result]:
    """Search a window without a book."""
    return ()


class MainWindow(QMainWindow):
    """The window."""

    page_shown = Signal(str)
    closing = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        store: ViewStore,
        *,
        show_date: Callable[[date], str],
        find: Find = find_nothing,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.icons = icons
        self._store = store
        self._specs: dict[str, PageSpec] = {}
        self._pages: dict[str, QWidget] = {}
        self._notices: dict[str, Banner] = {}
        self._current = ""
        self.setWindowTitle("Rapport")
        self.setMinimumSize(*_smallest())
        self._commands = Actions(self)
        self.navigation = Navigation(theme, icons)
        self.top_bar = TopBar(theme, icons, CommandBox(theme, icons, find, self.commands), today, show_date)
        self.status = StatusLine(theme)
        self._stack = QStackedWidget()
        self.toasts = Toasts(theme, icons, self._stack)
        self._lay_out()
        self.menus = Menus(self, self.menuBar(), self.commands)
        self._add_commands()
        self.navigation.chosen.connect(self.show_page)
        self.navigation.name.clicked.connect(self._on_name_clicked)
        theme.changed.connect(self._fit)
        restore_window(self, store)

    @property
    def commands(self) -> Actions:
        """Every command of the window."""
        return self._commands

    @property
    def store(self) -> ViewStore:
        """Where the window's view is remembered."""
        return self._store

    @property
    def as_of(self) -> AsOfControl:
        """The day everything is shown for."""
        return self.top_bar.as_of

    @property
    def box(self) -> CommandBox:
        """The search and command box."""
        return self.top_bar.box

    @property
    def current(self) -> str:
        """The key of the page shown."""
        return self._current

    def add_page(self, spec: PageSpec) -> None:
        """Make a page known; its widget is built when it is first shown."""
        self._specs[spec.key] = spec
        if spec.listed:
            self.navigation.add(spec.key, spec.icon, spec.title, below=spec.below)
            number = sum(1 for other in self._specs.values() if other.listed and not other.below)
            shortcut = spec.shortcut or (f"Alt+{number}" if not spec.below else "")
            go = partial(self.show_page, spec.key)
            self.commands.add(f"go.{spec.key}", spec.title, go, menu="Go", shortcut=shortcut)

    def show_page(self, key: str) -> QWidget:
        """Show a page, building it if need be; gives its widget."""
        spec = self._specs[key]
        if key not in self._pages:
            self._pages[key] = spec.build()
            self._stack.addWidget(self._pages[key])
        self._current = key
        self.navigation.mark(spec.under or key)
        other = self._stack.currentWidget() is not self._pages[key]
        if other and self._stack.isAncestorOf(self.focusWidget()):
            # Else Qt looks for the next stop when the old page hides, and that is the program's name.
            self.setFocus()
        self._stack.setCurrentWidget(self._pages[key])
        if self.toasts.current is not None:
            # The page that comes is laid over everything else.
            self.toasts.current.raise_()
        if spec.listed:
            self._store.keep_page(key)
        page = self._pages[key]
        if page.focusProxy() is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(key)
        return page

    def show_last_page(self, otherwise: str) -> QWidget:
        """Show the page the window was left on."""
        last = self._store.page()
        return self.show_page(last if last in self._specs else otherwise)

    def page(self, key: str) -> QWidget | None:
        """A page's widget if it was built."""
        return self._pages.get(key)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a count beside a page of the navigation."""
        self.navigation.set_count(key, count)

    def set_firm(self, name: str) -> None:
        """Say whose book it is."""
        self.status.set_firm(name)
        self.setWindowTitle(f"{one_line(name)} – Rapport" if name else "Rapport")

    def set_notice(
        self,
        key: str,
        words: str,
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
        kind: BannerKind = BannerKind.NOTICE,
        second: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a tinted bar over the page, or with empty words take it away."""
        old = self._notices.pop(key, None)
        if old is not None:
            self._banners.removeWidget(old)
            old.deleteLater()
        if words:
            banner = Banner(self.theme, kind, words, action=action)
            if run is not None:
                banner.button.clicked.connect(run)
            if second is not None:
                banner.add_button(second[0]).clicked.connect(second[1])
            self._notices[key] = banner
            self._banners.addWidget(banner)

    def open_menu(self, key: str = "") -> None:
        """Open the program's menu under its name, or one of its menus."""
        name = self.navigation.name
        menu = self.menus.menu(key) if key else self.menus.program
        menu.popup(name.mapToGlobal(name.rect().bottomLeft()))
        menu.setActiveAction(next((action for action in menu.actions() if action.isEnabled()), menu.menuAction()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and tell whoever must end things."""
        keep_window(self, self._store)
        self._store.write()
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room for the print the page gets what the navigation can spare."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.navigation.set_folded(folded=self.width() < self.theme.px(_FOLDS_BELOW))

    def _lay_out(self) -> None:
        self._banners = QVBoxLayout()
        self._banners.setSpacing(0)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addLayout(self._banners)
        right.addWidget(self._stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.navigation)
        upper.addLayout(right, 1)
        central = QWidget()
        central.setProperty("ground", "page")
        whole = QVBoxLayout(central)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(central)
        self.menuBar().setVisible(self._store.flag("menu-bar"))

    def _add_commands(self) -> None:
        add = self.commands.add
        add("search", tr("Search or command"), self.box.ask, menu="Go", shortcut="Ctrl+K", listed=False)
        add("menu", tr("Menu"), self.open_menu, shortcut="F10", listed=False)
        add("as-of", tr("As of another day…"), self.as_of.open_choice, menu="View")
        add("as-of.today", tr("Back to today"), self.as_of.back_to_today, menu="View")
        group = QActionGroup(self)
        for choice, words in _THEMES:
            action = add(
                f"theme.{choice}",
                tr(words),
                partial(self.theme.set_choice, choice),
                menu="View/Theme",
                checkable=True,
                group=group,
            )
            action.setChecked(self.theme.choice is choice)
        add("text.larger", tr("Larger text"), self.theme.enlarge, menu="View", shortcut=("Ctrl++", "Ctrl+="))
        add("text.smaller", tr("Smaller text"), self.theme.reduce, menu="View", shortcut="Ctrl+-")
        add("text.usual", tr("Usual text size"), self.theme.reset_text_size, menu="View", shortcut="Ctrl+0")
        bar = add("menu-bar", tr("Menu bar"), self._on_menu_bar, menu="View", checkable=True)
        bar.setChecked(self._store.flag("menu-bar"))
        add("help", tr("Help for this page"), self._on_help, menu="Help", shortcut="F1")
        add("shortcuts", tr("Shortcuts"), self._on_shortcuts, menu="Help", shortcut="Ctrl+?")
        add("quit", tr("Quit"), self.close, menu="File", shortcut=QKeySequence.StandardKey.Quit)
        for key, letter in _LETTERS:
            opened = add(f"menu.{key}", f"{key} menu", partial(self.open_menu, key), shortcut=letter, listed=False)
            opened.setEnabled(not bar.isChecked())
        self._on_day_changed()
        self.as_of.changed.connect(self._on_day_changed)
        self.menus.break_before("text.larger")
        self.menus.break_before("menu-bar")
        self.menus.end_with("quit")

    def _on_name_clicked(self) -> None:
        self.open_menu()

    def _on_menu_bar(self) -> None:
        shown = self.commands["menu-bar"].isChecked()
        self.menuBar().setVisible(shown)
        for key, _ in _LETTERS:
            self.commands[f"menu.{key}"].setEnabled(not shown)
        self._store.keep_flag("menu-bar", on=shown)

    def _on_day_changed(self) -> None:
        self.commands["as-of.today"].setEnabled(not self.as_of.is_today)

    def _on_help(self) -> None:
        from ui.dialogs.help import show_help

        show_help(self.theme, self._current, self)

    def _on_shortcuts(self) -> None:
        from ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self.theme, self.commands, self).open()


# The letters of a menu bar work also while there is none.
_LETTERS = (("File", "Alt+F"), ("Edit", "Alt+E"), ("View", "Alt+V"), ("Go", "Alt+G"), ("Help", "Alt+H"))
_THEMES = (
    (ThemeChoice.SYSTEM, "As the system"),
    (ThemeChoice.LIGHT, "Light"),
    (ThemeChoice.DARK, "Dark"),
)


_FOLDS_BELOW = 760


def _smallest() -> tuple[int, int]:
    # A little below the smallest supported window, so that borders and panels of the desktop fit.
    return SIZES.smallest_window[0] - 224, SIZES.smallest_window[1] - 200
