"""The head of a client's page: name, tier, stage with its reason, owner, and what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.metrics.cadence import ContactState
from app.domain.metrics.warnings import Severity
from app.domain.vocabulary import Stage
from app.services.book_figures import BookFigures
from app.services.client_figures import ClientFigures
from app.services.clients import Clients
from app.services.explanations import Explanations
from app.services.firm import Colleagues
from app.services.promises import Promises
from app.words import formats, stages
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.client.figures import ClientFigureRow
from ui.tokens import Mark
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import pill, small, title
from ui.widgets.layout import row
from ui.widgets.status import StatusLabel
from ui.widgets.text import tip


class ClientHeader(QWidget):
    """Name, tier, stage, owner, buttons, and the four figures beneath."""

    edit_wanted = Signal()
    log_wanted = Signal()
    review_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        clients: Clients,
        colleagues: Colleagues,
        promises: Promises,
        explanations: Explanations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clients = clients
        self._colleagues = colleagues
        self._promises = promises
        self.name = title(elide=True)
        self.tier = pill("")
        self.stage = StatusLabel(desk.theme, Mark.NONE, "")
        self.owner = small(elide=True)
        self.edit = Button(desk.theme, tr("Edit…"))
        self.log = Button(desk.theme, tr("Log"), key="Ctrl L")
        self.review = Button(desk.theme, tr("Review…"), kind=ButtonKind.PRIMARY)
        self.edit.clicked.connect(self._on_edit)
        self.log.clicked.connect(self._on_log)
        self.review.clicked.connect(self._on_review)
        self.figures = ClientFigureRow(desk, explanations)
        self._head = row(self.name, self.tier, self.stage, None, self.owner, self.edit, self.log, self.review, gap=8)
        self._second = row(gap=10)
        self._wide = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addLayout(self._second)
        layout.addSpacing(12)
        layout.addWidget(self.figures)

    def show_head(self, client: ClientFigures, book: BookFigures) -> None:
        """Show a client."""
        self.name.set_text(client.client.name)
        self._show_tier(client, book)
        self._show_stage(client, book)
        owner = next((who for who in self._colleagues.every() if who.id == client.client.owner_id), None)
        self.owner.set_text(tr("owner {name}").format(name=owner.initials or owner.name) if owner else tr("no owner"))
        self.owner.setAccessibleName(tr("Owner: {name}").format(name=owner.name) if owner else tr("No owner"))
        may = self._desk.may_type
        why = self._desk.why_not
        for button in (self.edit, self.log):
            button.setEnabled(may)
            button.setToolTip(tip(why))
        self.figures.show_figures(client, book)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put tier and stage beneath the name where they would crush each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        parts = (self.name, self.tier, self.stage, self.owner, self.edit, self.log, self.review)
        wide = sum(part.sizeHint().width() + self._head.spacing() for part in parts) <= self.width()
        if wide == self._wide:
            return
        self._wide = wide
        for part in (self.tier, self.stage, self.owner):
            (self._second if wide else self._head).removeWidget(part)
        if wide:
            self._head.insertWidget(1, self.tier)
            self._head.insertWidget(2, self.stage)
            self._head.insertWidget(4, self.owner)
        else:
            for part in (self.tier, self.stage, self.owner):
                self._second.addWidget(part)
        self._second.setContentsMargins(0, 0 if wide else 6, 0, 0)
        self._second.setStretch(1, 0 if wide else 1)

    def _show_tier(self, client: ClientFigures, book: BookFigures) -> None:
        record = client.client
        words = book.tier_name(client.tier)
        told = tr("By its place among all clients, rules V18 and V21.")
        if client.tier_pinned:
            if record.tier_since is not None:
                words = tr("{tier} since {month}").format(tier=words, month=formats.month_year(record.tier_since))
            told = tr("Set by hand. {reason}").format(reason=record.tier_reason).strip()
        self.tier.set_text(words)
        self.tier.setToolTip(tip(told))

    def _show_stage(self, client: ClientFigures, book: BookFigures) -> None:
        day = book.as_of
        by_hand = next(
            (
                known.reason
                for known in reversed(self._clients.stages(client.client.id))
                if client.stage.by_hand and known.since == client.stage.since
            ),
            "",
        )
        promises = self._promises.of_client(client.client.id)
        ended = client.stage.stage is Stage.ENDED
        why = stages.reasons(client.warnings, promises, day, by_hand, None if ended else client.dialogue)
        mark = stage_mark(client)
        if why and mark is Mark.WELL:
            mark = Mark.DUE
        self.stage.set_status(mark, stages.stage_line(client.stage, client.fees, day, why))

    def _on_edit(self) -> None:
        self.edit_wanted.emit()

    def _on_log(self) -> None:
        self.log_wanted.emit()

    def _on_review(self) -> None:
        self.review_wanted.emit()


def stage_mark(client: ClientFigures) -> Mark:
    """Give the mark of a client's state: a diamond is at risk or overdue, a ring due, a disc well."""
    loud = any(warning.silence is None for warning in client.warnings)
    if client.stage.stage is Stage.ENDED:
        return Mark.NONE
    if client.risk not in {None, Severity.DUE} or (loud and client.contact.state is ContactState.BADLY):
        return Mark.OVERDUE
    return Mark.DUE if loud or client.risk or client.stage.stage is Stage.DORMANT else Mark.WELL
