"""The independent client checks against a build of ours, served from its files."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.canonical import IdentityClaim
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from tests.fixtures.deployments import new_deployment

TODAY = datetime.now(UTC).date()
PASSPORT, HAN, LATIN = "X00000017", "舒小满", "AHIMNOSUXY"


def exposure(tier, until, number="G1", carriage=0):
    day = TODAY - timedelta(days=3)
    return Exposure(Mode.TRAIN, tier, 3, Relation.SAME_CARRIAGE, day, carriage, number, until)


CLOSE = exposure(Tier.CLOSE, TODAY + timedelta(days=11), "G1234", 201)
GENERAL = exposure(Tier.GENERAL, TODAY + timedelta(days=4), "D5")
LISTED_BY_HAN = IdentityClaim(PASSPORT, (HAN,))
LISTED_BY_LATIN = IdentityClaim("X00000025", (LATIN,))
NAMELESS = IdentityClaim("X00000033", ())


class FilesOfABuild:
    """Answers as the service does, and keeps what was sent and asked."""

    def __init__(self, deployment) -> None:
        self.out = deployment.index
        self.evaluator = LocalEvaluator(private_keys(KeyRing(deployment.web_keys, {})))
        self.trace: list[tuple[str, int]] = []

    def manifest(self):
        return json.loads((self.out / "current" / "manifest.json").read_bytes())

    def fetch(self, url, body=None):
        path = url.removeprefix("https://check.example.org/")
        self.trace.append((path.split("/")[0], len(body or b"")))
        if body is not None:
            return self.evaluator.evaluate(body)
        return (self.out / path.removeprefix("b/").replace("/", "/b/")).read_bytes()


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    entries = [
        (LISTED_BY_HAN.encode_names()[0], Label.of([CLOSE, GENERAL])),
        (LISTED_BY_LATIN.encode_names()[0], Label.of([GENERAL])),
        (NAMELESS.encode_document(), Label.of([GENERAL])),
    ]
    made = new_deployment(tmp_path_factory.mktemp("interop"))
    made.publish(private=True, entries=entries)
    return made


@pytest.fixture
def service(deployment, client, monkeypatch):
    files = FilesOfABuild(deployment)
    monkeypatch.setattr(client, "fetch", files.fetch)
    return files


@pytest.fixture
def found_by(client, service):
    def found_by(document, *names):
        return client.check("https://check.example.org", service.manifest(), document, names)

    return found_by


@pytest.mark.parametrize("names", [(HAN,), (HAN, LATIN), (LATIN, HAN)])
def test_whoever_is_listed_under_one_of_the_names_is_found(found_by, names):
    assert [CLOSE.numbers().pack(), GENERAL.numbers().pack()] == found_by(PASSPORT, *names)


def test_under_another_name_alone_nobody_is_found(found_by):
    assert [] == found_by(PASSPORT, LATIN)


def test_a_document_alone_is_found_under_any_name(found_by):
    assert [GENERAL.numbers().pack()] == found_by(NAMELESS.document, "SOMEBODY")


def test_one_name_and_two_and_a_miss_send_and_ask_the_same(found_by, service):
    traces = []
    for document, names in ((PASSPORT, (HAN,)), (PASSPORT, (HAN, LATIN)), ("X00000041", (HAN,))):
        service.trace.clear()
        found_by(document, *names)
        traces.append(list(service.trace))
    assert [[("api", 105), ("b", 0)]] * 3 == traces


@pytest.mark.parametrize("place", [0, 5, 20, 60, 100, 110, 168])
def test_an_evaluation_changed_anywhere_gives_no_answer(client, found_by, service, place):
    evaluate = service.evaluator.evaluate

    class Changing:
        def evaluate(self, request):
            response = bytearray(evaluate(request))
            response[place] ^= 1
            return bytes(response)

    service.evaluator = Changing()
    with pytest.raises(client.CannotAnswer):
        found_by(PASSPORT, HAN)


def test_the_worst_exposure_is_that_of_our_order(client, found_by):
    found = found_by(PASSPORT, HAN)
    assert ("exposed", "close") == client.status_and_tier(found[::-1], complete=True)


@pytest.mark.parametrize(("complete", "status"), [(True, "not_found"), (False, "incomplete")])
def test_nothing_found_is_incomplete_where_an_authority_is_missing(client, complete, status):
    assert (status, "") == client.status_and_tier([], complete)


LABEL = Label.of([CLOSE]).pack()


@pytest.mark.parametrize(
    "label",
    [
        b"\x01" + LABEL[1:],
        LABEL[:-1],
        LABEL[:2] + b"\x81" + LABEL[3:],  # no mode has number 8
        LABEL[:2] + b"\x23" + LABEL[3:],  # no tier has number 3
        LABEL[:4] + b"\x08" + LABEL[5:],  # no relation has number 8
        LABEL[:30] + b"\x01" + LABEL[31:],  # a second exposure, of a total of one
        LABEL[:10] + b"\xff" + LABEL[11:],
        LABEL[:10] + b"\x00" + LABEL[11:],
    ],
    ids=range(8),
)
def test_what_is_no_label_of_this_edition_gives_no_answer(client, label):
    with pytest.raises(client.CannotAnswer):
        client.exposures(label)


def test_a_label_of_ours_is_read(client):
    assert [CLOSE.numbers().pack()] == client.exposures(LABEL)


def test_a_manifest_of_the_first_edition_is_refused(client, service, deployment):
    trust = json.loads((deployment.web_keys / "trust.json").read_bytes())
    manifest = service.manifest()
    client.verify_manifest(manifest, trust, manifest["identity"])
    del manifest["reading"]
    with pytest.raises(client.CannotAnswer):
        client.verify_manifest(manifest, trust, manifest["identity"])
