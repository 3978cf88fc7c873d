"""Words of the watch: faults of its form."""

from flask_babel import LazyString, lazy_gettext

FAULTS: dict[tuple[str, str], LazyString] = {
    ("phone", "missing"): lazy_gettext("Enter the telephone number to be told at"),
    ("trip", "over"): lazy_gettext("This trip lies too far back to be watched"),
    ("receipt", "mistyped"): lazy_gettext(
        "This is no receipt code: a letter is missing or wrong. Compare it with your paper"
    ),
}
