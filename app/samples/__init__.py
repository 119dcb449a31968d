"""Books made up: the sample agency and the loads of the benches, as drafts; imports app.domain only."""
