"""Undo, redo and the history of the book."""

from app.data.database import Database
from app.domain.changes import ChangeSet, Step
from app.errors import AskedWrongError


class History:
    """What was done, and the way back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def undo(self) -> ChangeSet:
        """Take the last step back; AskedWrongError where there is none."""
        done = self._database.undo()
        if done is None:
            raise AskedWrongError(
                "There is nothing to undo.",
                "Undo reaches 200 steps or 30 days back, and never past an update of the book; what is older comes"
                " back from the trash, or field by field from the history of a record.",
            )
        return done

    def redo(self) -> ChangeSet:
        """Do the step undone last again; AskedWrongError where there is none."""
        done = self._database.redo()
        if done is None:
            raise AskedWrongError("There is nothing to redo.", "Only what was just undone can be done again.")
        return done

    def pass_over(self, step_id: int) -> None:
        """Let undo go on behind a step that it refused, or redo give one up; the step stays in the history."""
        self._database.pass_over(step_id)

    def steps(self, limit: int = 200) -> list[Step]:
        """Give the latest steps, newest first."""
        return self._database.steps(limit)

    def next_steps(self) -> tuple[Step | None, Step | None]:
        """Give what undo and redo would do, for the menu's words."""
        return self._database.next_steps()
