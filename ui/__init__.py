"""Everything Qt; imports app.services, app.exchange, app.charts, app.words and the values of app.domain."""
