"""The menu of a table's columns: show, hide, sort, reset; the keyboard's way to what the header does by mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.words.catalogue import tr
from ui.widgets.text import amp, tip

if TYPE_CHECKING:
    from ui.models.rows import Column
    from ui.widgets.table import Table

SHORT = 3


class ColumnsMenu(QMenu):
    """Deletes itself when closed."""

    def __init__(self, table: Table[Any]) -> None:
        super().__init__(table)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._table = table
        layout = table.column_layout()
        titles = {column.key: _said(column) for column in table.rows.columns}
        hints = {column.key: tip(column.hint) for column in table.rows.columns}
        self.setToolTipsVisible(True)
        for key in layout.order:
            action = self.addAction(amp(titles[key]))
            action.setCheckable(True)
            action.setChecked(key not in layout.hidden)
            action.setToolTip(hints[key])
            action.toggled.connect(partial(self._show, key))
        self.addSeparator()
        sort_menu = self.addMenu(tr("Sort by"))
        for key in layout.order:
            action = sort_menu.addAction(amp(titles[key]))
            action.setCheckable(True)
            action.setChecked(key == layout.sort)
            action.triggered.connect(partial(self._sort, key))
        self.addSeparator()
        reset = QAction(tr("Reset columns"), self)
        reset.triggered.connect(table.reset_layout)
        self.addAction(reset)

    def _show(self, key: str, shown: bool) -> None:
        self._table.show_column(key, shown=shown)

    def _sort(self, key: str) -> None:
        sorting = self._table.rows.sorting
        self._table.sort_by(key, descending=sorting == (key, False))


def _said(column: Column[Any]) -> str:
    """Name a column; where the name is but a letter or two, say what it stands for."""
    short = len(column.title) <= SHORT and column.hint
    return f"{column.title}: {column.hint[:1].lower()}{column.hint[1:].rstrip('.')}" if short else column.title
