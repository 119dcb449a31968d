"""A list compared with the book: what is new, changed, the same; imports app.services and app.exchange.lists."""
