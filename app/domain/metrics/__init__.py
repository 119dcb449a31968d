"""Every number Rapport shows: pure functions, dated rows in, frozen results out; imports app.domain only."""
