"""The frozen tables of the canonical form, and the hash by which manifests name them.

Each table has one `character TAB representative` a line; decisions/0026 says where they come from.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parents[1]
FOLD_PATH = _FOLDER / "fold.tsv"
LATIN_PATH = _FOLDER / "latin.tsv"
LOOKALIKES_PATH = _FOLDER / "lookalikes.tsv"
VECTORS_PATH = _FOLDER / "identity_vectors.json"
IDENTITY_FILES = (FOLD_PATH, VECTORS_PATH, LATIN_PATH, LOOKALIKES_PATH)
"""What decides which identities are equal, in the order of the names."""
IDENTITY_HASH: str = sha256(b"".join(path.read_bytes() for path in IDENTITY_FILES)).hexdigest()
"""SHA-256 of IDENTITY_FILES one after the other, in hex: field `identity` of a manifest."""


def table_of(path: Path) -> Mapping[str, str]:
    """Return a table as character → representative."""
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


FOLD = str.maketrans(dict(table_of(FOLD_PATH)))
"""Han characters (and ○) to the representative of their class."""
LATIN = str.maketrans(dict(table_of(LATIN_PATH)))
"""Latin letters that do not decompose to A–Z, to A–Z."""
LOOKALIKES: Mapping[str, str] = table_of(LOOKALIKES_PATH)
"""Digits of other scripts to 0–9; letters and signs that look like a capital of A–Z to it."""
