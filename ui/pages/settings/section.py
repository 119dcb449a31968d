"""What every section of the settings is: a head, a sentence, and fields that apply as soon as one leaves them."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.checking import InvalidInputError
from app.errors import AppError
from ui.desk import Desk
from ui.tokens import SIZES, Tone
from ui.widgets.labels import quiet, section, small
from ui.widgets.layout import hairline


class SettingsSection(QWidget):
    """A part of the page; `words` are what the page's search looks through."""

    def __init__(self, desk: Desk, head: str, sentence: str, words: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.head = head
        self.words = f"{head} {sentence} {words}".lower()
        self.body = QVBoxLayout()
        self.body.setSpacing(SIZES.gap)
        self._problem = small(tone=Tone.OVERDUE, wrap=True)
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SIZES.page_top)
        layout.setSpacing(SIZES.gap)
        layout.addWidget(section(head))
        layout.addWidget(hairline())
        layout.addWidget(quiet(sentence, wrap=True))
        layout.addLayout(self.body)
        layout.addWidget(self._problem)

    def reload(self) -> None:
        """Show what stands in the book."""

    def apply(self, change: Callable[[], object]) -> bool:
        """Make a change at once; what is wrong stands under the section, and nothing was changed."""
        try:
            change()
        except InvalidInputError as error:
            self.say(" ".join(problem.sentence() for problem in error.problems))
            return False
        except AppError as error:
            self.say(str(error))
            return False
        self.say("")
        return True

    def say(self, sentence: str) -> None:
        """Show a sentence under the section, or take it away."""
        self._problem.set_text(sentence)
        self._problem.setVisible(bool(sentence))
