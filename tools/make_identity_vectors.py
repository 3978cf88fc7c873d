"""Fill in what the inputs of `exposure_index/identity_vectors.json` must give, by this code.

Run by a maintainer, and only when the identity format itself is to change:
`python -m tools.make_identity_vectors`. A vector's `why`, `source` and typed fields are written by
hand; the rest is filled in, read through line by line in the change, and frozen from then on.
"""

import json
import re
from typing import Any

from exposure_index.identity.parsing import field_faults, parse_identity
from exposure_index.identity.tables import VECTORS_PATH

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\U000e0000-\U0010ffff]"
)
INPUTS = ("id_type", "id_number", "name", "name_latin")


def complete(vector: dict[str, Any]) -> dict[str, Any]:
    """Return a vector with what its typed fields give, encodings as hex with spaces."""
    inputs: dict[str, str] = {field: vector[field] for field in INPUTS if field in vector}
    about: dict[str, Any] = {key: vector[key] for key in ("why", "source") if key in vector}
    if faults := field_faults(**inputs):
        refused = {
            field: {"reason": fault.reason}
            | ({"character": fault.character} if fault.character else {})
            for field, fault in faults.items()
        }
        return {**about, **inputs, "faults": refused}
    claim = parse_identity(**inputs)
    encodings = {f"x{at}": x.hex(" ") for at, x in enumerate(claim.encode_names())}
    xd = claim.encode_document().hex(" ")
    return {
        **about,
        **inputs,
        "document": claim.document,
        "names": list(claim.names),
        "xd": xd,
        **encodings,
    }


def vectors_text(content: dict[str, Any]) -> str:
    """Return the file's text: one vector a line."""
    about = json.dumps(content["_about"], ensure_ascii=False, indent=2)
    lines = ",\n".join(
        _visible(json.dumps(complete(each), ensure_ascii=False)) for each in content["vectors"]
    )
    return f'{{"_about": {about},\n"vectors": [\n{lines}\n]}}\n'


def _visible(line: str) -> str:
    """Return JSON with what nobody sees, and what is no character, escaped."""
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], line)


def main() -> None:
    """Write the file anew."""
    content = json.loads(VECTORS_PATH.read_text("utf-8"))
    VECTORS_PATH.write_text(vectors_text(content), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
