"""The plain form of one feedback: the words, who said them when and how, two scores, and the steps of the loop."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.checking import InvalidInputError
from app.domain.colleagues import Colleague
from app.domain.feedback import FeedbackDraft
from app.domain.parsing import Lean
from app.domain.people import Person
from app.domain.vocabulary import Channel, FeedbackKind
from app.words import names
from app.words.catalogue import tr
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dialogs.record import RecordDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.fields import AreaField
from ui.widgets.labels import section
from ui.widgets.parsed_field import ParsedField

BEST = 10


class FeedbackDialog(RecordDialog):
    """Logs or changes a feedback; `accepted_draft` gives a `FeedbackDraft`. A change reaches the loop's days too."""

    def __init__(
        self,
        desk: Desk,
        draft: FeedbackDraft,
        people: Sequence[Person],
        colleagues: Sequence[Colleague],
        *,
        new: bool,
        parent: QWidget | None = None,
    ) -> None:
        words, verb = (tr("What the client said"), tr("Log feedback")) if new else (tr("Feedback"), tr("Save feedback"))
        super().__init__(desk.theme, words, verb, parent, width=560, key=f"feedback of {draft.client_id}", new=new)
        self._draft = draft
        self._new = new
        theme, icons = desk.theme, desk.icons
        us = [who for who in colleagues if who.active or who.id == draft.owner_id]
        self.words = AreaField(tr("in their own words"), lines=3)
        self.person = ChoiceField(theme, [(one.id, one.name) for one in people], none=tr("not named"))
        self.on = day_field(theme, icons, today=date.today, lean=Lean.PAST)
        self.kind = ChoiceField(theme, [(kind, names.name(kind)) for kind in FeedbackKind])
        self.channel = ChoiceField(theme, [(channel, names.name(channel)) for channel in Channel])
        self.work, self.service, self.recommend = score_field(), score_field(), score_field()
        self.owner = ChoiceField(theme, [(who.id, who.name) for who in us], none=tr("nobody yet"))
        self.owned = day_field(theme, icons, today=date.today, lean=Lean.PAST)
        self.action = AreaField(tr("what was done about it"), lines=2)
        self.acted = day_field(theme, icons, today=date.today, lean=Lean.PAST)
        self.told = day_field(theme, icons, today=date.today, lean=Lean.PAST)
        self._lay_out()
        self._fill(draft)

    def made(self) -> FeedbackDraft:
        """Give the feedback as it stands in the form."""
        draft = replace(
            self._draft,
            verbatim=self.words.value(),
            person_id=self.person.value(),
            on=self.on.value() or self._draft.on,
            kind=self.kind.value() or FeedbackKind.COMMENT,
            channel=self.channel.value() or Channel.OTHER,
            work_score=self.work.value(),
            service_score=self.service.value(),
            nps=self.recommend.value(),
        )
        if self._new:
            return draft
        return replace(
            draft,
            owner_id=self.owner.value(),
            owned_on=self.owned.value(),
            action=self.action.value(),
            acted_on=self.acted.value(),
            told_on=self.told.value(),
            told_contact_id=self._draft.told_contact_id if self.told.value() else None,
        )

    def _lay_out(self) -> None:
        form = self.form
        form.add("verbatim", tr("What they said"), self.words)
        form.add_side_by_side([("person_id", tr("Who"), self.person), ("on", tr("Day"), self.on)])
        form.require("on", tr("When was it said?"))
        form.add_side_by_side([("kind", tr("Kind"), self.kind), ("channel", tr("How it came"), self.channel)])
        form.add_side_by_side(
            [
                ("work_score", tr("The work, 0–10"), self.work),
                ("service_score", tr("The service, 0–10"), self.service),
                ("nps", tr("Would recommend, 0–10"), self.recommend),
            ]
        )
        if self._new:
            return
        form.add_part(section(tr("The loop")))
        form.add_side_by_side([("owner_id", tr("Owned by"), self.owner), ("owned_on", tr("Since"), self.owned)])
        form.add("action", tr("What was done"), self.action)
        form.add_side_by_side([("acted_on", tr("Acted on"), self.acted), ("told_on", tr("Client told"), self.told)])

    def _fill(self, draft: FeedbackDraft) -> None:
        self.words.set_raw(draft.verbatim)
        self.person.set_value(draft.person_id)
        self.on.set_value(draft.on)
        self.kind.set_value(draft.kind)
        self.channel.set_value(draft.channel)
        self.work.set_value(draft.work_score)
        self.service.set_value(draft.service_score)
        self.recommend.set_value(draft.nps)
        self.owner.set_value(draft.owner_id)
        self.owned.set_value(draft.owned_on)
        self.action.set_raw(draft.action)
        self.acted.set_value(draft.acted_on)
        self.told.set_value(draft.told_on)


def score_field() -> ParsedField[int]:
    """Make a field for a score from 0 to 10; empty means none was given."""
    return ParsedField(_score, str, hint=tr("none"))


def _score(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= BEST:
        return int(text)
    raise InvalidInputError.one(
        "", tr("A score is a whole number from 0 to 10."), tr("Leave it empty if none was given.")
    )
