"""Every text for people, in one catalogue: window, command line and exports take it from here."""
