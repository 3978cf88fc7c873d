"""Directories of indexes: those of all authorities, and the build that `current` points to."""

from pathlib import Path

from exposure_index.errors import Malformed
from exposure_index.files.manifest import MANIFEST_FILE

CURRENT_LINK = "current"


def index_directories(root: Path) -> list[Path]:
    """Return the indexes under a directory: itself, or one directory for each authority.

    Every visible sub-directory counts, also one that holds no index now: an authority whose
    index is gone must be noticed as missing, not forgotten.
    """
    alone = any(
        (root / name).exists() or (root / name).is_symlink()
        for name in (CURRENT_LINK, MANIFEST_FILE, "manifests", ".lock")
    )
    if alone:
        return [root]
    if not root.is_dir():
        return []
    return sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith("."))


def build_directory(path: Path) -> Path:
    """Return the real directory of one build, resolving `current` once.

    A switch during opening can then not mix the files of two builds. Raises Malformed.
    """
    link = path / CURRENT_LINK
    build = link if link.is_symlink() or link.exists() else path
    try:
        return build.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, before Python 3.13
        raise Malformed("there is no current index") from error
