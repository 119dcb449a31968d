"""Set one thing for several clients at once: the owner, the tier, or one more tag.

Usage: `dialog = OwnerForMany(theme, names, owners, parent)`; `accepted_draft` gives an owner's id or None, a
(tier or None, reason) pair, or a tag. The caller writes it in one step and calls `accept()`.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.vocabulary import Tier
from app.words import formats
from app.words.catalogue import tr, trn
from ui.dialogs.record import RecordDialog
from ui.theme import Theme
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import TextField
from ui.widgets.labels import small

NAMED = 6


class ForMany(RecordDialog):
    """What the three have in common: whom it is for."""

    def __init__(self, theme: Theme, parent: QWidget | None, what: str, verb: str, names: Sequence[str]) -> None:
        whom = names[0] if len(names) == 1 else trn("{n} client", "{n} clients", len(names))
        heading = tr("{what} of {whom}").format(what=what, whom=whom)
        super().__init__(theme, heading, verb, parent, width=440)
        if len(names) > 1:
            self.form.add_part(small(formats.listed(names, NAMED), wrap=True))


class OwnerForMany(ForMany):
    """Who takes care of them."""

    def __init__(
        self, theme: Theme, names: Sequence[str], owners: Sequence[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent, tr("Owner"), tr("Set owner"), names)
        self.owner = ChoiceField(theme, owners, none=tr("nobody"))
        self.form.add("owner", tr("Owner"), self.owner)
        self.owner.setFocus()

    def made(self) -> int | None:
        """Give the owner's id."""
        return self.owner.value()


class TierForMany(ForMany):
    """Their tier, pinned by hand, or by the figures again."""

    def __init__(
        self, theme: Theme, names: Sequence[str], tiers: Sequence[tuple[Tier, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent, tr("Tier"), tr("Set tier"), names)
        self.tier = ChoiceField(theme, tiers, none=tr("by rank of fees, not pinned"))
        self.reason = TextField(tr("kept with the day"))
        self.form.add("tier", tr("Tier"), self.tier)
        self.form.add("reason", tr("Reason"), self.reason)
        self.tier.setFocus()

    def made(self) -> tuple[Tier | None, str]:
        """Give the tier, None for none pinned, and the reason."""
        return self.tier.value(), self.reason.value()


class TagForMany(ForMany):
    """One more tag for each."""

    def __init__(self, theme: Theme, names: Sequence[str], tags: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, tr("Tag"), tr("Add tag"), names)
        self.tag = TextField(completions=tags, longest=60)
        self.form.add("tags", tr("Tag"), self.tag, required=tr("A tag needs a word."))
        self.tag.setFocus()

    def made(self) -> str:
        """Give the tag."""
        return self.tag.value()
