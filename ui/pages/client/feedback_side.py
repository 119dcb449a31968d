"""What stands beside the feedback: both scores with their n, how the loops run, and “you said, we did”."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.feedback import Feedback
from app.domain.metrics.feedback_loop import FeedbackLoop
from app.domain.periods import last_years
from app.domain.reviews import Score, score
from app.words import feedback as words
from app.words.catalogue import tr
from ui.desk import Desk
from ui.pages.client.feedback_rows import said_and_done
from ui.tokens import Tone
from ui.widgets.labels import PlainLabel, body, section, small
from ui.widgets.layout import clear, hairline, row
from ui.widgets.text import tip

MOST_CLOSED = 5


class FeedbackSide(QWidget):
    """The column at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        rule = tr("The latest answer of each person in the last 12 months; the mean of people. Rule C10.")
        self.work = _Value(tr("The work"), rule)
        self.service = _Value(tr("The service"), rule)
        self.open = _Value(tr("Open"), tr("Received and not yet closed by telling the client. Rule C9."))
        self.median = _Value(
            tr("Until the client is told"),
            tr("The median of the loops closed in the last 12 months, from received to client told. Rule C9."),
        )
        self.told = _Value(
            words.told_label(),
            tr("Of all received at least that long ago; what is still open counts as missed. Rule C9."),
        )
        self._did = QVBoxLayout()
        self._did.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(24)
        layout.addLayout(_group(tr("How satisfied, 0 to 10"), (self.work, self.service)))
        layout.addLayout(_group(tr("How the loop runs"), (self.open, self.median, self.told)))
        layout.addLayout(self._did)
        layout.addStretch(1)

    def show_side(self, items: Sequence[Feedback], loop: FeedbackLoop, as_of: date) -> None:
        """Show the column for the feedback of a client."""
        known = [item for item in items if item.on in last_years(as_of)]
        for value, mean in (
            (self.work, score((item.person_id, item.on, n) for item in known if (n := item.work_score) is not None)),
            (
                self.service,
                score((item.person_id, item.on, n) for item in known if (n := item.service_score) is not None),
            ),
        ):
            value.show_value(words.mean(mean), _rests_on(mean), alarming=words.lowest(mean.mean))
        self.open.show_value(words.open_line(loop))
        self.median.show_value(words.loop_line(loop))
        self.told.show_value(words.told_line(loop))
        self._show_did(said_and_done(items, as_of, MOST_CLOSED))

    def _show_did(self, closed: Iterable[tuple[str, str]]) -> None:
        clear(self._did)
        rows = list(closed)
        if not rows:
            return
        heads = row(section(tr("They said")), section(tr("We did")), gap=16)
        for place in (0, 1):
            heads.setStretch(place, 1)
        self._did.addLayout(heads)
        self._did.addSpacing(2)
        for said, done in rows:
            self._did.addWidget(hairline())
            part = row(gap=16)
            for label in (small(said, wrap=True), small(done, tone=Tone.PLAIN, wrap=True)):
                part.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)
            part.setContentsMargins(0, 6, 0, 8)
            self._did.addLayout(part)


class _Value:
    """A label with its value at the right."""

    def __init__(self, label: str, rule: str) -> None:
        self.label = small(label)
        self.value: PlainLabel = body()
        self.rests_on = small()
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label.setToolTip(tip(rule))
        self.value.setToolTip(tip(rule))

    def show_value(self, value: str, rests_on: str = "", *, alarming: bool = False) -> None:
        self.value.set_text(value)
        self.value.set_tone(Tone.OVERDUE if alarming else Tone.PLAIN)
        self.rests_on.set_text(rests_on)
        self.value.setAccessibleName(", ".join(filter(None, (self.label.text(), value, rests_on))))


def _rests_on(mean: Score) -> str:
    return words.answers(mean.n) if mean.n else tr("nobody asked in 12 months")


def _group(head: str, values: Sequence[_Value]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 6, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for place, value in enumerate(values):
        grid.addWidget(value.label, place, 0)
        grid.addWidget(value.rests_on, place, 1)
        grid.addWidget(value.value, place, 2)
    group = QVBoxLayout()
    group.setSpacing(2)
    group.addWidget(section(head))
    group.addWidget(hairline())
    group.addLayout(grid)
    return group
