"""One thing wrong with an input, said so that a person can mend it."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of an input and how to mend it; both are whole plain sentences or phrases."""

    field: str
    problem: str
    mend: str = ""
    row: int | None = None

    def sentence(self) -> str:
        """Give the problem and its mending as one line."""
        return f"{self.problem} {self.mend}".strip()


class InvalidInputError(Exception):
    """An input was refused; nothing was changed. Carries every problem found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.sentence() for problem in problems))
        self.problems = problems

    @classmethod
    def one(cls, field: str, problem: str, mend: str = "") -> Self:
        """Refuse because of one field."""
        return cls(Problem(field, problem, mend))
