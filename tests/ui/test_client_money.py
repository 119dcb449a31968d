"""The Money tab on a real book: what each document counts as, dialogs, links, rates, workings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.clients import ClientDraft
from app.domain.engagements import EngagementDraft
from app.domain.fees import Fee, FeeDraft
from app.domain.vocabulary import CostKind, EngagementKind, FeeKind
from app.services.book import Book
from app.services.explanations import Explanations
from tests.ui.conftest import Put
from ui.desk import Desk
from ui.dialogs.cost import CostDialog
from ui.dialogs.engagement import EngagementDialog
from ui.dialogs.fee import FeeDialog, RateDialog
from ui.pages.client.money import COSTS, ENGAGEMENTS, MoneyTab
from ui.pages.client.money_rows import counts_as, engagement_columns
from ui.widgets.labels import PlainLabel

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def add(book: Book, client: int, days: int, amount: int, **more: object) -> int:
    kind = FeeKind.CREDIT if amount < 0 else FeeKind.INVOICE
    values = {"client_id": client, "on": ago(days), "original": amount, "currency": "GBP", "amount": None, "kind": kind}
    return book.fees.add(FeeDraft(**(values | more)))  # type: ignore[arg-type]


@pytest.fixture
def client(book: Book) -> int:
    made = book.clients.add(ClientDraft(name="Northgate"))
    add(book, made, 400, 100_000, document="1041")
    add(book, made, 200, 250_000, document="1042")
    add(book, made, 180, -250_000, document="C7")
    add(book, made, 100, 59_000, document="D8", disbursement=True)
    add(book, made, 60, 80_000, document="1043", currency="USD")
    add(book, made, -20, 450_000, document="1044")
    return made


@pytest.fixture
def tab(desk: Desk, book: Book, put: Put, client: int) -> MoneyTab:
    made = MoneyTab(desk, book, Explanations(book.database, book.figures))
    put(made)
    made.show_client(client)
    return made


def uses(tab: MoneyTab) -> dict[str, str]:
    return {row.fee.document: counts_as(row) for row in tab.fees.rows.rows}


def fee(book: Book, client: int, document: str) -> Fee:
    return next(found for found in book.fees.of_client(client) if found.document == document)


def texts(tab: MoneyTab) -> list[str]:
    return [label.text() for label in tab.side.findChildren(PlainLabel) if not label.isHidden()]


def test_every_document_says_what_it_counts_as(tab: MoneyTab) -> None:
    assert uses(tab) == {
        "1041": "purchase",
        "1042": "purchase",
        "C7": "netted, no purchase",
        "D8": "disbursement, no fee",
        "1043": "no rate, not counted",
        "1044": "booked ahead",
    }


def test_a_credit_that_equals_an_invoice_is_offered_and_linked_only_when_asked(
    tab: MoneyTab, book: Book, client: int
) -> None:
    assert [button.words for button in tab.notices.buttons] == ["Link them", "Fill in the rate…"]
    tab.notices.buttons[0].click()
    assert fee(book, client, "C7").linked_fee_id == fee(book, client, "1042").id
    assert uses(tab)["C7"].startswith("moved to ")
    assert uses(tab)["1042"] == "netted, no purchase"
    assert [button.words for button in tab.notices.buttons] == ["Fill in the rate…"]


def test_a_missing_rate_is_filled_in(tab: MoneyTab, book: Book, client: int) -> None:
    tab.notices.buttons[1].click()
    form = tab.editing.dialog
    assert isinstance(form, RateDialog)
    form.go.click()
    assert form.form.message("rate") == "What is one USD worth?"
    form.rate.set_raw("0")
    form.go.click()
    assert "more than 0" in form.form.message("rate")
    form.rate.set_raw("0.80")
    form.go.click()
    assert fee(book, client, "1043").amount == 64_000
    assert uses(tab)["1043"] == "purchase"


def test_a_fee_is_added_by_key_and_typed_in_any_currency(tab: MoneyTab, book: Book, client: int) -> None:
    tab.fees.setFocus()
    QTest.keyClick(tab.fees, Qt.Key.Key_Insert)
    form = tab.editing.dialog
    assert isinstance(form, FeeDialog)
    assert not form.rate.isEnabled()
    form.go.click()
    assert form.form.message("amount") == "How much is it?"
    form.amount.set_raw("1,250.50")
    form.document.set_raw("1050")
    form.currency.set_value("EUR")
    form.currency.edited.emit()
    form.rate.set_raw("0.5")
    form.go.click()
    made = fee(book, client, "1050")
    assert (made.original, made.currency, made.amount, made.on) == (125_050, "EUR", 62_525, TODAY)


def test_a_credit_note_is_negative_whatever_is_typed(tab: MoneyTab, book: Book, client: int) -> None:
    tab.credit.click()
    form = tab.editing.dialog
    assert isinstance(form, FeeDialog)
    form.document.set_raw("C8")
    form.amount.set_raw("40")
    form.linked.set_value(fee(book, client, "1041").id)
    form.go.click()
    made = fee(book, client, "C8")
    assert (made.original, made.linked_fee_id) == (-4_000, fee(book, client, "1041").id)


def test_f2_changes_a_fee_and_a_refusal_stays_at_its_field(tab: MoneyTab, book: Book, client: int) -> None:
    tab.fees.choose(fee(book, client, "1041").id)
    tab.fees.setFocus()
    QTest.keyClick(tab.fees, Qt.Key.Key_F2)
    form = tab.editing.dialog
    assert isinstance(form, FeeDialog)
    assert form.amount.value() == Decimal("1000.00")
    form.amount.set_raw("-5")
    form.go.click()
    assert "credit note" in form.form.message("kind")
    form.amount.set_raw("1200")
    form.go.click()
    assert fee(book, client, "1041").amount == 120_000


def test_delete_takes_the_chosen_and_the_toast_brings_them_back(
    tab: MoneyTab, book: Book, client: int, desk: Desk
) -> None:
    tab.fees.choose(fee(book, client, "1041").id)
    tab.fees.setFocus()
    QTest.keyClick(tab.fees, Qt.Key.Key_Delete)
    assert "1041" not in uses(tab)
    toast = desk.toasts.current
    assert toast is not None
    toast.action.click()
    assert uses(tab)["1041"] == "purchase"


def test_the_keyboard_begins_on_the_first_document_and_goes_to_the_one_added(tab: MoneyTab) -> None:
    tab.take_focus()
    assert [row.fee.document for row in tab.fees.chosen_rows()] == [tab.fees.rows.row(0).fee.document]
    QTest.keyClick(tab.fees, Qt.Key.Key_Insert)
    form = tab.editing.dialog
    assert isinstance(form, FeeDialog)
    form.document.set_raw("1050")
    form.amount.set_raw("10")
    form.go.click()
    assert [row.fee.document for row in tab.fees.chosen_rows()] == ["1050"]


def test_engagements_have_room_for_all_their_columns() -> None:
    """In a window of 1280 x 800 the table is 734 wide inside, less its scroll bar."""
    assert sum(column.width for column in engagement_columns()) <= 720


def test_costs_and_engagements_are_kept_in_tables_of_their_own(tab: MoneyTab, book: Book, client: int) -> None:
    tab.switches[ENGAGEMENTS].click()
    assert tab.empty.isVisible()
    tab.empty.button.click()
    form = tab.editing.dialog
    assert isinstance(form, EngagementDialog)
    form.name.set_raw("Press office")
    form.kind.set_value(EngagementKind.RETAINER)
    form.every.set_raw("3")
    form.fee.set_raw("2400")
    form.go.click()
    engagement = book.engagements.of_client(client)[0]
    assert (engagement.name, engagement.billed_every_months, engagement.fee) == ("Press office", 3, 240_000)
    tab.switches[COSTS].click()
    QTest.keyClick(tab, Qt.Key.Key_Insert)
    cost = tab.editing.dialog
    assert isinstance(cost, CostDialog)
    cost.amount.set_raw("80")
    cost.kind.set_value(CostKind.ACQUISITION)
    cost.engagement.set_value(engagement.id)
    cost.note.set_raw("pitch film")
    cost.go.click()
    assert [(row.cost.amount, row.engagement) for row in tab.costs.rows.rows] == [(8_000, "Press office")]
    assert [switch.words for switch in tab.switches] == ["6 fees", "1 cost", "1 engagement"]
    assert [(row.fees, row.costs) for row in tab.engagements.rows.rows] == [(0, 8_000)]


def test_the_workings_stand_beside_and_follow_every_change(tab: MoneyTab, book: Book, client: int) -> None:
    shown = texts(tab)
    assert shown[shown.index("S, average spend") + 1] == "£500.00"
    assert shown[shown.index("T, average interval") + 1] == "200 days"
    assert shown[shown.index("Booked ahead") + 1] == "£4,500.00"
    book.fees.add(FeeDraft(client_id=client, on=ago(0), original=200_000, currency="GBP", amount=None))
    QApplication.processEvents()
    shown = texts(tab)
    assert shown[shown.index("S, average spend") + 1] == "£1,000.00"


def test_a_dash_says_why(book: Book, tab: MoneyTab) -> None:
    young = book.clients.add(ClientDraft(name="Saltmarsh"))
    retainer = book.engagements.add(EngagementDraft(client_id=young, name="Press", kind=EngagementKind.RETAINER))
    add(book, young, 40, 100_000)
    add(book, young, 20, 100_000)
    add(book, young, 10, 100_000, engagement_id=retainer)
    tab.show_client(young)
    QApplication.processEvents()
    shown = texts(tab)
    assert shown[shown.index("Counting the silence") + 1] == "—"
    assert "Counting the silence: under 90 days since the first purchase." in shown
    assert "Retainer: no TFI, one purchase: no rhythm yet." in shown


def test_on_another_day_the_tables_show_and_do_not_take(tab: MoneyTab, desk: Desk, book: Book, client: int) -> None:
    desk.as_of.set_day(ago(10))
    assert not tab.add.isEnabled()
    tab.fees.choose(fee(book, client, "1041").id)
    tab.fees.setFocus()
    QTest.keyClick(tab.fees, Qt.Key.Key_Delete)
    QTest.keyClick(tab.fees, Qt.Key.Key_Return)
    assert "1041" in uses(tab)
    assert tab.editing.dialog is None
    assert tab.notices.buttons[-1].isEnabled() is False
