"""How a text that was not understood is quoted in a sentence."""

LONGEST = 40


def shown(text: str) -> str:
    """Quote a text for a sentence, cut after 40 characters, control characters made visible."""
    clean = "".join(letter if letter.isprintable() else "·" for letter in text[: LONGEST + 1].strip())
    if len(clean) > LONGEST:
        clean = clean[: LONGEST - 1] + "…"
    return f"“{clean}”"
