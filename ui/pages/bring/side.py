"""The right side: what the list is, what must be asked, which clients are new, and the button."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.domain.parsing import DateOrder, DecimalMark
from app.exchange.comparing.outcome import Existing
from app.exchange.importing import Plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.near import NearName
from app.exchange.lists.questions import About, Question
from app.words import formats, importing
from app.words.catalogue import tr, trn
from ui.pages.bring.work import Understood
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import body, section, small
from ui.widgets.layout import clear, hairline, row
from ui.widgets.text import amp

KINDS: tuple[Kind, ...] = tuple(kind for kind in Kind if kind != Kind.PLANS)


class SidePart(QWidget):
    """Asks only what is ambiguous; everything else is shown."""

    kind_chosen = Signal(object)
    sheet_chosen = Signal(str)
    order_chosen = Signal(object)
    decimal_chosen = Signal(object)
    existing_chosen = Signal(object)
    same_chosen = Signal(str, object)
    bring_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedWidth(theme.px(372))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SIZES.gap)
        self.go = Button(theme, "", kind=ButtonKind.PRIMARY, large=True)
        self.go.clicked.connect(self.bring_wanted)
        self.cancel = Button(theme, tr("Cancel"), large=True)
        self.cancel.clicked.connect(self.cancel_wanted)
        self._groups: list[QButtonGroup] = []

    def show_list(self, understood: Understood, clients: dict[str, int]) -> None:
        """Show what was understood; `clients` are the book's, by name."""
        for kept in (self.go, self.cancel):
            kept.setParent(None)
        clear(self._layout)
        self._groups = []
        self._what(understood)
        prepared = understood.prepared
        for question in prepared.forms.questions:
            self._question(question)
        self._chosen_forms(understood)
        for doubt in prepared.mapping.doubts:
            self._heading(importing.field(doubt.field))
            self._layout.addWidget(small(doubt.why, tone=Tone.DUE, wrap=True))
        if prepared.mapping.net_or_gross_open:
            self._heading(tr("Net or gross"))
            self._layout.addWidget(
                small(tr("Amounts are taken as net of VAT. If they hold VAT, choose a net column."), wrap=True)
            )
        if understood.plan:
            self._planned(understood, understood.plan, clients)
        self._layout.addSpacing(SIZES.gap)
        self._layout.addLayout(row(self.go, self.cancel, None))
        self.go.show()
        self.cancel.show()
        self._layout.addWidget(small(tr("One step to undo.")))
        self._layout.addStretch(1)

    def _what(self, understood: Understood) -> None:
        self._heading(tr("The list"))
        kind: ChoiceField[Kind] = ChoiceField(self._theme, [(one, importing.kind(one)) for one in KINDS])
        kind.editor.setAccessibleName(tr("What the rows are"))
        kind.set_value(understood.prepared.kind)
        kind.edited.connect(partial(self._on_kind, kind))
        line = row(small(tr("Its rows are")), kind, None, gap=12)
        self._layout.addLayout(line)
        if len(understood.file.sheets) > 1:
            sheet = ChoiceField(self._theme, [(name.name, name.name) for name in understood.file.sheets])
            sheet.editor.setAccessibleName(tr("Sheet"))
            sheet.set_value(understood.prepared.sheet.name)
            sheet.edited.connect(partial(self._on_sheet, sheet))
            self._layout.addLayout(row(small(tr("Sheet")), sheet, None, gap=12))

    def _question(self, question: Question) -> None:
        about_dates = question.about is About.DATE_ORDER
        self._heading(tr("Dates") if about_dates else tr("Amounts"))
        self._layout.addWidget(body(tr("“{cell}” is …").format(cell=question.example), wrap=True))
        group = QButtonGroup(self)
        self._groups.append(group)
        for answer in question.answers:
            total = "" if answer.total is None else tr("; sum of the column {total}").format(total=f"{answer.total:,}")
            button = QRadioButton(amp(f"{answer.reading}{total}"))
            group.addButton(button)
            button.clicked.connect(partial(self._on_answer, question.about, answer.value))
            self._layout.addWidget(button)

    def _chosen_forms(self, understood: Understood) -> None:
        wanted = understood.wanted
        if wanted.date_order is not None:
            self._layout.addWidget(small(tr("Dates are read as {order}.").format(order=wanted.date_order.upper())))
        if wanted.decimal is not None:
            self._layout.addWidget(small(tr("Decimals stand behind “{mark}”.").format(mark=wanted.decimal)))

    def _planned(self, understood: Understood, planned: Plan, clients: dict[str, int]) -> None:
        if planned.changed:
            self._heading(trn("{n} row differs", "{n} rows differ", planned.changed))
            group = QButtonGroup(self)
            self._groups.append(group)
            for existing, words in (
                (Existing.ADD, tr("Leave them as they are in the book")),
                (Existing.UPDATE, tr("Take what the list says")),
            ):
                button = QRadioButton(words)
                button.setChecked(understood.wanted.existing is existing)
                group.addButton(button)
                button.clicked.connect(partial(self._on_existing, existing))
                self._layout.addWidget(button)
        self._near(planned.near, clients)
        if planned.new_clients:
            self._heading(trn("{n} new client", "{n} new clients", len(planned.new_clients)))
            self._layout.addWidget(small(formats.listed(planned.new_clients, 12), wrap=True))
        for notice in planned.notices[:6]:
            self._layout.addWidget(small(notice, wrap=True))

    def _near(self, near: Sequence[NearName], clients: dict[str, int]) -> None:
        known = [name for name in near if name.known in clients]
        if known:
            self._heading(tr("The same client?"))
        for name in known[:8]:
            words = tr("“{name}” is near “{known}”.").format(name=name.name, known=name.known)
            same = Button(self._theme, tr("They are one"))
            same.clicked.connect(partial(self.same_chosen.emit, name.name, clients[name.known]))
            self._layout.addWidget(body(words, wrap=True))
            self._layout.addLayout(row(same, small(tr("kept apart unless you say so")), None))

    def _heading(self, words: str) -> None:
        self._layout.addSpacing(SIZES.gap)
        self._layout.addWidget(section(words))
        self._layout.addWidget(hairline())

    def _on_kind(self, field: ChoiceField[Kind]) -> None:
        self.kind_chosen.emit(field.value())

    def _on_sheet(self, field: ChoiceField[str]) -> None:
        self.sheet_chosen.emit(field.value() or "")

    def _on_answer(self, about: About, value: str, _checked: bool = False) -> None:
        if about is About.DATE_ORDER:
            self.order_chosen.emit(DateOrder(value))
        else:
            self.decimal_chosen.emit(DecimalMark(value))

    def _on_existing(self, existing: Existing, _checked: bool = False) -> None:
        self.existing_chosen.emit(existing)
