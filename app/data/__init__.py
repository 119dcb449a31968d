"""The only place that knows SQLAlchemy; imports app.domain."""
