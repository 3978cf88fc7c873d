"""The findings of the engine on a few people, exposure by exposure, with the rows behind each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import ibis

from exposure_index.trip_text.dates import exposure_days
from index_builder.contact_tracing import CaseTrips, find_contacts
from index_builder.explaining.subjects import Subject, narrow
from index_builder.exposures.candidates import find_candidates, whole_runs
from index_builder.exposures.find_exposures import rule_sets
from index_builder.exposures.pairs import WIDENINGS, exposures_of_pairs
from index_builder.exposures.zones_table import with_zones, without_zone, zones_table
from index_builder.people.contacts import Contacts
from index_builder.people.identities import canonical_identities
from index_builder.people.identity_batches import IDENTITY_TEXTS
from index_builder.people.reply_links import read_reply_links
from index_builder.sources.build_context import BuildContext
from index_builder.trips.leg_origins import leg_source
from index_builder.trips.legs import read_legs

Row = tuple[str, int]
"""A table and the row of it, as an editor counts: the header is row 1."""
Verdict = Literal["listed", "cleared", "own", "outside_period", "apart", "no_rule", "outside_zone"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One exposure, or a meeting that is none, of one person with one case.

    verdict: listed; cleared (a clearance ended it); own (the case itself); or why it does not
    count. tier, relation: numbers of the label, 0 where it does not count; rows: of the person;
    case_rows: of the case; widenings: what had to be assumed.
    """

    person: str
    case_id: str
    mode: str
    trip: str
    day: date
    verdict: Verdict
    rule: int = 0
    tier: int = 0
    relation: int = 0
    rows: tuple[Row, ...] = ()
    case_rows: tuple[Row, ...] = ()
    widenings: tuple[str, ...] = ()


def findings_of(
    context: BuildContext, case_trips: CaseTrips, subjects: Iterable[Subject]
) -> tuple[list[Finding], Contacts]:
    """Trace the contacts again among these people only; return every finding, and the contacts."""
    narrowed, own_case_trips = narrow(context, case_trips, subjects)
    contacts = find_contacts(narrowed, own_case_trips, lambda _step: None)
    exposures = _exposures(narrowed, case_trips, contacts)
    findings = [*exposures, *_trips_without_exposure(narrowed, own_case_trips, exposures)]
    links = read_reply_links(narrowed, case_trips.documents.persons)
    person_of = {} if links is None else links.joined()
    findings = [replace(one, person=person_of.get(one.person, one.person)) for one in findings]
    return findings, contacts


def _exposures(context: BuildContext, case_trips: CaseTrips, contacts: Contacts) -> list[Finding]:
    work = context.work
    exposures = _rows(work.table("exposures_named"))
    open_by_key: dict[tuple[Any, ...], bool] = {}
    for row in _rows(contacts.all_exposures):
        open_by_key[_key(row)] = open_by_key.get(_key(row), False) or row["open"]
    aboard = _aboard(context, case_trips) if work.has("pair_exposures") else {}
    findings: dict[tuple[Any, ...], Finding] = {}
    for row in exposures:
        is_open = open_by_key.get(_key(row))
        verdict: Verdict = "own" if is_open is None else "listed" if is_open else "cleared"
        sources = aboard.get(_trip_key(row), []) or _investigated(context, row)
        findings[(*_key(row), row["tier"])] = Finding(
            person=row["person"],
            case_id=row["case_id"] or "",
            mode=row["mode"],
            trip=row["trip"],
            day=row["day"],
            verdict=verdict,
            rule=row["rule"],
            tier=row["tier"],
            relation=row["relation"],
            rows=_distinct(source["row"] for source in sources),
            case_rows=_distinct(r for source in sources for r in source["case_rows"]),
            widenings=tuple(n for n in WIDENINGS if any(source.get(n) for source in sources)),
        )
    return list(findings.values())


