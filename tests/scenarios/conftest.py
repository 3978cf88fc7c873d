"""Stories: a few cases and travellers, written as a source directory, built and asked about."""

import csv
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exposure_index.crypto.keygen import generate_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.identity.document import DOCUMENT_MIN_CHARACTERS
from exposure_index.identity.parsing import parse_identity
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.result import ListedExposure, LookupResult
from exposure_index.publishing.publication import publish
from index_builder.build import BuildOrder, build
from index_builder.report.build_report import BuildReport
from index_builder.rules.assignment import RuleAssignment, parse_rules
from tables.document_cells import is_filler

DAY = "2020-01-20"


def number_of(document: str) -> str:
    """Return the document number of a traveller whom a story calls P1, or PSTAFF."""
    plain = re.fullmatch("[A-Z0-9]+", document) and not is_filler(document)
    short = plain and (len(document) < DOCUMENT_MIN_CHARACTERS or document.isalpha())
    return f"{document}0000" if short else document


@dataclass
class Story:
    """Rows by table; a traveller is a document such as P1, with a number and a name made of it."""

    folder: Path
    keys: Path
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    report: BuildReport | None = None

    def row(self, table: str, **cells: str) -> None:
        if "id_number" in cells:
            cells["id_number"] = number_of(cells["id_number"])
        self.tables.setdefault(table, []).append(cells)

    def case(self, case_id: str = "C1", **cells: str) -> None:
        defaults = {"classification": "confirmed", "onset_date": DAY, "isolated_at": "2020-01-28"}
        self.row("cases", case_id=case_id, **{**defaults, **cells})

    def case_leg(self, case_id: str = "C1", **cells: str) -> None:
        self.row("case_legs", case_id=case_id, **{"service_date": DAY, **cells})

    def aboard(self, document: str, **cells: str) -> None:
        defaults = {
            "service_date": DAY,
            "id_type": "other",
            "id_number": document,
            "name": f"Traveller {document}",
        }
        self.row("legs", **{**defaults, **cells})

    def write(self) -> Path:
        source = self.folder / "source"
        source.mkdir(exist_ok=True)
        for table, rows in self.tables.items():
            columns = list(dict.fromkeys(name for row in rows for name in row))
            with (source / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return source

    def answers(
        self, rules: str | RuleAssignment = "nhc-2020-03", unruled: tuple[str, ...] = ()
    ) -> "Answers":
        named = isinstance(rules, str)
        out = self.folder / f"out-{Path(rules).name if named else 'assigned'}"
        ring = KeyRing.from_directory(self.keys)
        assignment = parse_rules(rules, unruled) if named else rules
        order = BuildOrder(self.write(), out, assignment, "Test authority")
        build_id, self.report = build(order, ring)
        publish(out, build_id, ring)
        index = OpenIndex.open(out, ring, Trust.load(self.keys), now=datetime.now(UTC))
        return Answers(index)


@dataclass
class Answers:
    """What the published index tells each traveller."""

    index: OpenIndex

    def ask(
        self,
        document: str,
        name: str | None = None,
        id_type: str = "other",
        name_latin: str = "",
    ) -> LookupResult[ListedExposure]:
        name = name or f"Traveller {document}"
        claim = parse_identity(id_type, number_of(document), name, name_latin)
        return look_up_exposures([self.index], claim)

    def __getitem__(self, document: str) -> str:
        """The tier of the worst trip, or the status of somebody not listed."""
        result = self.ask(document)
        return result.exposures[0].tier.word if result.exposures else result.status

    def relation(self, document: str) -> str:
        return self.ask(document).exposures[0].relation.word


@pytest.fixture(scope="session", autouse=True)
def _compiled_queries(compiled_queries: None) -> None:
    """Every story is a build."""


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    directory = tmp_path_factory.mktemp("keys") / "keys"
    generate_keys(directory)
    return directory


@pytest.fixture
def story(tmp_path, keys):
    return Story(tmp_path, keys)


@pytest.fixture(scope="module")
def module_story(tmp_path_factory, keys):
    return Story(tmp_path_factory.mktemp("story"), keys)


@pytest.fixture(scope="module")
def answers_of(request, tmp_path_factory, keys):
    """The answers of one build that holds every episode of the module."""
    return request.module.episodes.answers(Story(tmp_path_factory.mktemp("episodes"), keys))
