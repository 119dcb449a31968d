"""The menus, filled from the commands each time they open, so that a page's own commands are there while it is.

Every command with a `menu` stands in it ("File", "Edit", "View/Theme"); F10 or the program's name opens them all, Alt
with the underlined letter opens one; `bar` shows them as a menu bar for those who like one.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.words.catalogue import tr
from ui.actions import Actions

MENUS = (("File", "&File"), ("Edit", "&Edit"), ("View", "&View"), ("Go", "&Go"), ("Help", "&Help"))


class Menus:
    """Builds and fills the menus of a window."""

    def __init__(self, window: QWidget, bar: QMenuBar, actions: Actions) -> None:
        self._actions = actions
        self._fillers: dict[str, tuple[str, Callable[[QMenu], None]]] = {}
        self._breaks: set[str] = set()
        self._last = ""
        self.program = QMenu(window)
        self.program.setAccessibleName(tr("Menu"))
        self._menus: dict[str, QMenu] = {}
        for key, words in MENUS:
            menu = QMenu(tr(words), window)
            menu.aboutToShow.connect(partial(self._fill, key))
            self._menus[key] = menu
            bar.addMenu(menu)
            self.program.addMenu(menu)

    def menu(self, key: str) -> QMenu:
        """One of the menus, filled."""
        self._fill(key)
        return self._menus[key]

    def break_before(self, command: str) -> None:
        """Draw a line before a command."""
        self._breaks.add(command)

    def end_with(self, command: str) -> None:
        """Let a command stand at the end of its menu, beneath a line, whenever it was added."""
        self._last = command

    def add_list(self, menu: str, words: str, fill: Callable[[QMenu], None]) -> None:
        """Add a submenu that the caller fills when it opens, such as the recent books."""
        self._fillers[f"{menu}/{words}"] = (menu, fill)

    def _fill(self, key: str) -> None:
        menu = self._menus[key]
        menu.clear()
        inner: dict[str, QMenu] = {}
        for command in self._actions:
            top, _, sub = command.menu.partition("/")
            if top != key or command.key == self._last:
                continue
            if sub and sub not in inner:
                inner[sub] = menu.addMenu(sub)
            target = inner[sub] if sub else menu
            if command.key in self._breaks:
                target.addSeparator()
            target.addAction(command.action)
        for place, (top, fill) in self._fillers.items():
            if top == key:
                listed = menu.addMenu(place.partition("/")[2])
                listed.aboutToShow.connect(partial(_refill, listed, fill))
        for command in self._actions:
            if command.key == self._last and command.menu == key:
                menu.addSeparator()
                menu.addAction(command.action)


def _refill(menu: QMenu, fill: Callable[[QMenu], None]) -> None:
    menu.clear()
    fill(menu)