def _aboard(
    context: BuildContext, case_trips: CaseTrips
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """Return the legs behind each exposure: row, the case's rows, and WIDENINGS."""
    work = context.work
    candidates = work.table("candidates")
    pairs = _rows(work.table("pair_exposures").inner_join(candidates, "leg"))
    legs = read_legs(work, "candidates_read", candidates, case_trips.trips.reading)
    case_rows = _case_rows(legs, case_trips.case_legs.table)
    legs_of: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for pair in pairs:
        row = {**pair, "trip": pair["shown"], "day": pair["service_date"]}
        source = {
            **{name: pair[name] for name in WIDENINGS},
            "row": leg_source(pair["leg"]),
            "case_rows": case_rows.get((pair["leg"], pair["case_id"]), []),
        }
        legs_of.setdefault(_trip_key(row), []).append(source)
    return legs_of


def _investigated(context: BuildContext, exposure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the table `contacts` behind an exposure at a setting."""
    contacts = context.source.get("contacts")
    if contacts is None or exposure["mode"] != "setting":
        return []
    rows = [
        row
        for row in _rows(contacts)
        if row["case_id"] == exposure["case_id"]
        and exposure["day"] in exposure_days(row["exposure_date"] or "")[-1:]
        and all((row[name] or "") == exposure[name] for name in IDENTITY_TEXTS)
    ]
    return [{"row": ("contacts", row["row"]), "case_rows": []} for row in rows]


def _trips_without_exposure(
    context: BuildContext, case_trips: CaseTrips, exposures: Iterable[Finding]
) -> list[Finding]:
    """Return the trips shared with a case that are no exposure, each with the reason."""
    work, every = context.work, case_trips.case_legs.every
    wide = every.drop("inside")
    candidates = find_candidates(context, case_trips.trips, whole_runs(wide), case_trips.drivers)
    if candidates is None:
        return []
    legs = read_legs(work, "candidates_read", candidates, case_trips.trips.reading)
    zones = zones_table(work, rule_sets(context, case_trips.cases))
    inside = _case_rows(legs, every.filter(every.inside))
    case_rows = _case_rows(legs, every)
    ruled = _case_rows(legs, every.anti_join(without_zone(every, zones), ["leg", "case_id"]))
    types = legs.schema()
    unproved = {name: ibis.null(types[name]) for name in ("run", "board_at", "alight_at")}
    zoned = with_zones(wide, zones)
    together = _listed_pairs(exposures_of_pairs(work, zoned, legs.mutate(**unproved)))
    listed = _listed_pairs(exposures_of_pairs(work, zoned, legs))
    explained = {(row, one.case_id, one.day) for one in exposures for row in one.rows}
    owners = _owners(context, case_trips, candidates)
    findings = []
    for (leg, case_id), rows in case_rows.items():
        if leg not in owners or (leg_source(leg), case_id, owners[leg].day) in explained:
            continue
        verdict: Verdict = "outside_zone"
        if (leg, case_id) not in inside:
            verdict = "outside_period"
        elif (leg, case_id) not in ruled:
            verdict = "no_rule"
        elif (leg, case_id) in together and (leg, case_id) not in listed:
            verdict = "apart"
        findings.append(
            replace(owners[leg], case_id=case_id, verdict=verdict, case_rows=_distinct(rows))
        )
    return findings


def _owners(
    context: BuildContext, case_trips: CaseTrips, candidates: ibis.Table
) -> dict[int, Finding]:
    """Return for each leg a finding without case and verdict."""
    identities = canonical_identities(context.work, "subject_identities", [candidates])
    named = candidates.mutate(**{n: candidates[n].fill_null("") for n in IDENTITY_TEXTS})
    joined = named.inner_join(identities, list(IDENTITY_TEXTS))
    return {
        row["leg"]: Finding(
            person=row["person"],
            case_id="",
            mode=row["mode"],
            trip=row["shown"],
            day=row["service_date"],
            verdict="outside_zone",
            rows=(leg_source(row["leg"]),),
        )
        for row in _rows(case_trips.documents.persons.of(joined.filter(joined.document != "")))
    }


def _case_rows(legs: ibis.Table, case_legs: ibis.Table) -> dict[tuple[int, str], list[Row]]:
    """Return, by leg and case, the rows of the case's own legs on the same run."""
    case_side = case_legs.select("service", "run_date", "case_id", case_leg="leg").distinct()
    meetings = legs.select("leg", "service", "run_date").inner_join(
        case_side, ["service", "run_date"]
    )
    rows_of: dict[tuple[int, str], list[Row]] = {}
    for row in _rows(meetings.select("leg", "case_id", "case_leg").distinct()):
        source = _source_of_case(row["case_leg"])
        rows_of.setdefault((row["leg"], row["case_id"]), []).append(source)
    return rows_of


def _source_of_case(leg: int) -> Row:
    """Return where a leg of a case was read: positive plain numbers are rows of case_legs."""
    table, row = leg_source(leg)
    return ("case_legs" if leg > 0 and table == "legs" else table), row


def _listed_pairs(pairs: ibis.Table) -> set[tuple[int, str]]:
    return {(row["leg"], row["case_id"]) for row in _rows(pairs.select("leg", "case_id"))}


def _rows(table: ibis.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return rows


def _distinct(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(set(rows)))


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Identify an exposure among those of a few people."""
    return (row["person"], row["rule"], *_trip_key(row))


def _trip_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("case_id", "mode", "trip", "day", *IDENTITY_TEXTS)
    return tuple(row[name] if row[name] is not None else "" for name in names)
