"""What would move a client's TFI, in three changes a person can picture; exact, for the sheet behind the figure."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.domain.metrics.tfi import FeeFigures
from app.domain.money import round_half_away
from app.domain.periods import YEAR_DAYS

CLOSER = Fraction(9, 10)


class LeverKind(StrEnum):
    """Which part of S x (L / T) changes."""

    ONE_MORE = "one more purchase of the usual size on the day"
    CLOSER = "purchases a tenth closer together"
    YEAR_MORE = "a year more at this rhythm"


@dataclass(frozen=True, slots=True)
class Lever:
    """A change and what TFI would gain by it, minor units; it may lose. `interval` is the T of closer purchases."""

    kind: LeverKind
    gain: Fraction
    interval: int | None = None


def levers(figures: FeeFigures) -> tuple[Lever, ...]:
    """Give what each change would bring, the most first.

    Nothing where T is no rhythm to build on: no TFI, purchases bunched, a silence beyond 2T, ended, several episodes.
    """
    tfi, spend, interval, length = figures.tfi, figures.spend, figures.interval, figures.length
    if tfi is None or spend is None or interval is None or length is None:
        return ()
    if figures.ended or figures.bunched or figures.long_tail or figures.episodes > 1:
        return ()
    found = [Lever(LeverKind.YEAR_MORE, spend * YEAR_DAYS / interval)]
    if figures.tail:
        # Bought today, the silence becomes one more gap: T is (span + tail) / (gaps + 1).
        after = spend * length * (figures.gaps + 1) / (figures.span + figures.tail)
        found.append(Lever(LeverKind.ONE_MORE, after - tfi))
    closer = round_half_away(interval * CLOSER)
    if 0 < closer < interval:
        found.append(Lever(LeverKind.CLOSER, spend * length / closer - tfi, closer))
    return tuple(sorted(found, key=lambda lever: -lever.gain))
