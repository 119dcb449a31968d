"""A dialog edits a draft and gives it back; it holds no service."""
