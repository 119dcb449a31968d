"""The parts of the main window around the pages: navigation, top bar, as-of control, status line."""
