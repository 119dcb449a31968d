"""The firm: name, currency, financial year, and the rules that every figure depends on."""

from dataclasses import replace
from decimal import Decimal

from app.domain.firm import Firm
from app.domain.parsing.amounts import DecimalMark, read_plain
from app.domain.vocabulary import RankingWindow, StartRule
from app.services.firm import FirmSettings
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.numbers import money_field, number_field
from ui.pages.settings.section import SettingsSection
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.layout import row
from ui.widgets.parsed_field import ParsedField

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DEFAULT = Firm(name="")
KEY = "firm and rules"


class FirmSection(SettingsSection):
    """Applies as soon as a field is left."""

    def __init__(self, desk: Desk, firm: FirmSettings) -> None:
        super().__init__(
            desk,
            tr("Firm and rules"),
            tr("What every figure depends on. A change here moves every client's figures at once, and can be undone."),
            "currency discount rate year hourly cost start ranking window years cap",
        )
        self._service = firm
        self._firm = firm.get()
        theme = desk.theme
        form = Form(theme)
        self._name = TextField()
        self._currency = TextField()
        self._year = ChoiceField(theme, [(number, tr(month)) for number, month in enumerate(MONTHS, 1)])
        self._hour = money_field(self._firm.currency, hint=tr("none"))
        self._discount = ParsedField[int](_basis_points, _per_cent, wrong=tr("This is no rate; for example 10."))
        self._cap = number_field()
        self._start = ChoiceField(theme, [(rule, names.name(rule)) for rule in StartRule])
        self._window = ChoiceField(theme, [(window, names.name(window)) for window in RankingWindow])
        form.add_side_by_side((("name", tr("Firm"), self._name), ("currency", tr("Currency"), self._currency)))
        form.add_side_by_side(
            (
                ("year_starts", tr("Financial year starts in"), self._year),
                ("hourly_cost", tr("An hour costs, unless a colleague says otherwise"), self._hour),
            )
        )
        form.add_side_by_side(
            (
                ("start_rule", tr("Count a relationship from"), self._start),
                ("ranking_window", tr("Rank clients by"), self._window),
            )
        )
        form.add_side_by_side(
            (
                ("discount_basis_points", tr("Discount rate a year, %"), self._discount),
                ("years_cap", tr("Cap years retained at"), self._cap),
            )
        )
        self._form = form
        self.body.addWidget(form)
        back = Button(theme, tr("Rules as at the beginning"), kind=ButtonKind.LINK)
        back.clicked.connect(self._on_reset)
        self.body.addLayout(row(back, None))
        self.lock(form, back)
        for key in form.keys:
            self.apply_when_left(form.field(key), self._on_left)
        for choice in (self._year, self._start, self._window):
            choice.edited.connect(self._on_left)
        self._show()
        self.keep_draft(KEY, form, self._on_left)

    def reload(self) -> None:
        """Show the firm as it stands in the book."""
        self._show()
        self.shown()

    def _show(self) -> None:
        firm = self._firm = self._service.get()
        self._form.show_problems(())
        self._name.set_raw(firm.name)
        self._currency.set_raw(firm.currency)
        # Amounts are kept in this currency's minor units: changing it would change what every number means.
        self._currency.setEnabled(False)
        self._currency.setToolTip(tr("The currency of a book is chosen once, when it is made."))
        self._year.set_value(firm.year_starts)
        self._hour.set_value(firm.hourly_cost)
        self._discount.set_value(firm.discount_basis_points)
        self._cap.set_value(firm.years_cap)
        self._start.set_value(firm.start_rule)
        self._window.set_value(firm.ranking_window)

    def _on_left(self) -> None:
        if not self.desk.writable or self._form.problems():
            return
        changed = replace(
            self._firm,
            name=self._name.value(),
            year_starts=self._year.value() or DEFAULT.year_starts,
            hourly_cost=self._hour.value(),
            discount_basis_points=_or(self._discount.value(), DEFAULT.discount_basis_points),
            years_cap=_or(self._cap.value(), DEFAULT.years_cap),
            start_rule=self._start.value() or DEFAULT.start_rule,
            ranking_window=self._window.value() or DEFAULT.ranking_window,
        )
        if changed != self._firm:
            self._change(changed)

    def _on_reset(self) -> None:
        self._change(
            replace(DEFAULT, name=self._firm.name, currency=self._firm.currency, hourly_cost=self._firm.hourly_cost)
        )

    def _change(self, firm: Firm) -> None:
        if self.desk.writable:
            self.apply(lambda: self._service.change(firm), self._form)


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _basis_points(text: str) -> int | None:
    number = read_plain(text.replace("%", "").strip(), DecimalMark.POINT)
    return None if number is None else int((Decimal(number) * 100).to_integral_value())


def _per_cent(points: int) -> str:
    return f"{Decimal(points) / 100:f}".rstrip("0").rstrip(".") if points % 100 else str(points // 100)
