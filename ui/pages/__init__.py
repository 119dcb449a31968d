"""One module a page; a page gets the services it uses and never imports another page."""
