"""Everything that would survive another user interface; never imports Qt."""
