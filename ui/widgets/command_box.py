"""The one box for clients, people, words in contacts, and every command (Ctrl+K).

Usage: `CommandBox(theme, icons, find, actions)` where `find(text)` gives `Result`s of the book, best first. Commands
come from `Actions`, ranked by likeness; a leading `>` asks for commands only. Up, Down, Enter; Esc leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.words.catalogue import tr
from ui.actions import Actions, Command
from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.widgets.result import Find, Result
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from ui.widgets.result_list import ResultList

MOST = 50
LIKENESS = 62


def rank_commands(commands: Sequence[Command], text: str, recent: Sequence[str] = ()) -> list[Command]:
    """Order commands by how like the text they are; without text the recent ones come first."""
    usable = [command for command in commands if command.listed and command.action.isEnabled()]
    if not text:
        places = {key: place for place, key in enumerate(recent)}
        return sorted(usable, key=lambda command: places.get(command.key, len(places)))
    from rapidfuzz import fuzz, utils

    asked = text.casefold()
    scored = []
    for place, command in enumerate(usable):
        score = fuzz.WRatio(text, command.words, processor=utils.default_process)
        begins = any(word.startswith(asked) for word in command.words.casefold().split())
        score += 30 if begins else 0
        if score >= LIKENESS:
            scored.append((-score, place, command))
    return [command for _, _, command in sorted(scored, key=lambda entry: entry[:2])]


class CommandBox(SearchBox):
    """The search line of the top bar with its list."""

    def __init__(self, theme: Theme, icons: Icons, find: Find, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, icons, tr("Search clients, people, words, commands"), key="Ctrl K", large=True, parent=parent
        )
        self._find = find
        self._actions = actions
        self._recent: list[str] = []
        self._results: list[Result] = []
        self._list: ResultList | None = None
        self.setProperty("role", "search")
        self.textEdited.connect(self._on_typed)
        self.left.connect(self._on_left)
        self._focus_before: QWidget | None = None

    def set_find(self, find: Find) -> None:
        """Search another book."""
        self._find = find

    def ask(self) -> None:
        """Take the keyboard and show what can be done."""
        focused = QApplication.focusWidget()
        if focused is not self:
            self._focus_before = focused
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._on_typed(self.text())

    @property
    def results(self) -> Sequence[Result]:
        """What is listed."""
        return self._results

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move in the list, Enter takes the line."""
        key = event.key()
        if self._list is None and key == Qt.Key.Key_Down:
            self._on_typed(self.text())
        elif self._list is not None and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self._list.place if self._list is not None else 0)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Close the list when the keyboard goes elsewhere."""
        if event.type() is QEvent.Type.FocusOut:
            self._close()
        return super().event(event)

    def _on_typed(self, text: str) -> None:
        asked = text.strip()
        only_commands = asked.startswith(">")
        asked = asked.removeprefix(">").strip()
        found = [] if only_commands or not asked else list(self._find(asked))[:MOST]
        commands = rank_commands(list(self._actions), asked, self._recent)
        self._results = [*found, *(self._as_result(command) for command in commands)][:MOST]
        if not self._results:
            self._results = [Result(tr("Nothing found"), "", _nothing, icon=Icon.SEARCH)]
        if self._list is None:
            # Imported on first use: lists and styles bring ten milliseconds of tables of their own.
            from ui.widgets.result_list import ResultList

            self._list = ResultList(self._theme, self._icons, self)
            self._list.taken.connect(self._take)
        self._list.show_results(self._results)

    def _as_result(self, command: Command) -> Result:
        return Result(command.words, command.place, command.action.trigger, icon=Icon.COMMAND, key=command.shortcut)

    def _take(self, place: int) -> None:
        if not 0 <= place < len(self._results):
            return
        result = self._results[place]
        for command in self._actions:
            if command.words == result.title and result.icon is Icon.COMMAND:
                self._recent = [command.key, *(key for key in self._recent if key != command.key)][:20]
        self.clear()
        self._close()
        self._give_back()
        result.run()

    def _on_left(self) -> None:
        self._close()
        self._give_back()

    def _give_back(self) -> None:
        before, self._focus_before = self._focus_before, None
        if before is not None and before.isVisible():
            before.setFocus()
        else:
            self.clearFocus()

    def _close(self) -> None:
        if self._list is not None:
            listed, self._list = self._list, None
            listed.hide()
            listed.deleteLater()


def _nothing() -> None:
    return
