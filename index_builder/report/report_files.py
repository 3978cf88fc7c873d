"""The report as the files that lie beside the index and are signed with it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from exposure_index.publishing.build_facts import BuildFacts
from index_builder.report.build_report import BuildReport
from index_builder.report.figures import Figures
from index_builder.report.report_json import REPORT_FILE, report_document
from index_builder.report.report_page import PAGE_FILE, report_page


class ReportFiles:
    """Makes the report's files once the build has its name and its entries are counted.

    previous: the report of the build that is current, None where there is none to compare with.
    """

    def __init__(
        self,
        report: BuildReport,
        figures: Figures,
        facts: BuildFacts,
        previous: Mapping[str, Any] | None,
    ) -> None:
        self.report = report
        self._figures = figures
        self._facts = facts
        self._previous = previous

    def __call__(self, build_id: str, entries: int) -> dict[str, bytes]:
        """Return the content of each file by its name; `report` is whole from then on."""
        self.report = replace(self.report, build_id=build_id, entries=entries)
        document = report_document(self.report, self._figures, self._facts)
        document["previous"] = self._previous and {
            "build_id": self._previous["build_id"],
            "listed": self._previous["key_figures"]["listed"],
        }
        text = json.dumps(document, ensure_ascii=False, indent=1)
        return {REPORT_FILE: f"{text}\n".encode(), PAGE_FILE: report_page(document).encode()}
