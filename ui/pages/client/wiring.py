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
        TabSpec("plan", tr("Plan"), partial(_plan, desk, book)),
        TabSpec("dialogue", tr("Dialogue"), partial(_dialogue, desk, book)),
        TabSpec("feedback", tr("Feedback"), partial(_feedback, desk, book)),
        TabSpec("money", tr("Money"), partial(_money, desk, book, explanations)),
        TabSpec("people", tr("People"), partial(_people, desk, book)),
    ]


def _plan(desk: Desk, book: Book) -> ClientTab:
    from ui.pages.client.plan import PlanTab

    return PlanTab(desk, book)


def _feedback(desk: Desk, book: Book) -> ClientTab:
    from ui.pages.client.feedback import FeedbackTab

    return FeedbackTab(desk, book)


def _people(desk: Desk, book: Book) -> ClientTab:
    from ui.pages.client.people import PeopleTab

    return PeopleTab(desk, book)


def _dialogue(desk: Desk, book: Book) -> ClientTab:
    from ui.pages.client.dialogue import DialogueTab

    return DialogueTab(desk, book)


def _money(desk: Desk, book: Book, explanations: Explanations) -> ClientTab:
    from ui.pages.client.money import MoneyTab

    return MoneyTab(desk, book, explanations)
