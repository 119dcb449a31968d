"""The index of the words of contacts and feedback; it is filled when the book is as this program knows it."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the empty index."""
    op.execute(
        "CREATE VIRTUAL TABLE full_text USING fts5("
        "words, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')"
    )
