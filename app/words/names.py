"""The words of the closed lists, as people read them (GLOSSARY)."""

from enum import StrEnum

from app.domain.vocabulary import (
    Began,
    Direction,
    Influence,
    PromiseBy,
    RankingWindow,
    Sentiment,
    Stage,
    StartRule,
)
from app.words.catalogue import tr

_NAMES: tuple[tuple[StrEnum, str], ...] = (
    (Stage.AT_RISK, "At risk"),
    (Stage.WON_BACK, "Won back"),
    (Direction.IN, "They spoke"),
    (Direction.OUT, "We spoke"),
    (Direction.BOTH, "A conversation"),
    (Began.US, "We began"),
    (Began.THEM, "They began"),
    (StartRule.FIRST_PURCHASE, "First purchase"),
    (StartRule.WON, "Day they were won"),
    (StartRule.FIRST_CONTACT, "First contact"),
    (RankingWindow.TWELVE_MONTHS, "Fees of the last 12 months"),
    (RankingWindow.ALL_TIME, "All fees so far"),
    (PromiseBy.US, "We owe"),
    (PromiseBy.THEM, "They owe"),
    (Influence.UNKNOWN, "Not known"),
    (Sentiment.UNKNOWN, "Not known"),
)
# Members of different lists may share a word (“us”), so the list is part of the key.
_BY_MEMBER = {(type(member), member.value): text for member, text in _NAMES}


def name(member: StrEnum | None) -> str:
    """Give the word for a member of a closed list; empty for none."""
    if member is None:
        return ""
    return tr(_BY_MEMBER.get((type(member), member.value)) or member.value.replace("_", " ").capitalize())
