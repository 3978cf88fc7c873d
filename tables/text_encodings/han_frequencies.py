"""How often Han characters stand in Chinese names and texts, from `han_frequencies.tsv`."""

from functools import lru_cache
from pathlib import Path

FREQUENCIES_PATH = Path(__file__).with_name("han_frequencies.tsv")


@lru_cache(1)
def han_costs() -> dict[str, int]:
    """Return simplified character → −ln of its share of a text, in nats, for the frequent ones."""
    lines = FREQUENCIES_PATH.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {character: int(cost) for cost, characters in rows for character in characters}
