"""The line over the table: the filter box, the chips of the rules, “+ add a rule”, and the view.

Usage: `bar.set_options({Field.TIER: [("gold", "Gold")], ...})` when the book changed; `bar.changed` says to filter anew
by `bar.words` (folded) and `bar.rules`.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.names import fold
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.clients.rule_sheet import NameSheet, RuleSheet
from ui.pages.clients.rules import Field, Rule, View, as_text, from_text, given_views
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.chips import Chip
from ui.widgets.flow_box import FlowBox
from ui.widgets.labels import small
from ui.widgets.layout import row
from ui.widgets.search_box import SearchBox
from ui.widgets.text import amp

Options = Mapping[Field, Sequence[tuple[str, str]]]
_RULES, _VIEWS = "clients/rules", "clients/views"


class FilterBar(QWidget):
    """What the table is narrowed by."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._options: Options = {}
        self._rules: dict[Field, Rule] = {}
        self._saved = from_text(desk.store.text(_VIEWS))
        kept = from_text(desk.store.text(_RULES))
        self._name = kept[0].name if kept else ""
        for rule in kept[0].rules if kept else ():
            self._rules[rule.field] = rule
        self.box = SearchBox(desk.theme, desk.icons, tr("Type to filter"))
        self.box.setFixedWidth(desk.theme.px(220))
        self.box.textEdited.connect(self._on_typed)
        self.chips = FlowBox()
        self._chips: dict[Field, Chip] = {}
        self.add = Button(desk.theme, tr("+ add a rule"), kind=ButtonKind.QUIET)
        self.add.clicked.connect(self._on_add)
        self.chips.add(self.add)
        self.view = Button(desk.theme, tr("All relationships"), kind=ButtonKind.QUIET, menu_mark=True)
        self.view.clicked.connect(self._on_view)
        layout = row(self.box, self.chips, small(tr("View:")), self.view, gap=SIZES.gap)
        layout.setStretch(1, 1)
        layout.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._show_rules()

    @property
    def words(self) -> tuple[str, ...]:
        """The words typed, folded."""
        return tuple(fold(self.box.text()).split())

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force."""
        return tuple(self._rules.values())

    def set_options(self, options: Options) -> None:
        """Say what each field may be; called when the book has changed."""
        self._options = options
        self._show_rules()

    def clear(self) -> None:
        """Take every word and rule away."""
        self.box.clear()
        self._set_rules((), "")

    def set_rule(self, field: Field, values: Sequence[str]) -> None:
        """Change one rule; without values it goes."""
        rules = {**self._rules, field: Rule(field, tuple(values))} if values else dict(self._rules)
        if not values:
            rules.pop(field, None)
        self._set_rules(tuple(rules.values()), "")

    def type_letter(self, text: str) -> None:
        """Go on in the box with a letter typed elsewhere on the page."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.insert(text)
        self._on_typed()

    def _set_rules(self, rules: Sequence[Rule], name: str) -> None:
        self._rules = {rule.field: rule for rule in rules}
        self._name = name
        self._desk.store.keep_text(_RULES, as_text((View(name, tuple(rules)),)))
        self._show_rules()
        self.changed.emit()

    def _show_rules(self) -> None:
        for field in [field for field in self._chips if field not in self._rules]:
            self.chips.remove(self._chips.pop(field))
        for field, rule in self._rules.items():
            known = dict(self._options.get(field, ()))
            gone = bool(known) and not any(value in known for value in rule.values)
            if field not in self._chips:
                chip = Chip(self._desk.theme, "")
                chip.clicked.connect(partial(self._edit, field, chip))
                chip.removed.connect(partial(self._remove, field))
                self._chips[field] = chip
                self.chips.insert(len(self._chips) - 1, chip)
            self._chips[field].set_words(rule.sentence(known), grey=gone)
        self.view.set_words(self._view_name())

    def _view_name(self) -> str:
        for view in (*given_views(), *self._saved):
            if frozenset(view.rules) == frozenset(self._rules.values()) and self._name in {"", view.name}:
                return view.name
        return tr("Own rules")

    def _on_typed(self, _text: str = "") -> None:
        self.changed.emit()

    def _remove(self, field: Field) -> None:
        self.set_rule(field, ())
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field in Field:
            if self._options.get(field):
                menu.addAction(tr("{field} is …").format(field=field.words)).triggered.connect(
                    partial(self._edit, field, self.add)
                )
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _edit(self, field: Field, anchor: QWidget, _checked: bool = False) -> None:
        chosen = self._rules[field].values if field in self._rules else ()
        sheet = RuleSheet(self._desk.theme, anchor, field, self._options.get(field, ()), chosen)
        sheet.chosen.connect(partial(self.set_rule, field))
        sheet.open()

    def _on_view(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._view_name()
        for view in (*given_views(), *self._saved):
            action = menu.addAction(amp(view.name))
            action.setCheckable(True)
            action.setChecked(view.name == now)
            action.triggered.connect(partial(self._take_view, view))
        menu.addSeparator()
        save = menu.addAction(tr("Keep these rules as a view…"))
        save.setEnabled(bool(self._rules))
        save.triggered.connect(self._on_save)
        for view in self._saved:
            if view.name == now:
                forget = menu.addAction(tr("Forget view “{name}”").format(name=amp(view.name)))
                forget.triggered.connect(partial(self._forget, view))
        menu.popup(self.view.mapToGlobal(self.view.rect().bottomLeft()))

    def _take_view(self, view: View, _checked: bool = False) -> None:
        self._set_rules(view.rules, view.name)

    def _on_save(self) -> None:
        sheet = NameSheet(self._desk.theme, self.view, tr("Name of the view"), tr("Keep view"))
        sheet.named.connect(self._save)
        sheet.open()

    def _save(self, name: str) -> None:
        others = tuple(view for view in self._saved if view.name != name)
        self._keep_views((*others, View(name, self.rules)))
        self._set_rules(self.rules, name)

    def _forget(self, view: View, _checked: bool = False) -> None:
        self._keep_views(tuple(other for other in self._saved if other != view))
        self._set_rules(self.rules, "")

    def _keep_views(self, views: tuple[View, ...]) -> None:
        self._saved = views
        self._desk.store.keep_text(_VIEWS, as_text(views))
