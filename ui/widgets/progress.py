"""Long work in the status line: what, how far, and a Cancel that works.

Usage: `strip.follow(task)` with the `Task` that `Tasks.run` returned (`ui/tasks/runner.py`).
"""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.words.catalogue import tr
from ui.tasks.runner import Progress, Task
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import small


class ProgressStrip(QWidget):
    """Hidden until some work runs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self.label = small(elide=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(120))
        self.count = small()
        self.cancel = Button(theme, tr("Cancel"), kind=ButtonKind.LINK)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SIZES.gap)
        for widget in (self.label, self.bar, self.count, self.cancel):
            layout.addWidget(widget)
        self.cancel.clicked.connect(self._on_cancel)
        self.hide()

    def follow(self, task: Task) -> None:
        """Show the progress of a task until it ends."""
        self._task = task
        self.cancel.setEnabled(True)
        self._on_progressed(Progress(0, 0, task.title))
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)
        self.show()

    def _on_progressed(self, progress: Progress) -> None:
        self.label.set_text(progress.words or (self._task.title if self._task else ""))
        self.bar.setMaximum(progress.total)
        self.bar.setValue(progress.done)
        self.count.set_text(f"{progress.done:,} of {progress.total:,}" if progress.total else "")
        self.bar.setAccessibleName(f"{self.label.text()} {self.count.text()}".strip())

    def _on_cancel(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self._task.cancel()

    def _on_ended(self) -> None:
        self._task = None
        self.hide()
