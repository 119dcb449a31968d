"""A new book: the firm's name and its currency; where it lies is said and can be changed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.domain.checking import Problem
from app.domain.firm import Firm
from app.paths import BOOK_SUFFIX
from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.labels import small, title
from ui.widgets.layout import row

CURRENCIES = ("GBP", "EUR", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "NZD", "JPY", "INR", "ZAR")


class NewBookDialog(QDialog):
    """Gives a firm and a place; the caller makes the book and accepts, or shows what is wrong."""

    accepted_firm = Signal(object, object, object)

    def __init__(self, theme: Theme, place: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New book"))
        self.setMinimumWidth(theme.px(460))
        self._place = place
        self._form = Form(theme)
        self._form.add(
            "name", tr("Your firm"), TextField(tr("as your clients know it")), required=tr("What is your firm called?")
        )
        currency = ChoiceField(theme, [(code, code) for code in CURRENCIES])
        currency.set_value(_usual_currency())
        self._form.add("currency", tr("Currency of your accounts"), currency)
        self._where = small(wrap=True)
        other = Button(theme, tr("Choose another place…"), kind=ButtonKind.LINK)
        other.clicked.connect(self._on_place)
        start = Button(theme, tr("Start my book"), key=tr("Enter"), kind=ButtonKind.PRIMARY, large=True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_start)
        start.setDefault(True)
        self._say_place()
        cancel = Button(theme, tr("Cancel"), large=True)
        start.clicked.connect(self._on_start)
        cancel.clicked.connect(self.reject)
        self._form.submitted.connect(self._on_start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(title(tr("Start my book")))
        layout.addWidget(self._form)
        layout.addWidget(self._where)
        layout.addLayout(row(other, None))
        layout.addSpacing(SIZES.gap)
        layout.addLayout(row(None, cancel, start))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong beside the fields; what is wrong with the place stands at the top."""
        self._form.show_problems(problems)

    def _on_start(self) -> None:
        if self._form.check():
            values = self._form.draft()
            currency = values["currency"]
            self.accepted_firm.emit(self, Firm(name=values["name"].strip(), currency=currency), self._place)

    def _on_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Where shall the book lie?"), str(self._place), f"Rapport books (*{BOOK_SUFFIX})"
        )
        if name:
            self._place = Path(name).with_suffix(BOOK_SUFFIX)
            self._say_place()

    def _say_place(self) -> None:
        self._where.set_text(tr("It is kept in one file: {place}").format(place=self._place))


def _usual_currency() -> str:
    code = QLocale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if code in CURRENCIES else CURRENCIES[0]
