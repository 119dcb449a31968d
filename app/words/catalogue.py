"""The catalogue: English is the source; a translation is a gettext file under resources/i18n."""

import gettext
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "i18n"
_catalogue = gettext.translation("rapport", str(_FOLDER), fallback=True)


def tr(text: str) -> str:
    """Give a text in the language of the program."""
    return _catalogue.gettext(text)


def trn(one: str, many: str, number: int) -> str:
    """Give the form of a text that goes with a number, with {n} filled in (thousands grouped)."""
    return _catalogue.ngettext(one, many, number).format(n=f"{number:,}")
