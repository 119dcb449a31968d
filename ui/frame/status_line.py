"""The line at the bottom: saved when, what can be undone, what is running, the last backup, the firm."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.words.catalogue import tr
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import small
from ui.widgets.progress import ProgressStrip


class StatusLine(QWidget):
    """Five short statements."""

    undo_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("ground", "sunken")
        self.setAccessibleName(tr("Status"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.saved = small()
        self.undo = StatusButton(theme, key="Ctrl Z")
        self.progress = ProgressStrip(theme)
        self.backup = StatusButton(theme)
        self.firm = small(elide=True)
        self.undo.hide()
        self.backup.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIZES.wide_gap, 0, SIZES.wide_gap, 0)
        layout.setSpacing(20)
        layout.addWidget(self.saved)
        layout.addWidget(self.undo)
        layout.addStretch(1)
        layout.addWidget(self.progress)
        layout.addWidget(self.backup)
        layout.addWidget(self.firm)
        self.undo.clicked.connect(self.undo_wanted)
        self.backup.clicked.connect(self.backup_wanted)
        theme.changed.connect(self.updateGeometry)

    def set_saved(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Say when the last change was saved ("Saved 10:42")."""
        self.saved.set_text(words)
        self.saved.set_tone(tone)

    def set_undo(self, what: str) -> None:
        """Say what can be undone ("log contact with Acme"); nothing hides it."""
        self.undo.set_words(tr("Undo {what}").format(what=what))
        self.undo.setVisible(bool(what))

    def set_backup(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Say how the last backup is ("Backup 10:30, checked")."""
        self.backup.set_words(words)
        self.backup.set_tone(tone)
        self.backup.setVisible(bool(words))

    def set_firm(self, name: str) -> None:
        """Say whose book it is."""
        self.firm.set_text(name)

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(400, self._theme.px(SIZES.status_line))

    def minimumSizeHint(self) -> QSize:
        """It never makes the window wider."""
        return QSize(0, self._theme.px(SIZES.status_line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.colours.sunken))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.colours.line))


class StatusButton(Button):
    """A quiet link in the status line."""

    def __init__(self, theme: Theme, *, key: str = "") -> None:
        super().__init__(theme, "", key=key, kind=ButtonKind.STATUS)
        # Both have their commands; Tab goes from the top bar straight into the page.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tone = Tone.QUIET

    def set_tone(self, tone: Tone) -> None:
        """Colour the words."""
        self._tone = tone
        self.update()

    def _ink(self) -> str:
        over = self.underMouse() and self._tone is Tone.QUIET
        return self._theme.colours.tone(Tone.PLAIN if over else self._tone, tinted=True)
