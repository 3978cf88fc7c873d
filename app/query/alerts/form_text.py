"""What was typed about a trip alert, as a page may repeat it."""

TEXT_MAX_CHARACTERS = 40


def printable_text(text: str) -> str:
    """Return a telephone or receipt code as typed: no control characters, not endless."""
    return "".join(c for c in text if c.isprintable())[:TEXT_MAX_CHARACTERS]
