"""The settings page: one module a section."""

from ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
