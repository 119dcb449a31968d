"""What a page shows when it has nothing: an icon, a sentence, one button.

Usage: `EmptyState(theme, icons, Icon.TODAY, "Nobody is waiting.", "Next due: Acme on Thursday.", action="Log
contact")`; connect `.button.clicked`.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icon, Icons
from ui.theme import Theme
from ui.tokens import SIZES, Tone
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.labels import name, quiet
from ui.widgets.layout import row


class EmptyState(QWidget):
    """A calm place-holder in the middle of its room."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        icon: Icon,
        sentence: str,
        detail: str = "",
        *,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sentence = name(sentence, elide=True)
        self.detail = quiet(detail, wrap=True)
        self.button = Button(theme, action, kind=ButtonKind.PRIMARY, large=True)
        if not action:
            self.button.hide()
        if not detail:
            self.detail.hide()
        self.detail.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(SIZES.gap)
        layout.addStretch(2)
        for widget in (_Picture(theme, icons, icon), self.sentence, self.detail, self.button):
            layout.addLayout(row(None, widget, None))
            if widget is self.detail:
                layout.addSpacing(SIZES.gap)
        layout.addStretch(3)
        theme.changed.connect(self._fit)
        self._fit()

    def set_words(self, sentence: str, detail: str = "") -> None:
        """Say something else."""
        self.sentence.set_text(sentence)
        self.detail.set_text(detail)
        self.detail.setVisible(bool(detail))

    def minimumSizeHint(self) -> QSize:
        """Its words give way; the button does not."""
        return QSize(self.button.minimumSizeHint().width() + 2 * SIZES.wide_gap, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words at the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A wrapped text is only as tall as it needs to be where its width is known.
        room = self.width() - 2 * SIZES.wide_gap
        self.detail.setFixedWidth(max(1, min(self._theme.px(400), room)))


class _Picture(QWidget):
    def __init__(self, theme: Theme, icons: Icons, icon: Icon) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._icon = icon
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Twice a control."""
        side = self._theme.px(40)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon quietly."""
        side = self._theme.px(32)
        colour = self._theme.colour(Tone.QUIET)
        pixmap = self._icons.pixmap(self._icon, side, colour, self.devicePixelRatioF())
        QPainter(self).drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
