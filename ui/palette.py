"""The tokens as a Qt palette, for all that Fusion paints by itself."""

from PySide6.QtGui import QColor, QPalette

from ui.tokens import Colours


def palette(colours: Colours) -> QPalette:
    """Turn one colour scheme into a palette for every state."""
    roles = QPalette.ColorRole
    values = {
        roles.Window: colours.ground,
        roles.WindowText: colours.text,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.ground,
        roles.ToolTipBase: colours.surface,
        roles.ToolTipText: colours.text,
        roles.PlaceholderText: colours.quiet,
        roles.Text: colours.text,
        roles.Button: colours.surface,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.overdue,
        roles.Light: colours.surface,
        roles.Midlight: colours.hover,
        roles.Mid: colours.line,
        roles.Dark: colours.strong_line,
        roles.Shadow: colours.shadow,
        roles.Highlight: colours.selection,
        roles.HighlightedText: colours.text,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.Accent: colours.accent,
    }
    made = QPalette()
    for role, value in values.items():
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.quiet))
    return made
