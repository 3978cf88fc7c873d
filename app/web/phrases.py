"""Where a heading may break: between the phrases that a translation marks by "^".

Chinese has no spaces: a browser breaks it anywhere, in the midst of a word too. A heading keeps
together what stands between two marks (`_type.scss`); a language with spaces needs none.
"""

from markupsafe import Markup, escape

MARK, BREAK = "^", Markup("<wbr>")


def phrases(text: str) -> Markup:
    """Return a text with a place to break at each mark."""
    return BREAK.join(escape(text).split(MARK))


def unphrased(text: str) -> Markup:
    """Return what `phrases` made as one text again."""
    return Markup("").join(escape(text).split(str(BREAK)))
