"""Names that differ only in form: case, accents, spacing, punctuation and legal form (COMMANDS "Reading a list")."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    # A text program turns what is typed into these.
    | {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}
)
_AND = frozenset({"&", "+", "and", "und", "et"})
# What may stand behind a name without making it another firm, its dots and blanks taken out.
_FORM_WORDS = (
    "ltd limited llc llp lp plc inc incorporated corp corporation co company pllc lllp cic cio pty pte pvt "
    "gmbh ggmbh mbh ag kg kgaa ohg ug gbr ev eg ek haftungsbeschrankt "
    "sa sas sarl sasu eurl snc sci scop srl srls spa sapa sl slu slne sau sccl lda ltda "
    "bv nv vof cv bvba cvba ab hb oy oyj as asa ans aps ivs amba ehf hf "
    "sro spzoo spk kft zrt nyrt bt doo eood ood sia uab tbk bhd sdnbhd kk gk se sce"
)
_FORMS = frozenset(_FORM_WORDS.split())
_LEADING_FORMS = frozenset({"sarl", "sas", "sa", "snc", "sci", "eurl", "gmbh", "spzoo"})
_WORDS = re.compile(r"[^\W_]+|[&+]")
_DOTTED = re.compile(r"(?<=\w)[.'’`´/](?=\w)|(?<=\b\w)\.")


def tidy(text: str) -> str:
    """Give a name without blanks around it and with single ones inside; what is typed is kept otherwise."""
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text can be seen: blanks, zero-width and control signs only (RELIABILITY 113)."""
    return not any(letter.isprintable() and not letter.isspace() for letter in text)


def fold(text: str) -> str:
    """Fold case and accents away: `Müller` and `MULLER` are one, and `Straße` and `STRASSE`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """Give the key under which names are the same client: `Acme Ltd`, `ACME Limited` and `Acmé, ltd.` share one.

    Never empty for a name that is not blank: a name of legal forms or signs only is its own key.
    """
    folded = fold(text)
    words = ["&" if word in _AND else word for word in _joined(_WORDS.findall(_DOTTED.sub("", folded)))]
    core = list(words)
    while len(core) > 1 and (core[-1] in _FORMS or core[-1] == "&"):
        core.pop()
    while len(core) > 1 and core[0] in _LEADING_FORMS:
        core.pop(0)
    if core == ["&"] or (len(core) == 1 and core[0] in _FORMS):
        core = words
    return "".join(core) or "".join(folded.split()) or tidy(text.casefold())


def _joined(words: list[str]) -> list[str]:
    """Join letters that stand alone (`s a` -> `sa`, `sp z oo` -> `spzoo`), whatever the dots and blanks."""
    joined: list[str] = []
    letters = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            joined.append(letters)
            letters = ""
        joined.append(word)
    if letters:
        joined.append(letters)
    for ending in (["sp", "z", "oo"], ["sdn", "bhd"]):
        if len(joined) > len(ending) and joined[-len(ending) :] == ending:
            joined[-len(ending) :] = ["".join(ending)]
    return joined
