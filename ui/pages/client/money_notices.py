"""What wants a decision over the fees: credit notes that look like an invoice taken back, documents without a rate."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.fees import Fee
from app.words import formats
from app.words.catalogue import tr, trn
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.labels import body
from ui.widgets.layout import clear, row

MOST = 3


class MoneyNotices(QWidget):
    """One line each, with a button that does it; nothing is done by itself (METRICS P3, P6)."""

    link_wanted = Signal(int, int)
    rate_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "clear")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.buttons: list[Button] = []

    def show_notices(self, fees: Sequence[Fee], offers: Mapping[int, int], *, may: bool) -> None:
        """Show what there is to decide."""
        clear(self._layout)
        self.buttons = []
        by_id = {fee.id: fee for fee in fees}
        for credit_id, invoice_id in list(offers.items())[:MOST]:
            words = _offer(by_id[credit_id], by_id[invoice_id])
            self._add(words, tr("Link them"), partial(self.link_wanted.emit, credit_id, invoice_id), may=may)
        without: dict[str, list[Fee]] = {}
        for fee in fees:
            if fee.amount is None and not fee.disbursement:
                without.setdefault(fee.currency, []).append(fee)
        for currency, found in without.items():
            self._add(
                _without(currency, found),
                tr("Fill in the rate…"),
                partial(self.rate_wanted.emit, tuple(found)),
                may=may,
            )
        self.setVisible(bool(self.buttons))

    def _add(self, words: str, action: str, run: partial[None], *, may: bool) -> None:
        button = Button(self._theme, action)
        button.setEnabled(may)
        button.clicked.connect(partial(_run, run))
        label = body(words, elide=True)
        line = row(label, button)
        line.setStretch(0, 1)
        self._layout.addLayout(line)
        self.buttons.append(button)


def _run(run: partial[None], _checked: bool = False) -> None:
    run()


def _offer(credit: Fee, invoice: Fee) -> str:
    amount = formats.money(invoice.original, invoice.currency, pence=True)
    number = invoice.document or formats.day(invoice.on)
    return tr("The credit of {day} equals invoice {number} ({amount}): link them?").format(
        day=formats.day(credit.on), number=number, amount=amount
    )


def _without(currency: str, fees: Sequence[Fee]) -> str:
    total = formats.money(sum(fee.original for fee in fees), currency, pence=True)
    words = trn("{n} document without a rate is not counted", "{n} documents without a rate are not counted", len(fees))
    return f"{currency}: {words} ({total})."
