"""Help (F1): the guide's page for the page on screen, offline, beside the work; links lead through the whole guide.

Usage: `show_help(theme, "today", window)`; a tab shown in the window counts as part of its page.
"""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.layout import row
from ui.widgets.tabs import Tabs

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
CONTENTS = "README.md"
PAGES = {
    "welcome": "first-afternoon.md",
    "today": "today.md",
    "clients": "clients.md",
    "client": "clients.md",
    "client.dialogue": "dialogue.md",
    "client.feedback": "dialogue.md",
    "portfolio": "portfolio.md",
    "bring": "lists.md",
    "settings": "settings.md",
}


class HelpDialog(QDialog):
    """The guide in a window of its own; what lies beneath can be used meanwhile."""

    def __init__(self, theme: Theme, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(tr("Help"))
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(tr("Guide"))
        self.browser.setOpenLinks(False)
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._before: list[str] = []
        self._name = ""
        self.back = Button(theme, tr("Back"))
        self.contents = Button(theme, tr("All pages"))
        close = Button(theme, tr("Close"), kind=ButtonKind.PRIMARY)
        self.browser.anchorClicked.connect(self._on_link)
        self.back.clicked.connect(self._on_back)
        self.contents.clicked.connect(self._on_contents)
        close.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIZES.wide_gap, SIZES.wide_gap, SIZES.wide_gap, SIZES.wide_gap)
        layout.setSpacing(SIZES.wide_gap)
        layout.addWidget(self.browser, 1)
        layout.addLayout(row(self.back, self.contents, None, close))
        self.resize(theme.px(560), theme.px(620))
        self.show_for(page)

    @property
    def name(self) -> str:
        """The file of the page shown."""
        return self._name

    def show_for(self, page: str) -> None:
        """Show what the guide says of a page of the window."""
        self._go(PAGES.get(page, PAGES.get(page.partition(".")[0], CONTENTS)))

    def _go(self, name: str) -> None:
        if self._name and self._name != name:
            self._before.append(self._name)
        self._show(name)

    def _show(self, name: str) -> None:
        self._name = name
        lines = (GUIDE / name).read_text(encoding="utf-8").splitlines()
        # The pictures stay out: the screen itself is at hand.
        self.browser.setMarkdown("\n".join(line for line in lines if not line.startswith("![")))
        airy = QTextBlockFormat()
        airy.setBottomMargin(self._theme.px(8))
        airy.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.browser.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(airy)
        self.browser.document().setDocumentMargin(self._theme.px(16))
        self.back.setEnabled(bool(self._before))

    def _on_link(self, link: QUrl) -> None:
        name = link.toString().partition("#")[0]
        if name in {path.name for path in GUIDE.glob("*.md")}:
            self._go(name)

    def _on_back(self) -> None:
        self._show(self._before.pop())

    def _on_contents(self) -> None:
        self._go(CONTENTS)


def show_help(theme: Theme, page: str, window: QWidget) -> HelpDialog:
    """Show what the guide says of a page of the window, in the one window of the guide."""
    tabs = next((tabs for tabs in window.findChildren(Tabs) if tabs.isVisible()), None)
    topic = f"{page}.{tabs.current}" if tabs is not None else page
    dialog = window.findChild(HelpDialog)
    if isinstance(dialog, HelpDialog):
        dialog.show_for(topic)
    else:
        dialog = HelpDialog(theme, topic, window)
    dialog.show()
    dialog.activateWindow()
    return dialog
