"""Search every file of the checkout for secrets, with detect-secrets and `.secrets.baseline`.

The baseline names what only looks like a secret, each with its reason in `docs/decisions/`. Lock
files are left out: they are nothing but hashes, and `tools.lock_files` reads them.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements/", "frontend/package-lock.json")


def main() -> int:
    """Print what was found; return the exit code."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    files = [name for name in names if not name.startswith(LOCKS) and (ROOT / name).is_file()]
    hook = Path(sys.executable).parent / "detect-secrets-hook"
    command: list[str | Path] = [hook, "--baseline", ".secrets.baseline", *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
