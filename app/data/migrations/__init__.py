"""Brings older books up to the schema of this program; the only place that imports Alembic, and only when due."""
