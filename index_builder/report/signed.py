"""The report of a build as it was signed, to compare others with."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from exposure_index.errors import Malformed
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from index_builder.report.document import REPORT_FILE, REPORT_FORMAT, REPORT_VERSION


def signed_report(build: Path) -> dict[str, Any] | None:
    """Return a build's report, None where there is none or it is not the one that was signed.

    build: OUT (then `current`), or one build.
    """
    try:
        folder = build_directory(build)
        manifest = Manifest.load(folder / MANIFEST_FILE)
        data = (folder / REPORT_FILE).read_bytes()
        if sha256(data).hexdigest() != manifest.files.get(REPORT_FILE):
            return None
        report: dict[str, Any] = json.loads(data)
    except (Malformed, OSError, ValueError):
        return None
    version = (report.get("format"), report.get("version"))
    return report if version == (REPORT_FORMAT, REPORT_VERSION) else None
