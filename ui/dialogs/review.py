"""Make a client's review workbook: choose the edition and the period, read what would leave, write it, open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.checking import InvalidInputError
from app.domain.periods import years_before
from app.domain.reviews import Edition
from app.errors import AppError
from app.exchange.reading.progress import Watch
from app.exchange.review.preview import PreviewText, preview
from app.exchange.review.workbook import write_review
from app.exchange.safe_text import safe_name
from app.services.review_values import Review
from app.services.reviews import Reviews
from app.words import formats
from app.words import review as words
from app.words.catalogue import tr, trn
from ui.desk import Desk
from ui.dialogs.days import day_field
from ui.dropping import documents
from ui.tasks.runner import Cancelled, Report
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form import Form
from ui.widgets.labels import body, quiet, section, small, title
from ui.widgets.layout import clear, hairline, row
from ui.widgets.scrolled import Scrolled

EDITIONS = (
    (Edition.CLIENT, tr("For the client")),
    (Edition.INTERNAL, tr("For us: costs, profit, notes too")),
)
SHOWN_TEXTS = 60


@dataclass(frozen=True, slots=True)
class _Writing:
    review: Review
    path: Path

    def __call__(self, report: Report, cancelled: Cancelled) -> tuple[Path, tuple[str, ...]]:
        def step(done: int, total: int) -> None:
            report(done, total, tr("Writing the review"))

        return self.path, write_review(self.review, self.path, Watch(step, cancelled)).sentences


class ReviewDialog(QDialog):
    """Shows what would leave before anything is written."""

    def __init__(self, desk: Desk, reviews: Reviews, client_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Review"))
        theme = desk.theme
        self.resize(theme.px(860), theme.px(600))
        self._desk = desk
        self._reviews = reviews
        self._client_id = client_id
        self._review: Review | None = None
        self._shown: tuple[Edition | None, date | None, date | None] | None = None
        self._written: Path | None = None
        self._edition = ChoiceField(theme, EDITIONS)
        self._start = day_field(theme, desk.icons, today=self._today)
        self._end = day_field(theme, desk.icons, today=self._today)
        self._form = Form(theme)
        self._form.add("edition", tr("Edition"), self._edition)
        self._form.add("start", tr("From"), self._start)
        self._form.add(
            "end", tr("To"), self._end, hint=tr("Figures hold for the as-of date; S, T, L and TFI are whole.")
        )
        self._edition.set_value(Edition.CLIENT)
        self._end.set_value(desk.day)
        self._start.set_value(years_before(desk.day) + timedelta(days=1))
        self._head = title("", elide=True)
        self._preview = QVBoxLayout()
        self._preview.setSpacing(SIZES.gap)
        self._result = small("", wrap=True)
        self._go = Button(theme, tr("Write the workbook…"), kind=ButtonKind.PRIMARY, large=True)
        self._open = Button(theme, tr("Open"), kind=ButtonKind.PRIMARY, large=True)
        self._folder = Button(theme, tr("Show in folder"), large=True)
        self._close = Button(theme, tr("Close"), large=True)
        self._lay_out()
        for field in (self._edition, self._start, self._end):
            field.edited.connect(self._on_changed) if field is self._edition else field.left.connect(self._on_changed)
        self._go.clicked.connect(self._on_go)
        self._open.clicked.connect(self._on_open)
        self._folder.clicked.connect(self._on_folder)
        self._close.clicked.connect(self.reject)
        self.setTabOrder(self._close, self._folder)
        self.setTabOrder(self._folder, self._open)
        self.setTabOrder(self._open, self._go)
        self._on_changed()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        left = QVBoxLayout()
        left.addWidget(self._form)
        left.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._preview)
        scroll = Scrolled(inside)
        # All of it is read before it leaves, also by the arrows.
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("What the workbook says"))
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(theme.px(236))
        middle = QHBoxLayout()
        middle.setSpacing(SIZES.page_sides)
        middle.addWidget(side)
        middle.addWidget(scroll, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(SIZES.wide_gap)
        layout.addWidget(self._head)
        layout.addLayout(middle, 1)
        layout.addWidget(self._result)
        layout.addLayout(row(None, self._close, self._folder, self._open, self._go))
        self._open.hide()
        self._folder.hide()
        self._result.hide()

    def _today(self) -> date:
        return self._desk.day

    def _on_changed(self) -> None:
        asked = (self._edition.value(), self._start.value(), self._end.value())
        if asked == self._shown and not self._form.problems():
            return
        self._shown = asked
        # What was written is no longer what is shown.
        for button in (self._open, self._folder):
            button.hide()
        self._go.show()
        if self._form.problems():
            self._go.setEnabled(False)
            return
        edition = self._edition.value() or Edition.CLIENT
        try:
            self._review = self._reviews.gather(
                self._client_id, self._desk.day, edition, self._start.value(), self._end.value()
            )
        except InvalidInputError as error:
            self._review = None
            self._form.show_problems(error.problems)
        except AppError as error:
            self._review = None
            self._say(str(error), Tone.OVERDUE)
        else:
            self._form.show_problems(())
            self._say("", Tone.QUIET)
            self._show(self._review)
        self._go.setEnabled(self._review is not None)

    def _show(self, review: Review) -> None:
        shown = preview(review)
        to_client = review.edition is Edition.CLIENT
        self._head.set_text(tr("Review of {client}").format(client=review.client.name))
        clear(self._preview)
        add = self._preview.addWidget
        add(section(tr("What your client reads") if to_client else tr("What we read")))
        add(hairline())
        for finding in shown.findings:
            add(body(finding, wrap=True))
        sheets = ", ".join(f"{tr(sheet.name)} ({sheet.holds})" for sheet in shown.sheets)
        add(quiet(tr("In it: {sheets}.").format(sheets=sheets), wrap=True))
        add(small(shown.stays_inside, wrap=True))
        self._texts(shown.texts, tr("The words that leave") if to_client else tr("The words in it"))
        self._preview.addStretch(1)

    def _texts(self, texts: Sequence[PreviewText], heading: str) -> None:
        if not texts:
            return
        add = self._preview.addWidget
        self._preview.addSpacing(SIZES.gap)
        add(section(heading))
        for text in texts[:SHOWN_TEXTS]:
            add(hairline())
            day = small(tr("plan") if text.on is None else formats.short_day(text.on, self._desk.day))
            day.setFixedWidth(self._desk.theme.px(84))
            line = row(day, body(text.words, wrap=True), gap=12)
            line.setStretch(1, 1)
            self._preview.addLayout(line)
        left = len(texts) - SHOWN_TEXTS
        if left > 0:
            add(small(trn("and {n} more", "and {n} more", left)))

    def _on_go(self) -> None:
        review = self._review
        if review is None:
            return
        name = safe_name(words.file_title(review.client.name, review.as_of, review.edition))
        offered = str(Path(self._desk.store.text("review/folder") or documents()) / f"{name}.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Write the review"), offered, "Excel (*.xlsx)")
        if not chosen:
            return
        path = Path(chosen)
        whole = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        if whole != path and whole.exists():
            # Nobody was asked whether this one may be replaced.
            self._say(tr("{name} is there already: choose it by its whole name.").format(name=whole.name), Tone.OVERDUE)
        else:
            self.write_to(whole)

    def write_to(self, path: Path) -> None:
        """Write the workbook shown."""
        if self._review is not None:
            self._go.setEnabled(False)
            self._desk.store.keep_text("review/folder", str(path.parent))
            work = _Writing(self._review, path)
            self._desk.tasks.run(work, self._on_written, self._on_failed, title=tr("Writing the review"))

    def _on_written(self, result: tuple[Path, tuple[str, ...]]) -> None:
        self._written, sentences = result
        self._say(" ".join((tr("Written: {path}").format(path=self._written), *sentences)), Tone.OK)
        self._go.setEnabled(True)
        self._go.hide()
        self._open.show()
        self._folder.show()
        self._open.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(error, AppError):
            self._say(str(error), Tone.OVERDUE)
        else:
            self._desk.messages.show(error)

    def _on_open(self) -> None:
        self._show_file(self._written)

    def _on_folder(self) -> None:
        self._show_file(self._written.parent if self._written else None)

    def _show_file(self, path: Path | None) -> None:
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say(tr("No program here opens it; it lies at {path}").format(path=self._written), Tone.DUE)

    def _say(self, sentence: str, tone: Tone) -> None:
        self._result.set_text(sentence)
        self._result.set_tone(tone)
        self._result.setVisible(bool(sentence))
