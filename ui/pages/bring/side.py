"""The right side: what the list is, how it is read, what must be asked, and which clients are new."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.domain.clients import Client
from app.domain.parsing import DateOrder, DecimalMark
from app.exchange.comparing.outcome import Existing
from app.exchange.importing import Plan
from app.exchange.lists.fields import Kind
from app.exchange.lists.near import NearName
from app.exchange.lists.questions import About, Question
from app.words import formats, importing
from app.words.catalogue import tr, trn
from ui.pages.bring.read_as import ReadAs
from ui.pages.bring.work import ORDER, Understood
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import body, section, small
from ui.widgets.layout import clear, hairline, row
from ui.widgets.text import amp

MOST_NEAR = 8
MOST_NEW = 6
MOST_NOTICES = 8


class SidePart(QWidget):
    """Asks only what is ambiguous; everything else is shown, and can be chosen otherwise."""

    kind_chosen = Signal(object)
    sheet_chosen = Signal(str)
    order_chosen = Signal(object)
    decimal_chosen = Signal(object)
    encoding_chosen = Signal(object)
    delimiter_chosen = Signal(str)
    existing_chosen = Signal(object)
    same_chosen = Signal(str, object)
    forget_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setMaximumWidth(theme.px(372))
        self.setMinimumWidth(theme.px(300))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SIZES.gap)
        self._groups: list[QButtonGroup] = []

    def show_list(self, understood: Understood, clients: Mapping[str, Client], *, kept: bool) -> None:
        """Show what was understood; `clients` are the book's by name and alias, `kept` that choices were remembered."""
        clear(self._layout)
        self._groups = []
        self._what(understood, kept=kept)
        prepared = understood.prepared
        for question in prepared.forms.questions:
            self._question(question)
        for reading in understood.read_as:
            self._reading(reading)
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
        self._layout.addStretch(1)

    def _what(self, understood: Understood, *, kept: bool) -> None:
        self._heading(tr("The list"), first=True)
        if understood.unsure:
            self._layout.addWidget(small(understood.unsure, tone=Tone.DUE, wrap=True))
        kind: ChoiceField[Kind] = ChoiceField(self._theme, [(one, importing.kind(one)) for one in ORDER])
        kind.editor.setAccessibleName(tr("What the rows are"))
        sheet_open = understood.unsure == importing.which_sheet()
        if not understood.unsure or sheet_open or understood.wanted.kind is not None:
            kind.set_value(understood.prepared.kind)
        kind.edited.connect(partial(self._on_kind, kind))
        self._layout.addLayout(row(small(tr("Its rows are")), kind, None, gap=12))
        if len(understood.file.sheets) > 1:
            sheet = ChoiceField(self._theme, [(name.name, name.name) for name in understood.file.sheets])
            sheet.editor.setAccessibleName(tr("Sheet"))
            sheet.set_value(None if sheet_open else understood.prepared.sheet.name)
            sheet.edited.connect(partial(self._on_sheet, sheet))
            self._layout.addLayout(row(small(tr("Sheet")), sheet, None, gap=12))
        if understood.file.delimiter:
            names = importing.delimiters(understood.file.delimiter)
            delimiter = ChoiceField(self._theme, list(names.items()))
            delimiter.editor.setAccessibleName(tr("What parts its columns"))
            delimiter.set_value(understood.file.delimiter)
            delimiter.edited.connect(partial(self._on_delimiter, delimiter))
            self._layout.addLayout(row(small(tr("Columns are parted by")), delimiter, None, gap=12))
        if kept:
            forget = Button(self._theme, tr("Read it as a new one"), kind=ButtonKind.LINK)
            forget.clicked.connect(self.forget_wanted)
            self._layout.addWidget(small(tr("Read as you chose for the last list with these columns."), wrap=True))
            self._layout.addLayout(row(forget, None))

    def _question(self, question: Question) -> None:
        self._heading(_subject(question.about))
        self._layout.addWidget(body(tr("“{cell}” is …").format(cell=question.example), wrap=True))
        group = QButtonGroup(self)
        self._groups.append(group)
        for answer in question.answers:
            button = QRadioButton(amp(answer.reading))
            group.addButton(button)
            button.clicked.connect(partial(self._on_answer, question.about, answer.value))
            self._layout.addWidget(button)

    def _reading(self, reading: ReadAs) -> None:
        self._heading(_subject(reading.about))
        words = tr("“{cell}” is {reading}").format(cell=reading.example, reading=reading.reading)
        if reading.example:
            self._layout.addWidget(body(words, wrap=True))
        if reading.detail:
            self._layout.addWidget(small(reading.detail, wrap=True))
        for value, otherwise in reading.others:
            button = Button(self._theme, otherwise, kind=ButtonKind.LINK)
            button.clicked.connect(partial(self._on_answer, reading.about, value))
            self._layout.addLayout(row(button, None))

    def _planned(self, understood: Understood, planned: Plan, clients: Mapping[str, Client]) -> None:
        if planned.changed:
            self._heading(trn("{n} row differs", "{n} rows differ", planned.changed))
            group = QButtonGroup(self)
            self._groups.append(group)
            for existing, words in (
                (Existing.ADD, importing.leave_them(planned.kind)),
                (Existing.UPDATE, tr("Take what the list says")),
            ):
                button = QRadioButton(words)
                button.setChecked(understood.wanted.existing is existing)
                group.addButton(button)
                button.clicked.connect(partial(self._on_existing, existing))
                self._layout.addWidget(button)
        asked = self._near(planned.near, understood.wanted.same_as, clients)
        if planned.new_clients:
            self._heading(trn("{n} new client", "{n} new clients", len(planned.new_clients)))
            self._layout.addWidget(small(formats.listed(planned.new_clients, MOST_NEW), wrap=True))
        notices = planned.told(asked)
        if notices:
            self._heading(tr("Told"))
        for notice in notices[:MOST_NOTICES]:
            self._layout.addWidget(small(notice, wrap=True))
        if len(notices) > MOST_NOTICES:
            self._layout.addWidget(small(trn("and {n} more", "and {n} more", len(notices) - MOST_NOTICES)))

    def _near(self, near: Sequence[NearName], same: Mapping[str, int], clients: Mapping[str, Client]) -> list[str]:
        """Ask which names are a client's; gives those asked about."""
        known = [name for name in near if name.known in clients]
        by_id = {client.id: client.name for client in clients.values()}
        if known or same:
            self._heading(tr("The same client?"))
        for name, client_id in same.items():
            words = tr("“{name}” is {client}.").format(name=name, client=by_id.get(client_id, formats.DASH))
            self._answer(words, tr("Keep apart"), name, None, tr("kept as another name of it"))
        for one in known[:MOST_NEAR]:
            client = clients[one.known]
            words = tr("“{name}” is near “{known}”.").format(name=one.name, known=client.name)
            self._answer(words, tr("They are one"), one.name, client.id, tr("kept apart unless you say so"))
        if len(known) > MOST_NEAR:
            self._layout.addWidget(small(trn("and {n} more", "and {n} more", len(known) - MOST_NEAR)))
        return [one.name for one in known[:MOST_NEAR]]

    def _answer(self, words: str, verb: str, name: str, client_id: int | None, detail: str) -> None:
        button = Button(self._theme, verb)
        button.setAccessibleDescription(words)
        button.clicked.connect(partial(self.same_chosen.emit, name, client_id))
        self._layout.addWidget(body(words, wrap=True))
        self._layout.addLayout(row(button, small(detail), None))

    def _heading(self, words: str, *, first: bool = False) -> None:
        if not first:
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
        elif about is About.DECIMAL:
            self.decimal_chosen.emit(DecimalMark(value))
        else:
            self.encoding_chosen.emit(value or None)

    def _on_delimiter(self, choice: ChoiceField[str]) -> None:
        delimiter = choice.value()
        if delimiter is not None:
            self.delimiter_chosen.emit(delimiter)

    def _on_existing(self, existing: Existing, _checked: bool = False) -> None:
        self.existing_chosen.emit(existing)


def _subject(about: About) -> str:
    match about:
        case About.DATE_ORDER:
            return tr("Dates")
        case About.DECIMAL:
            return tr("Amounts")
        case About.LETTERS:
            return tr("Letters")
