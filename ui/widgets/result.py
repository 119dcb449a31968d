"""What a search finds, as the command box lists it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ui.icons import Icon


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found: its name, what it is ("Client", "Person", "Contact"), a quiet detail, and what Enter does."""

    title: str
    kind: str
    run: Callable[[], object]
    detail: str = ""
    icon: Icon = Icon.CLIENTS
    key: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Where in the title stands what was typed: the first letter, and the one behind the last."""


Find: TypeAlias = Callable[[str], Sequence[Result]]
