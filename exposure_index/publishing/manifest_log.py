"""The chain of published manifests: OUT/manifests/<seq>.json, each naming the one before."""

import re
from hashlib import sha256
from pathlib import Path

from exposure_index.atomic_files import write_whole

ARCHIVE = "manifests"
_NUMBERED = re.compile(r"[0-9]{8,}\.json")


def archived(out: Path, seq: int) -> Path:
    """Return the path of a published manifest."""
    return out / ARCHIVE / f"{seq:08d}.json"


def head_of(out: Path) -> tuple[int, str]:
    """Return seq and SHA-256 (hex) of the last published manifest; 0 and "" before the first."""
    folder = out / ARCHIVE
    names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
    seq = max((int(Path(name).stem) for name in names if _NUMBERED.fullmatch(name)), default=0)
    return (seq, sha256(archived(out, seq).read_bytes()).hexdigest()) if seq else (0, "")


def append(out: Path, seq: int, manifest: bytes) -> None:
    """Add a manifest to the chain; the same one again changes nothing."""
    path = archived(out, seq)
    path.parent.mkdir(exist_ok=True)
    if not (path.exists() and path.read_bytes() == manifest):
        write_whole(path, manifest)
