"""The Clients page: the table of every relationship, its filter, its preview; imports widgets and services."""
