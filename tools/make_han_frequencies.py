"""Make `han_frequencies.tsv` of `tables/text_encodings`: how often Han stand in names and in texts.

Run by a maintainer: `python -m tools.make_han_frequencies DICT`, with `jieba/dict.txt` of the
source distribution jieba 0.42.1 (MIT licence): 349,046 words, each with its frequency and its part
of speech, `nr` for a person's name.
"""

import sys
from collections import Counter
from math import log
from pathlib import Path

from tables.text_encodings.han_frequencies import FREQUENCIES_PATH

COST_MAX = 10
"""In nats: a character that is one in 22,000."""
_NAME_CHARACTERS = range(2, 4)


def costs(words: str) -> dict[str, float]:
    """Return character → −ln of its share, half of it as in names of two or three characters."""
    texts, names = Counter[str](), Counter[str]()
    for line in words.splitlines():
        word, frequency, kind = line.split(" ")
        for character in filter(_is_simplified, word):
            texts[character] += int(frequency)
            names[character] += kind.startswith("nr") and len(word) in _NAME_CHARACTERS
    return {
        character: -log((count / texts.total() + names[character] / names.total()) / 2)
        for character, count in texts.items()
    }


def table(words: str) -> str:
    """Return the file's text: a cost, a tab, and the characters of that cost, rounded."""
    lines: dict[int, str] = {}
    for character, cost in sorted(costs(words).items()):
        if round(cost) <= COST_MAX:
            lines[round(cost)] = lines.get(round(cost), "") + character
    return "".join(f"{cost}\t{lines[cost]}\n" for cost in sorted(lines))


def _is_simplified(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" and bool(character.encode("gb2312", "ignore"))


def main() -> None:
    """Write the table."""
    words = Path(sys.argv[1]).read_text("utf-8")
    FREQUENCIES_PATH.write_text(table(words), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
