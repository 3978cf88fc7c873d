"""Explains why somebody is or is not listed: findings of the engine beside those of the index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.identity.canonical import Identity
from exposure_index.identity.entry_spellings import entries_of_person
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.lookup.result import ListedExposure
from index_builder.contact_tracing import trips_of_cases
from index_builder.explaining.findings import Finding, findings_of
from index_builder.explaining.subjects import Subject, subjects_of
from index_builder.people.contacts import Contacts
from index_builder.rules.assignment import RuleAssignment
from index_builder.rules.rule_set import RuleSet
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import open_source
from tables.document_cells import document_kind


@dataclass(frozen=True, slots=True)
class ExplanationRequest:
    """Whose listing to explain, by which source, index and rules.

    columns, encoding: the mapping file, and the encoding of files that prove none, as the build was
    told.
    """

    source: Path
    out: Path
    rules: RuleAssignment
    identities: tuple[Identity, ...]
    columns: Path | None = None
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one identity is or is not listed.

    index_trips: trips that the current index lists, None where there is no index; findings: all
    that the engine finds now; named_so: whether a build would enter the document under that name,
    or under none; documents: how many are known of the person; changed_since: tables changed
    after the index was built; rules: by number; doubtful_rows: rows of legs, of anybody, that are
    left out or whose number is not wholly understood: one may be of this person.
    """

    build_id: str
    index_trips: tuple[ListedExposure, ...] | None
    findings: tuple[Finding, ...]
    named_so: bool
    documents: int
    changed_since: tuple[str, ...]
    rules: dict[int, RuleSet]
    doubtful_rows: int

    @property
    def listed_now(self) -> bool:
        """Whether a build of the source as it is now would list this identity."""
        return self.named_so and any(one.verdict == "listed" for one in self.findings)

    @property
    def agrees(self) -> bool:
        """Whether the current index answers as a build of today's source would."""
        return self.index_trips is None or bool(self.index_trips) == self.listed_now


def explain(
    request: ExplanationRequest, keys: KeyRing, private: Path, progress: Callable[[str], None]
) -> list[Explanation]:
    """Trace the contacts again for some identities; return an explanation of each.

    private: where the engine's folder stands meanwhile. Raises what `build` raises, and a Refused
    for an index that is not whole.
    """
    with (
        Workspace(private) as work,
        RejectList(work.folder, work.folder) as rejects,
    ):
        progress("reading tables")
        source = open_source(
            request.source, work, rejects, request.columns, encoding=request.encoding
        )
        context = BuildContext(work, source, rejects, request.rules)
        case_trips = trips_of_cases(context, progress)
        progress("asking the engine about these people")
        subjects = subjects_of(context, case_trips, request.identities)
        doubtful_rows = _doubtful_rows(rejects)
        findings, contacts = findings_of(context, case_trips, subjects)
        entries = _entries(contacts, subjects)
        changed = {name: table.modified_at for name, table in source.tables.items()}
        rules = {
            rule.number: rule
            for rule, _ in request.rules.used_for(case_trips.cases.diseases).values()
        }
    progress("asking the index")
    index_answers = _answers(request.out, keys, [one.identity for one in subjects])
    return [
        Explanation(
            build_id=index_answers.build_id,
            index_trips=index_trips,
            findings=tuple(one for one in findings if one.person == subject.person),
            named_so=not entries.get(subject.person, set()).isdisjoint(
                (subject.identity.encode(), subject.identity.encode_document())
            ),
            documents=len(subject.documents),
            changed_since=tuple(
                n for n, at in sorted(changed.items()) if at > index_answers.built_at
            ),
            rules=rules,
            doubtful_rows=doubtful_rows,
        )
        for subject, index_trips in zip(subjects, index_answers.replies, strict=True)
    ]


def _doubtful_rows(rejects: RejectList) -> int:
    numbers = (rows for (*cell, _), rows in rejects.warnings.items() if cell == ["legs", "number"])
    return rejects.count("legs") + sum(numbers)


def _entries(contacts: Contacts, subjects: Iterable[Subject]) -> dict[str, set[bytes]]:
    """Return the encoded identities under which a build would enter each listed subject."""
    listed = contacts.entered
    rows = listed.filter(listed.person.isin(sorted({one.person for one in subjects})))
    documents: dict[str, dict[tuple[str, str], set[str]]] = {}
    for row in rows.to_pyarrow().to_pylist():
        key = (document_kind(row["id_type"]), row["document"])
        documents.setdefault(row["person"], {}).setdefault(key, set()).add(row["name"])
    return {
        person: entries_of_person(
            (kind, document, frozenset(names)) for (kind, document), names in of_person.items()
        )
        for person, of_person in documents.items()
    }


@dataclass(frozen=True, slots=True)
class _Answers:
    build_id: str
    built_at: datetime
    replies: list[tuple[ListedExposure, ...] | None]


def _answers(out: Path, keys: KeyRing, identities: list[Identity]) -> _Answers:
    """Look identities up in the current build, also where it has expired: it is only compared."""
    if not (out / "current").is_symlink():
        return _Answers("", datetime.max.replace(tzinfo=UTC), [None] * len(identities))
    build = build_directory(out)
    manifest = Manifest.load(build / MANIFEST_FILE)
    if keys.directory is not None:
        Trust.load(keys.directory).check(manifest.signed_bytes(), manifest.signatures)
    index = OpenIndex.open_unsigned(build, manifest, keys)
    try:
        results = [look_up_exposures([index], identity).exposures for identity in identities]
    finally:
        index.close()
    return _Answers(manifest.build_id, manifest.built_at, list(results))
