"""Building blocks that know nothing of clients; import the theme only."""
