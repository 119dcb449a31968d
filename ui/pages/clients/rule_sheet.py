"""The little sheets of the filter: tick the values a rule allows; give a view its name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.pages.clients.rules import Field
from ui.theme import Theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.fields import TextField
from ui.widgets.labels import small
from ui.widgets.layout import row
from ui.widgets.popover import Popover
from ui.widgets.tick import Tick

MOST_SHOWN = 10


class RuleSheet(Popover):
    """Values to tick; every tick filters at once."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        anchor: QWidget,
        field: Field,
        options: Sequence[tuple[str, str]],
        values: Sequence[str],
    ) -> None:
        super().__init__(theme, anchor)
        self.set_padding(14, 12)
        self.setAccessibleName(field.words)
        self.ticks: dict[str, Tick] = {}
        inside = QWidget()
        inside.setProperty("ground", "clear")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for value, words in options:
            tick = Tick(theme, words)
            tick.setChecked(value in values)
            tick.toggled.connect(self._on_toggled)
            self.ticks[value] = tick
            lines.addWidget(tick)
        self.body.addWidget(small(tr("{field} is").format(field=field.words)))
        if len(options) <= MOST_SHOWN:
            self.body.addWidget(inside)
            return
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(theme.px(28 * MOST_SHOWN))
        area.setMinimumWidth(inside.sizeHint().width() + theme.px(20))
        self.body.addWidget(area)

    def _on_toggled(self) -> None:
        self.chosen.emit(tuple(value for value, tick in self.ticks.items() if tick.isChecked()))


class NameSheet(Popover):
    """One line and its verb."""

    named = Signal(str)

    def __init__(self, theme: Theme, anchor: QWidget, label: str, verb: str) -> None:
        super().__init__(theme, anchor, align_right=True)
        self.set_padding(14, 12)
        self.field = TextField(longest=40)
        self.field.editor.setAccessibleName(label)
        self.field.setMinimumWidth(theme.px(220))
        keep = Button(theme, verb, kind=ButtonKind.PRIMARY)
        keep.clicked.connect(self._on_named)
        self.field.submitted.connect(self._on_named)
        self.body.addWidget(small(label))
        self.body.addWidget(self.field)
        self.body.addLayout(row(None, keep))

    def _on_named(self) -> None:
        name = self.field.value()
        if name:
            self.close()
            self.named.emit(name)
