"""Every command of the window: one `QAction` each, in a menu, with its shortcut, found by the command box.

Usage: `actions.add("client.new", "New client…", self._on_new, menu="File", shortcut="Ctrl+N")`; a page that brings
its own commands adds them when built and enables them while shown (`actions["client.new"].setEnabled(False)`). Letter
keys of a page (L, P, S) are added with `host=page`, so that they work only while the keyboard is in that page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from app.words.catalogue import tr
from ui.widgets.text import amp, one_line


@dataclass(frozen=True, slots=True)
class Command:
    """One command as lists show it."""

    key: str
    menu: str
    action: QAction
    listed: bool = True
    of_page: bool = False

    @property
    def words(self) -> str:
        """The words without the marks of a menu; those of a submenu say which ("Theme: Dark")."""
        text = self.action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
        inner = self.menu.partition("/")[2]
        return f"{inner}: {text}" if inner else text

    @property
    def place(self) -> str:
        """The menu it stands in, or where else it works."""
        return self.menu.partition("/")[0] or (tr("This page") if self.of_page else tr("Everywhere"))

    @property
    def shortcut(self) -> str:
        """The shortcut as people write it."""
        return shown_key(self.action.shortcut())


class Actions:
    """The commands, by key, in the order they were added."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._commands: dict[str, Command] = {}

    def add(
        self,
        key: str,
        words: str,
        slot: Callable[[], object],
        *,
        menu: str = "",
        shortcut: str | QKeySequence.StandardKey | tuple[str, ...] = "",
        host: QWidget | None = None,
        checkable: bool = False,
        group: QActionGroup | None = None,
        listed: bool = True,
    ) -> QAction:
        """Make a command; `words` may hold one `&` for the menu's letter, names of records go through `set_words`.

        `listed` is whether the command box offers it; a `host` is the page it works in.
        """
        action = QAction(words, host or self._window)
        if isinstance(shortcut, tuple):
            action.setShortcuts([QKeySequence(keys) for keys in shortcut])
        elif shortcut:
            action.setShortcut(QKeySequence(shortcut))
        if host is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.destroyed.connect(_Forget(self._commands, key))
        action.setCheckable(checkable)
        if group is not None:
            group.addAction(action)
        action.triggered.connect(_Call(slot))
        (host or self._window).addAction(action)
        self._commands[key] = Command(key, menu, action, listed, host is not None)
        return action

    def set_words(self, key: str, words: str) -> None:
        """Change what a command says, for example `Undo import of R&D fees`; ampersands are literal."""
        self[key].setText(amp(one_line(words)))

    def __getitem__(self, key: str) -> QAction:
        """The action of a command."""
        return self._commands[key].action

    def __contains__(self, key: str) -> bool:
        """Whether there is such a command."""
        return key in self._commands

    def __iter__(self) -> Iterator[Command]:
        """All commands."""
        return iter(self._commands.values())


class _Call:
    # A triggered signal brings `checked`, which a command does not take.
    def __init__(self, slot: Callable[[], object]) -> None:
        self._slot = slot

    def __call__(self, _checked: bool = False) -> None:
        self._slot()


class _Forget:
    def __init__(self, commands: dict[str, Command], key: str) -> None:
        self._commands = commands
        self._key = key

    def __call__(self) -> None:
        self._commands.pop(self._key, None)


def shown_key(sequence: QKeySequence) -> str:
    """Write a shortcut as on a key cap: `Ctrl Shift Z`."""
    written = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return written.replace("++", "+\0").replace("+", " ").replace("\0", "+").replace("  ", " +")
