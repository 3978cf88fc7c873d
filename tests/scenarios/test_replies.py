"""Answers of departments list the people they name, and take nobody off."""

import pytest

from exposure_index.identity.canonical import IdentityClaim
from exposure_index.identity.name import canonical_name
from exposure_index.lookup.check import look_up_exposures
from index_builder.inquiries.ledger import Ledger
from index_builder.sources.passenger_lists.list_reader import FILE_ROWS
from index_builder.trips.leg_origins import leg_source, replied_leg

DAY = "2020-01-20"
TAXI = "粤A12345"
WRONG_NUMBER = "990101199001010010"


def inquiries_of(story):
    with Ledger(story.folder / "out-nhc-2020-03-casework" / "inquiries.sqlite") as ledger:
        return list(ledger.inquiries())


def the(inquiries, kind, **subject):
    (inquiry,) = [
        one for one in inquiries if one.kind == kind and subject.items() <= one.subject.items()
    ]
    return inquiry


@pytest.fixture(scope="module")
def before(module_story):
    story = module_story
    story.case(reported_by="Guangzhou CDC")
    story.case_leg(mode="taxi", number=TAXI)
    story.case_leg(mode="train", number="G1712", carriage="8", seat="1A")
    story.case_leg(mode="coach", number="粤E11111")
    story.case_leg(mode="flight", number="CA1", seat="10A")
    flight = {"mode": "flight", "number": "CA1"}
    passport = {**flight, "id_type": "passport"}
    story.aboard("", seat="10B", **flight)
    story.aboard("X0000001", seat="10C", **{**passport, "name": ""})
    story.aboard("X0000002", seat="10D", **{**passport, "name": ""})
    story.aboard("X0000003", seat="10E", **{**passport, "name": ""})
    story.aboard(WRONG_NUMBER, seat="10F", **{**flight, "id_type": "resident"})
    story.aboard("P9", seat="30A", **flight)
    # Somebody cleared: a wrong reply will say that X0000003 is theirs.
    story.aboard("P8", seat="11A", **flight)
    story.row("cleared", id_number="P8", name="Traveller P8", cleared_on="2020-02-20")
    return story, story.answers(), inquiries_of(story)


@pytest.fixture(scope="module")
def after(before):
    story, _, inquiries = before

    def replies(one, **cells):
        story.row("replies", inquiry_id=one.id, answered_by="X", answered_on=DAY, **cells)

    replies(the(inquiries, "driver", plate=TAXI), id_number="D1", name="Traveller D1")
    train = {"service_date": DAY, "carriage": "8"}
    manifest = the(inquiries, "manifest", number="G1712")
    for document in ("T1", "T2"):
        replies(manifest, **train, id_number=document, name=f"Traveller {document}")
    replies(the(inquiries, "passenger"), id_number="B1", name="Traveller B1")
    replies(the(inquiries, "holder", about="X0000001"), name="Anna Oez")
    replies(
        the(inquiries, "holder", about="X0000001"), id_type="other", id_number="P9", name="Oez Anna"
    )
    replies(the(inquiries, "holder", about="X0000003"), id_number="P8", name="Traveller P8")
    replies(the(inquiries, "number"), id_number="990101199001010027", name="Wang Ana")
    coach = the(inquiries, "driver", plate="粤E11111")
    replies(coach, from_time="2020-01-25", id_number="D2", name="Traveller D2")
    story.row("replies", inquiry_id="recipe-1", id_number="R1")
    for _ in range(20):
        replies(the(inquiries, "holder", about="X0000002"), not_known="yes")
    return story.answers()


@pytest.fixture(scope="module")
def states(before, after):
    return {one.id: one.state for one in inquiries_of(before[0])}


@pytest.mark.parametrize("document", ["D1", "T1", "T2", "B1"])
def test_people_whom_a_reply_names_are_listed_by_the_next_build(before, after, document):
    assert "not_found" == before[1][document]
    assert "close" == after[document]


@pytest.mark.parametrize(
    ("document", "name"),
    [("X0000001", "Anna Oez"), ("P9", "Anna Oez"), ("990101199001010027", "Wang Ana")],
)
def test_documents_and_names_of_a_reply_are_told_too(after, document, name):
    assert "exposed" == after.ask(document, name).status


@pytest.mark.parametrize("document", ["X0000001", "X0000002", "X0000003"])
def test_a_reply_takes_nobody_off_who_was_listed_by_number_alone(before, after, document):
    assert "exposed" == before[1].ask(document, "Somebody Else").status
    assert "exposed" == after.ask(document, "Somebody Else").status


def test_a_document_that_a_reply_gives_to_somebody_cleared_stays_listed(before, after):
    assert "not_found" == before[1]["P8"]
    assert "close" == after["X0000003"]


def test_the_wrong_number_itself_stays_listed(after):
    claim = IdentityClaim(WRONG_NUMBER, (canonical_name(f"Traveller {WRONG_NUMBER}"),))
    assert "close" == look_up_exposures([after.index], claim).exposures[0].tier.word  # no form asks


@pytest.mark.parametrize(
    ("expected", "kind", "subject"),
    [
        ("closed", "driver", {"plate": TAXI}),
        ("closed", "manifest", {"number": "G1712"}),
        ("closed", "passenger", {}),
        ("closed", "holder", {"about": "X0000001"}),
        ("open", "holder", {"about": "X0000002"}),
        ("closed", "number", {}),
        ("open", "driver", {"plate": "粤E11111"}),
    ],
)
def test_what_a_reply_resolves_is_closed_and_the_rest_stays_open(
    before, states, expected, kind, subject
):
    assert expected == states[the(before[2], kind, **subject).id]


def test_a_reply_to_nothing_is_rejected(before, after):
    reasons = before[0].report.reasons
    assert ("replies", "inquiry_id", "no id of an inquiry", 1) in reasons


def test_replies_are_no_manifest_that_covers_a_mode(before, after):
    assert ["flight"] == [row["mode"] for row in before[0].report.coverage]


@pytest.mark.parametrize(
    ("expected", "leg"), [(("legs", 7), 7), (("legs", 7), -7), (("replies", 3), replied_leg(3))]
)
def test_a_leg_names_the_table_and_row_it_was_read_from(expected, leg):
    assert expected == leg_source(leg)


def test_a_row_of_the_last_of_many_passenger_lists_is_told_as_one_of_legs():
    row = 100_000 * FILE_ROWS + 999_999
    assert ("legs", row) == leg_source(row)
