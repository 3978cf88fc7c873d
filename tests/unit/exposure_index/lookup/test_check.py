from datetime import date

import pytest

from exposure_index.errors import IndexDamaged
from exposure_index.identity.canonical import Identity, IdentityClaim
from exposure_index.label.codec import NOBODY
from exposure_index.label.model import Label, Tier
from exposure_index.lookup.canary import canary_identity
from exposure_index.lookup.check import NoIndex, look_up_exposures
from exposure_index.lookup.result import Missing

ABSENT = (Missing("South", "absent"),)


@pytest.fixture(scope="module")
def two_cities(tmp_path_factory, sample):
    """Two authorities that both list person 1, the second one by document alone."""
    folder, sites = tmp_path_factory.mktemp("cities"), []
    who = sample.person(1)
    late = sample.exposure(
        day=date(2020, 2, 5), tier=Tier.GENERAL, trip="XX5", rule=77, observe_until=None
    )
    listings = {
        "East": [(who.encode(), sample.label())],
        "West": [(who.encode_document(), Label.of([late, sample.exposure(trip="XX6")]))],
    }
    for authority, entries in listings.items():
        site = sample.site_at(folder / authority)
        site.publish_build(entries, sample.facts(authority))
        sites.append(site.open())
    return sites


def test_every_index_is_merged_worst_first(two_cities, sample):
    result = look_up_exposures(two_cities, sample.person(1))
    assert "exposed" == result.status
    assert 3 == result.total
    trips = [(trip.authority, trip.tier, trip.number) for trip in result.exposures]
    close, general = Tier.CLOSE, Tier.GENERAL
    assert [("East", close, "XX1234"), ("West", close, "XX6"), ("West", general, "XX5")] == trips
    assert ["East", "West"] == [manifest.authority for manifest in result.indexes]


def test_a_trip_is_told_with_its_rule_and_observation(two_cities, sample):
    first, *_, last = look_up_exposures(two_cities, sample.person(1)).exposures
    assert ("nhc-2020-03", date(2020, 2, 15)) == (first.rule, first.observe_until)
    assert ("77", None) == (last.rule, last.observe_until)


def test_nobody_is_found_where_nobody_is_listed(two_cities, sample):
    result = look_up_exposures(two_cities, sample.person(9))
    assert ("not_found", (), 0) == (result.status, result.exposures, result.total)


def test_a_missing_authority_makes_not_found_incomplete(two_cities, sample):
    assert "incomplete" == look_up_exposures(two_cities, sample.person(9), missing=ABSENT).status
    assert "exposed" == look_up_exposures(two_cities, sample.person(1), missing=ABSENT).status


def test_without_any_index_there_is_no_answer(sample):
    with pytest.raises(NoIndex):
        look_up_exposures([], sample.person(1), missing=ABSENT)


def test_the_canary_is_told_as_a_test_record_that_lists_nobody(two_cities):
    manifest = two_cities[0].manifest
    result = look_up_exposures(two_cities, canary_identity(manifest.build_id))
    record = result.exposures[0]
    assert ("exposed", "none", "CANARY") == (result.status, record.tier.word, record.number)
    assert (manifest.authority, manifest.built_at.date()) == (record.authority, record.service_date)


def test_one_label_under_both_entries_counts_once(site, sample):
    who = sample.person(1)
    listed = [(encoded, sample.label()) for encoded in (who.encode(), who.encode_document())]
    site.publish_build(listed)
    result = look_up_exposures([site.open()], who)
    assert (1, 1) == (result.total, len(result.exposures))


@pytest.mark.parametrize("names", [("AAAILNSV", "OTHER"), ("OTHER", "AAAILNSV")])
def test_a_claim_is_found_under_either_of_its_names(two_cities, sample, names):
    claim = IdentityClaim(sample.person(1).document, names)
    assert look_up_exposures(two_cities, sample.person(1)).exposures == (
        look_up_exposures(two_cities, claim).exposures
    )


def test_a_claim_of_which_no_name_is_listed_is_not_found(two_cities, sample):
    claim = IdentityClaim(sample.person(9).document, ("AAAILNSV", "OTHER"))
    assert "not_found" == look_up_exposures(two_cities, claim).status


def test_one_label_under_both_names_of_a_claim_counts_once(site, sample):
    claim = IdentityClaim("XX0000001", ("AAAILNSV", "OTHER"))
    site.publish_build([(encoded, sample.label()) for encoded in claim.encode_names()])
    result = look_up_exposures([site.open()], claim)
    assert (1, 1) == (result.total, len(result.exposures))


def test_different_labels_under_the_names_of_a_claim_are_merged(site, sample):
    claim = IdentityClaim("XX0000001", ("AAAILNSV", "OTHER"))
    labels = [Label.of([sample.exposure(trip=trip)]) for trip in ("XX7", "XX8")]
    site.publish_build(list(zip(claim.encode_names(), labels, strict=True)))
    result = look_up_exposures([site.open()], claim)
    assert (2, ["XX7", "XX8"]) == (result.total, sorted(trip.number for trip in result.exposures))


def test_two_labels_that_share_a_trip_tell_it_once(site, sample):
    who = sample.person(1)
    longer = Label.of([sample.exposure(), sample.exposure(trip="XX9")])
    site.publish_build([(who.encode(), sample.label()), (who.encode_document(), longer)])
    numbers = [trip.number for trip in look_up_exposures([site.open()], who).exposures]
    assert ["XX1234", "XX9"] == numbers


def test_a_trip_named_as_nobodys_is_told_like_any_other(site, sample):
    who = sample.person(1)
    site.publish_build([(who.encode(), Label.of([sample.exposure(trip=NOBODY.first.trip)]))])
    result = look_up_exposures([site.open()], who)
    assert ("exposed", 1) == (result.status, result.total)
    assert [NOBODY.first.trip] == [trip.number for trip in result.exposures]


def test_every_answer_holds_as_many_trips_and_blanks(two_cities, sample):
    results = [look_up_exposures(two_cities, sample.person(number)) for number in (1, 9)]
    assert [8, 8] == [len(each.slots) for each in results]


def test_every_answer_about_two_names_holds_as_many_trips_and_blanks(two_cities, sample):
    claims = [IdentityClaim(f"XX{number:07}", ("AAAILNSV", "OTHER")) for number in (1, 9)]
    assert [12, 12] == [len(look_up_exposures(two_cities, claim).slots) for claim in claims]


def test_the_total_stops_at_255(site, sample):
    who = sample.person(1)
    many = Label.of([sample.exposure(trip=f"XX{n}") for n in range(200)])
    more = Label.of([sample.exposure(trip=f"YY{n}") for n in range(200)])
    site.publish_build([(who.encode(), many), (who.encode_document(), more)])
    assert 255 == look_up_exposures([site.open()], who).total


class Damaged:
    """An index whose every page fails its check."""

    def __init__(self, manifest):
        self.manifest = manifest

    def entry_labels(self, identity: Identity):
        raise IndexDamaged(identity.name and "a page fails its checksum")


def test_a_damaged_index_among_others_counts_as_missing(two_cities, sample):
    damaged = Damaged(two_cities[1].manifest)
    result = look_up_exposures([damaged, two_cities[0]], sample.person(9))
    assert ("incomplete", ("West",)) == (result.status, result.damaged)
    assert "exposed" == look_up_exposures([damaged, two_cities[0]], sample.person(1)).status


def test_where_every_index_is_damaged_there_is_no_answer(two_cities, sample):
    damaged = Damaged(two_cities[0].manifest)
    with pytest.raises(IndexDamaged):
        look_up_exposures([damaged, damaged], sample.person(1))
