"""Tiers and the cadence table: names, limits and days are the firm's own (METRICS C2, V21)."""

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout

from app.domain.service_levels import DEFAULT_CADENCE, DEFAULT_TIERS, CadenceRule, TierLevel, check
from app.domain.vocabulary import Stage
from app.services.firm import FirmSettings
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.numbers import number_field
from ui.pages.settings.section import SettingsSection
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.fields import Field, TextField
from ui.widgets.form import FieldGroup
from ui.widgets.labels import body, small
from ui.widgets.layout import row
from ui.widgets.parsed_field import ParsedField

HEADS = (tr("Name"), tr("Up to this share of fees, %"), tr("Contact every … days"), tr("Reply within … days"))
COLUMNS = (("A", tr("Platinum")), ("B", tr("Gold, Lead")), ("C", tr("Iron, inactive")))


class TiersSection(SettingsSection):
    """One line a tier."""

    def __init__(self, desk: Desk, firm: FirmSettings) -> None:
        super().__init__(
            desk,
            tr("Tiers and what they are promised"),
            tr("A client falls into the first tier whose limit exceeds the share of fees ranked before it (V21)."),
            "platinum gold iron lead light service level names limits",
        )
        self._service = firm
        self._levels: list[TierLevel] = []
        self._fields: list[tuple[TextField, ParsedField[int], ParsedField[int], ParsedField[int]]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(SIZES.wide_gap)
        grid.setVerticalSpacing(SIZES.gap)
        for at, words in enumerate(HEADS):
            grid.addWidget(small(words), 0, at)
        self._grid = grid
        self.body.addLayout(grid)
        for line, level in enumerate(firm.tiers(), 1):
            self._add(line, level)
        back = Button(desk.theme, tr("Tiers as at the beginning"), kind=ButtonKind.LINK)
        back.clicked.connect(self._on_reset)
        self.body.addLayout(row(back, None))
        self.lock(back, *self._every_field())
        self.reload()
        columns = ("name", "share", "contact", "reply")
        named = {
            f"{level.tier} {column}": field
            for level, fields in zip(self._levels, self._fields, strict=True)
            for column, field in zip(columns, fields, strict=True)
        }
        self.keep_draft("tiers", FieldGroup(named, self), self._on_left)

    def reload(self) -> None:
        """Show the tiers of the book."""
        self._levels = self._service.tiers()
        self.refuse(self._every_field(), None, "")
        for fields, level in zip(self._fields, self._levels, strict=True):
            name, share, days, reply = fields
            name.set_raw(level.name)
            share.set_value(level.share_until)
            days.set_value(level.contact_days)
            reply.set_value(level.reply_days)
        self.shown()

    def _add(self, line: int, level: TierLevel) -> None:
        fields = (
            TextField(),
            number_field(hint=tr("by rule"), least=1, most=100),
            number_field(hint=tr("table"), least=1),
            number_field(hint=tr("none"), least=1),
        )
        fields[1].setEnabled(level.share_until is not None)
        for at, field in enumerate(fields):
            self._grid.addWidget(field, line, at)
            field.editor.setAccessibleName(f"{level.name}, {HEADS[at]}")
            self.apply_when_left(field, self._on_left)
        self._fields.append(fields)

    def _every_field(self) -> list[Field]:
        return [field for fields in self._fields for field in fields]

    def _wrong(self) -> tuple[Field | None, str]:
        before = 0
        for level, (name, share, days, reply) in zip(self._levels, self._fields, strict=True):
            problems = check(replace(level, name=name.value()))
            if problems:
                return name, problems[0].problem
            for field in (share, days, reply):
                if field.problem():
                    return field, f"{name.value()}: {field.problem()}"
            limit = share.value()
            if level.share_until is not None and limit is None:
                return share, tr("{tier} needs a limit.").format(tier=name.value())
            if limit is not None and limit <= before:
                return share, tr("{tier}: limits go up from tier to tier.").format(tier=name.value())
            before = before if limit is None else limit
        return None, ""

    def _on_left(self) -> None:
        if not self.desk.writable or self.refuse(self._every_field(), *self._wrong()):
            return
        changed = [
            replace(
                level,
                name=name.value(),
                share_until=share.value() if level.share_until is not None else None,
                contact_days=days.value(),
                reply_days=reply.value(),
            )
            for level, (name, share, days, reply) in zip(self._levels, self._fields, strict=True)
        ]
        if changed != self._levels:
            self.apply(lambda: self._service.change_tiers(changed))

    def _on_reset(self) -> None:
        by_tier = {level.tier: level for level in DEFAULT_TIERS}
        self.apply(lambda: self._service.change_tiers([replace(by_tier[old.tier], id=old.id) for old in self._levels]))


class CadenceSection(SettingsSection):
    """A grid of stages by columns."""

    def __init__(self, desk: Desk, firm: FirmSettings) -> None:
        super().__init__(
            desk,
            tr("How often contact is due"),
            tr("Days by stage and tier: your rule. A client's preference, its own cadence, its tier's go first."),
            "cadence table warning gap days stage",
        )
        self._service = firm
        self._rules: list[CadenceRule] = []
        self._fields: dict[tuple[Stage, str], ParsedField[int]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(SIZES.wide_gap)
        grid.setVerticalSpacing(SIZES.gap)
        for at, (_, words) in enumerate(COLUMNS, 1):
            grid.addWidget(small(words), 0, at)
        stages = dict.fromkeys(rule.stage for rule in firm.cadence())
        for line, stage in enumerate(stages, 1):
            grid.addWidget(body(names.name(stage)), line, 0)
            for at, (column, words) in enumerate(COLUMNS, 1):
                field = number_field(hint=tr("none"), least=1)
                field.editor.setAccessibleName(f"{names.name(stage)}, {words}")
                self.apply_when_left(field, self._on_left)
                grid.addWidget(field, line, at)
                self._fields[stage, column] = field
        self.body.addLayout(grid)
        back = Button(desk.theme, tr("The table as at the beginning"), kind=ButtonKind.LINK)
        back.clicked.connect(self._on_reset)
        self.body.addLayout(row(back, None))
        self.lock(back, *self._fields.values())
        self.reload()
        named = {f"{stage} {column}": field for (stage, column), field in self._fields.items()}
        self.keep_draft("cadence", FieldGroup(named, self), self._on_left)

    def reload(self) -> None:
        """Show the table of the book."""
        self._rules = self._service.cadence()
        self.refuse(list(self._fields.values()), None, "")
        for rule in self._rules:
            self._fields[rule.stage, rule.column].set_value(rule.days)
        self.shown()

    def _wrong(self) -> tuple[Field | None, str]:
        for (stage, _), field in self._fields.items():
            if field.problem():
                return field, f"{names.name(stage)}: {field.problem()}"
        return None, ""

    def _on_left(self) -> None:
        if self.desk.writable and not self.refuse(list(self._fields.values()), *self._wrong()):
            changed = [replace(rule, days=self._fields[rule.stage, rule.column].value()) for rule in self._rules]
            if changed != self._rules:
                self.apply(lambda: self._service.change_cadence(changed))

    def _on_reset(self) -> None:
        days = {(rule.stage, rule.column): rule.days for rule in DEFAULT_CADENCE}
        rules = [replace(rule, days=days[rule.stage, rule.column]) for rule in self._rules]
        self.apply(lambda: self._service.change_cadence(rules))
