"""Write `frontend/scripts/private/unicode_14.ts`: which code points Unicode 14 assigns.

Made once, with a Python that knows Unicode 14 (3.11): `python -m tools.make_unicode_table`.
"""

import sys
from pathlib import Path
from unicodedata import category

TABLE = Path(__file__).parents[1] / "frontend" / "scripts" / "private" / "unicode_14.ts"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LINE_LETTERS = 96


def assigned_runs() -> str:
    """Return the lengths of the runs that are unassigned, assigned, unassigned …, in base 36."""
    lengths, start, assigned = [], 0, False
    for code_point in range(sys.maxunicode + 1):
        if (category(chr(code_point)) != "Cn") != assigned:
            lengths.append(_base_36(code_point - start))
            start, assigned = code_point, not assigned
    return " ".join(lengths)


def table_source() -> str:
    """Return the TypeScript module with the runs."""
    runs = assigned_runs()
    lines = [runs[at : at + LINE_LETTERS] for at in range(0, len(runs), LINE_LETTERS)]
    quoted = " +\n".join(f'  "{line}"' for line in lines)
    return f"// Written by tools/make_unicode_table.py.\nexport const ASSIGNED_IN_14 =\n{quoted};\n"


def _base_36(number: int) -> str:
    digits = ""
    while number >= 36:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return DIGITS[number] + digits


if __name__ == "__main__":
    TABLE.write_text(table_source(), encoding="utf-8")
