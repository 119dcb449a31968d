"""Every page can be walked by Tab alone, and whatever is reached there says what it is."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.clients import ClientDraft
from app.domain.contacts import ContactDraft
from app.domain.feedback import FeedbackDraft
from app.domain.fees import FeeDraft
from app.domain.people import PersonDraft
from app.domain.plans import ActionDraft, PlanDraft
from app.domain.promises import PromiseDraft
from app.domain.vocabulary import Direction
from app.services.book import Book
from ui.session import Session

TODAY = date.today()
PLACES = ("today", "clients", "portfolio", "settings", "plan", "dialogue", "feedback", "money", "people")
MOST_STOPS = 150


def _firm(book: Book) -> None:
    acme = book.clients.add(ClientDraft(name="Acme"))
    book.clients.add(ClientDraft(name="Never spoken to"))
    jane = book.people.add(PersonDraft(client_id=acme, name="Jane Roe"))
    for days in (700, 400, 200, 90):
        on = TODAY - timedelta(days=days)
        book.fees.add(FeeDraft(client_id=acme, on=on, original=90_000, currency="GBP", amount=None))
    book.contacts.log(
        ContactDraft(client_id=acme, on=TODAY - timedelta(days=90), direction=Direction.IN, people=(jane,)),
        [PromiseDraft(client_id=acme, what="Launch plan", due=TODAY - timedelta(days=2))],
    )
    book.feedback.add(FeedbackDraft(client_id=acme, on=TODAY - timedelta(days=40), verbatim="Invoices arrive late"))
    plan = book.plans.add(PlanDraft(client_id=acme, title="Plan", starts=TODAY, ends=TODAY + timedelta(days=90)))
    book.actions.add(ActionDraft(plan_id=plan, title="Draft the speech", due=TODAY))


@pytest.fixture
def session(with_book: Callable[..., Session]) -> Session:
    opened = with_book(_firm)
    opened.window.resize(1280, 800)
    return opened


def go(session: Session, place: str) -> QWidget:
    """Show a page, or a tab of the first client, and let it find its place."""
    if place in PLACES[:4]:
        page = session.window.show_page(place)
    else:
        page = session.show_client(session.book.clients.find("Acme").id, place)
    QTest.qWait(100)
    assert page.isVisible()
    return page


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


Step = Callable[[QWidget, QWidget], None]


def stops(session: Session, key: Qt.Key = Qt.Key.Key_Tab, seen: Step | None = None) -> list[QWidget]:
    """Press Tab until the keyboard is where it began; gives what was reached, and tells `seen` each step."""
    window = session.window
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.navigation.name.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = [window.navigation.name]
    while len(reached) < MOST_STOPS:
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)
        now = QApplication.focusWidget()
        assert now is not None, f"after {name_of(here)} the keyboard is nowhere"
        assert now is not here, f"the keyboard is caught in {type(now).__name__} “{name_of(now)}”"
        if now is reached[0]:
            return reached
        if seen is not None:
            seen(here, now)
        reached.append(now)
    raise AssertionError([f"{type(one).__name__} “{name_of(one)}”" for one in reached[-12:]])


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_everything_once_and_comes_round(place: str, session: Session) -> None:
    page = go(session, place)
    reached = stops(session)
    assert len(reached) == len(set(reached))
    assert any(page.isAncestorOf(one) for one in reached), "the page itself is never reached"
    for one in reached:
        assert one.isVisible(), type(one).__name__
        assert name_of(one).strip(), f"{type(one).__name__} in {type(one.parentWidget()).__name__} has no name"
    back = stops(session, Qt.Key.Key_Backtab)
    assert set(back) == set(reached)


@pytest.mark.parametrize("place", PLACES)
def test_tab_goes_in_reading_order(place: str, session: Session) -> None:
    page = go(session, place)

    def check(one: QWidget, other: QWidget) -> None:
        if not (page.isAncestorOf(one) and page.isAncestorOf(other)):
            return
        here, there = place_of(one, page), place_of(other, page)
        same_column = here.left() < there.right() and there.left() < here.right()
        assert not (there.bottom() < here.top() and same_column), f"up from “{name_of(one)}” to “{name_of(other)}”"
        same_line = here.top() < there.center().y() < here.bottom() and one.parentWidget() is other.parentWidget()
        assert not (same_line and there.right() < here.left()), f"back from “{name_of(one)}” to “{name_of(other)}”"

    stops(session, seen=check)


def place_of(widget: QWidget, page: QWidget) -> QRect:
    """Where a widget stands on its page."""
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
