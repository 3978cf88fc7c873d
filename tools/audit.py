"""Ask outside services for known vulnerabilities of what we run: pip-audit and `npm audit`.

Apart from `make check`, because not every network reaches those services. pip-audit has an
environment of its own, `var/audit`, so that its dependencies never become ours.
"""

import subprocess
import sys
from pathlib import Path

from loadtests.command_line import run_command
from tools.browser_bundle import find_node

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run both audits; return 0 only where both found nothing."""
    place = ROOT / "var" / "audit"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip, pip_audit = str(place / "bin" / "pip"), str(place / "bin" / "pip-audit")
    locks = ROOT / "requirements"
    hashed = ["--require-hashes", "--requirement"]
    install = [pip, "install", "--quiet", "--only-binary=:all:", *hashed, str(locks / "audit.txt")]
    subprocess.run(install, check=True)
    audit = [pip_audit, "--disable-pip", *hashed, str(locks / "run.txt")]
    python = subprocess.run(audit, check=False).returncode
    npm = (*find_node(ROOT).npm, "audit", "--audit-level=moderate")
    browser = subprocess.run(npm, cwd=ROOT / "frontend", check=False).returncode
    return 0 if python == browser == 0 else 1


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
