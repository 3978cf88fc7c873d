"""The manifest log: OUT/manifests/<seq>.json, each manifest naming the one before."""

import re
from hashlib import sha256
from pathlib import Path

from exposure_index.atomic_files import write_whole
from exposure_index.regular_files import MANIFEST_MAX_BYTES, read_regular

LOG_FOLDER = "manifests"
_NUMBERED = re.compile(r"[0-9]{8,}\.json")


def log_path(out: Path, seq: int) -> Path:
    """Return the path of a published manifest."""
    return out / LOG_FOLDER / f"{seq:08d}.json"


def log_head(out: Path) -> tuple[int, str]:
    """Return seq and SHA-256 (hex) of the last published manifest; 0 and "" before the first."""
    folder = out / LOG_FOLDER
    names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    seq = max((int(Path(name).stem) for name in names if _NUMBERED.fullmatch(name)), default=0)
    return (
        (seq, sha256(read_regular(log_path(out, seq), MANIFEST_MAX_BYTES)).hexdigest())
        if seq
        else (0, "")
    )


def append_manifest(out: Path, seq: int, manifest: bytes) -> None:
    """Add a manifest to the log; the same one again changes nothing."""
    path = log_path(out, seq)
    path.parent.mkdir(exist_ok=True)
    if not (path.exists() and read_regular(path, MANIFEST_MAX_BYTES) == manifest):
        write_whole(path, manifest)
