"""The tabs of the client page, wired with the services each uses; their modules are loaded when first shown."""

from functools import partial

from app.services.book import Book
from app.services.explanations import Explanations
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.client.tab import ClientTab, TabSpec


def client_tabs(desk: Desk, book: Book, explanations: Explanations) -> list[TabSpec]:
    """Give the tabs in the order shown."""
    return [
        TabSpec("dialogue", tr("Dialogue"), partial(_dialogue, desk, book)),
        TabSpec("money", tr("Money"), partial(_money, desk, book, explanations)),
    ]


def _dialogue(desk: Desk, book: Book) -> ClientTab:
    from ui.pages.client.dialogue import DialogueTab

    return DialogueTab(desk, book)


def _money(desk: Desk, book: Book, explanations: Explanations) -> ClientTab:
    from ui.pages.client.money import MoneyTab

    return MoneyTab(desk, book, explanations)
