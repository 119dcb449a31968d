"""Work off the window's thread: one runner, progress, cancel."""
