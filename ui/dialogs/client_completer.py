"""Completion of client names while they are typed: by name, code and other names, without regard to accents."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from app.domain.clients import Client
from app.domain.names import fold
from ui.widgets.text import one_line

_SOUGHT = Qt.ItemDataRole.UserRole


class ClientCompleter(QCompleter):
    """Offers clients; what is taken is the client's name."""

    def __init__(self, clients: Iterable[Client], parent: QWidget) -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        for client in clients:
            shown = f"{client.name} ({client.code})" if client.code else client.name
            item = QStandardItem(one_line(shown))
            item.setData(" ".join(fold(word) for word in (client.name, client.code, *client.aliases)), _SOUGHT)
            item.setData(client.name, Qt.ItemDataRole.WhatsThisRole)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(_SOUGHT)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(8)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 - Qt's name
        """Look for the folded text; once an arrow is typed the client stands before it."""
        return ["\0"] if "<" in path or ">" in path else [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Give the name itself."""
        return str(index.data(Qt.ItemDataRole.WhatsThisRole))
