"""Bringing in a list: what was understood is shown and can be corrected before anything is written."""
