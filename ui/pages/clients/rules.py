"""Filter rules that read as a sentence: “tier is Platinum or Gold”, and the views made of them.

Values are keys as text (a tier, a stage, the id of an owner, a tag), so that a rule can be kept in the view store.
A row passes when every rule holds; a rule holds when one of its values fits.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.metrics.cadence import ContactState
from app.domain.vocabulary import Stage
from app.words.catalogue import tr
from ui.pages.clients.rows import ClientRow

NOBODY = "0"


class Field(StrEnum):
    """What a rule looks at."""

    TIER = "tier"
    STAGE = "stage"
    OWNER = "owner"
    TAG = "tag"
    FEES = "fees"
    GAP = "gap"

    @property
    def words(self) -> str:
        """How the field is called in a sentence."""
        return {
            Field.TIER: tr("tier"),
            Field.STAGE: tr("stage"),
            Field.OWNER: tr("owner"),
            Field.TAG: tr("tag"),
            Field.FEES: tr("fees"),
            Field.GAP: tr("gap"),
        }[self]


class Fees(StrEnum):
    """What a rule says of fees."""

    THIS_YEAR = "12-months"
    EVER = "ever"
    NEVER = "never"


class Gap(StrEnum):
    """What a rule says of the gap."""

    WELL = "well"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER = "never"
    NONE = "none"


FEES_WORDS = {Fees.THIS_YEAR: "in the last 12 months", Fees.EVER: "ever", Fees.NEVER: "never"}
GAP_WORDS = {
    Gap.OVERDUE: "overdue",
    Gap.DUE: "due soon",
    Gap.WELL: "well",
    Gap.NEVER: "never spoken to",
    Gap.NONE: "none set",
}
_GAPS = {
    ContactState.OK: Gap.WELL,
    ContactState.DUE_SOON: Gap.DUE,
    ContactState.OVERDUE: Gap.OVERDUE,
    ContactState.BADLY: Gap.OVERDUE,
    ContactState.NEVER: Gap.NEVER,
    ContactState.NONE: Gap.NONE,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One field and the values it may have."""

    field: Field
    values: tuple[str, ...]

    def holds(self, row: ClientRow) -> bool:
        """Whether a row has one of the values."""
        return not _values_of(row, self.field).isdisjoint(self.values)

    def sentence(self, words: Mapping[str, str]) -> str:
        """Read the rule: “stage is At risk or Dormant”; `words` names the values."""
        named = [words.get(value, value) for value in self.values]
        listed = tr(" or ").join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else tr("anything")
        return tr("{field} is {values}").format(field=self.field.words, values=listed)


def _values_of(row: ClientRow, field: Field) -> frozenset[str]:
    figures = row.figures
    match field:
        case Field.TIER:
            return frozenset((str(figures.tier),))
        case Field.STAGE:
            return frozenset((str(figures.stage.stage),))
        case Field.OWNER:
            return frozenset((str(figures.client.owner_id or NOBODY),))
        case Field.TAG:
            return frozenset(figures.client.tags)
        case Field.GAP:
            return frozenset((str(_GAPS[row.state]),))
        case Field.FEES:
            if figures.fees.documents == 0:
                return frozenset((str(Fees.NEVER),))
            this_year = (str(Fees.THIS_YEAR),) if figures.fees.last_12_months > 0 else ()
            return frozenset((str(Fees.EVER), *this_year))


def passing(rows: Iterable[ClientRow], rules: Sequence[Rule]) -> list[ClientRow]:
    """Give the rows every rule holds for."""
    return [row for row in rows if all(rule.holds(row) for rule in rules)] if rules else list(rows)


def holding(rows: Iterable[ClientRow], folded_words: Sequence[str]) -> list[ClientRow]:
    """Give the rows in which every word typed is found; the words are folded already."""
    found = list(rows)
    for word in folded_words:
        found = [row for row in found if word in row.sought]
    return found


@dataclass(frozen=True, slots=True)
class View:
    """Rules under a name."""

    name: str
    rules: tuple[Rule, ...] = ()


def given_views() -> tuple[View, ...]:
    """The views everybody has."""
    stages = (str(Stage.PROSPECT), str(Stage.INCUBATING))
    return (
        View(tr("All relationships")),
        View(tr("Only with fees"), (Rule(Field.FEES, (str(Fees.THIS_YEAR),)),)),
        View(tr("Prospects"), (Rule(Field.STAGE, stages),)),
        View(tr("Overdue"), (Rule(Field.GAP, (str(Gap.OVERDUE),)),)),
        View(tr("Ended"), (Rule(Field.STAGE, (str(Stage.ENDED),)),)),
    )


def as_text(views: Iterable[View]) -> str:
    """Write views for the view store."""
    return json.dumps([[view.name, [[str(rule.field), *rule.values] for rule in view.rules]] for view in views])


def from_text(text: str) -> tuple[View, ...]:
    """Read views of the view store; what cannot be read is no view."""
    try:
        return tuple(
            View(str(name), tuple(Rule(Field(parts[0]), tuple(map(str, parts[1:]))) for parts in rules))
            for name, rules in json.loads(text or "[]")
        )
    except (ValueError, TypeError, IndexError):
        return ()
