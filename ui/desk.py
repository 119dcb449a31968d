"""What a page needs of the window it stands in; services come to each page one by one."""

from dataclasses import dataclass, field
from datetime import date

from app.drafts import Drafts
from app.words.catalogue import tr
from ui.changes import ChangeBus
from ui.frame.as_of import AsOfControl
from ui.icons import Icons
from ui.messages import Messages
from ui.tasks.runner import Tasks
from ui.theme import Theme
from ui.view_state import ViewStore
from ui.widgets.toast import Toasts


@dataclass(frozen=True, slots=True)
class Desk:
    """The window's tools, handed to every page; `writable` is False for a book open for reading only.

    `drafts` keeps what is typed in forms until it is saved; by default only as long as the program runs.
    """

    theme: Theme
    icons: Icons
    bus: ChangeBus
    as_of: AsOfControl
    tasks: Tasks
    toasts: Toasts
    messages: Messages
    store: ViewStore
    writable: bool
    drafts: Drafts = field(default_factory=Drafts)

    @property
    def day(self) -> date:
        """The day everything is shown for."""
        return self.as_of.day

    @property
    def may_type(self) -> bool:
        """Whether records may be typed in: the book is writable and the day is today (SCREENS, frame)."""
        return not self.why_not

    @property
    def why_not(self) -> str:
        """Why records cannot be typed in now; "" where they can."""
        if not self.writable:
            return tr("This book is open for reading only.")
        return "" if self.as_of.is_today else tr("You look at another day: go back to today to change records.")
