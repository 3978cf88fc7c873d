"""Private checks through a transport that answers as a service does, and through hostile ones."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from exposure_index.files.manifest import utc_text
from exposure_index.identity.canonical import Identity, IdentityClaim
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish
from exposure_index.remote.http_transport import ServiceSilent
from exposure_index.remote.known_authorities import KnownAuthorities
from exposure_index.remote.remote_index import CannotAnswer
from exposure_index.remote.service import PrivateService, ServiceTrust


class FromFiles:
    """Answers from the files of one published build; keeps what was asked."""

    def __init__(self, site) -> None:
        self.site = site
        self.evaluator = LocalEvaluator(private_keys(site.keys))
        self.requests: list[tuple[str, int, int]] = []

    def get(self, path: str) -> bytes:
        answer = self._index() if path == "/api/v1/index" else self._bucket(path)
        self.requests.append((path.split("/")[1], len(path), len(answer)))
        return answer

    def _index(self) -> bytes:
        manifest = json.loads((self.site.out / "current" / "manifest.json").read_bytes())
        return json.dumps({"manifests": [manifest]}).encode()

    def _bucket(self, path: str) -> bytes:
        _, _, build_id, number = path.split("/")
        return (self.site.out / build_id / "b" / number).read_bytes()

    def post(self, path: str, body: bytes) -> bytes:
        answer = self.evaluator.evaluate(body)
        self.requests.append((path, len(body), len(answer)))
        return answer


@pytest.fixture(scope="module")
def site(sample, tmp_path_factory):
    site = sample.site_at(tmp_path_factory.mktemp("remote"))
    facts = replace(sample.facts(), private=True)
    build_id = write_candidate(site.out, sample.entries(), facts, site.keys, None)
    publish(site.out, build_id, site.keys, now=sample.now)
    return site


@pytest.fixture
def service_over(site, sample):
    def over(transport, known=None, after=timedelta(0)):
        trust = ServiceTrust(site.trust, known or KnownAuthorities(None))
        return PrivateService.over(transport, trust, lambda: sample.now + after)

    return over


def test_listed_people_are_told_their_trip(site, service_over, sample):
    answer = service_over(FromFiles(site)).check(sample.listed[0])
    assert ("exposed", "XX1234") == (answer.status, answer.exposures[0].number)
    assert "nhc-2020-03" == answer.exposures[0].rule


def test_a_miss_asks_exactly_what_a_hit_asks(site, service_over, sample):
    traces = []
    for person in (sample.listed[3], sample.unlisted[3], replace(sample.listed[3], name="OTHER")):
        transport = FromFiles(site)
        service_over(transport).check(person)
        traces.append(transport.requests)
    assert traces[0] == traces[1] == traces[2]
    assert 3 == len(traces[0])


def test_whoever_is_listed_under_one_of_two_names_is_found_under_either(site, service_over, sample):
    listed, service = sample.listed[3], service_over(FromFiles(site))
    orders = ((listed.name, "OTHER"), ("OTHER", listed.name))
    answers = [service.check(IdentityClaim(listed.document, names)) for names in orders]
    assert ["exposed"] * 2 == [answer.status for answer in answers]


def test_two_names_ask_exactly_what_one_asks(site, service_over, sample):
    listed, traces = sample.listed[3], []
    for names in ((listed.name,), (listed.name, "OTHER")):
        transport = FromFiles(site)
        service_over(transport).check(IdentityClaim(listed.document, names))
        traces.append(transport.requests)
    assert traces[0] == traces[1]


class Tampering(FromFiles):
    """Changes one bit of one kind of answer."""

    def __init__(self, site, what: str, place: int) -> None:
        super().__init__(site)
        self.what = what
        self.place = place

    def _changed(self, what: str, answer: bytes) -> bytes:
        if what != self.what:
            return answer
        changed = bytearray(answer)
        changed[self.place] ^= 1
        return bytes(changed)

    def _bucket(self, path: str) -> bytes:
        return self._changed("bucket", super()._bucket(path))

    def post(self, path: str, body: bytes) -> bytes:
        return self._changed("evaluation", super().post(path, body))


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("bucket", 0),
        ("bucket", 20),
        ("bucket", 27),
        ("bucket", 31),
        ("bucket", 4_000),
        ("bucket", -1),
        ("evaluation", 0),
        ("evaluation", 5),
        ("evaluation", 20),
        ("evaluation", 60),
        ("evaluation", 80),
        ("evaluation", 110),
        ("evaluation", 168),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_every_tampering_ends_in_cannot_answer(site, service_over, sample, what, place, listed):
    service = service_over(Tampering(site, what, place))
    with pytest.raises(CannotAnswer):
        service.check((sample.listed if listed else sample.unlisted)[0])


def changed_manifest(**changes):
    class Changed(FromFiles):
        def _index(self) -> bytes:
            document = json.loads(super()._index())
            document["manifests"][0].update(changes)
            return json.dumps(document).encode()

    return Changed


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 99},
        {"valid_until": "2099-01-01T00:00:00Z"},
        {"identity": "00" * 32},
        {"private": None},
        {"signatures": {}},
        {"private": {"key_id": "00" * 8}},
    ],
)
def test_a_changed_manifest_is_refused(site, service_over, changes):
    with pytest.raises(CannotAnswer, match="manifest"):
        service_over(changed_manifest(**changes)(site))


def test_a_manifest_of_the_first_edition_is_refused_with_the_way_out(site, service_over):
    transport = FromFiles(site)
    document = json.loads(transport._index())
    del document["manifests"][0]["reading"]
    transport._index = lambda: json.dumps(document).encode()
    with pytest.raises(CannotAnswer, match="build the index again"):
        service_over(transport)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"manifests":[]}', b'{"manifests":[7]}', b"\xff", b"[" * 10_000]
)
def test_something_else_than_an_index_is_refused(site, service_over, body):
    transport = FromFiles(site)
    transport._index = lambda: body
    with pytest.raises(CannotAnswer):
        service_over(transport)


def test_an_expired_manifest_is_refused(site, service_over):
    with pytest.raises(CannotAnswer, match="valid_until"):
        service_over(FromFiles(site), after=timedelta(hours=49))


def test_a_build_without_private_check_is_told_as_such(published_once, sample):
    trust = ServiceTrust(published_once.trust)
    with pytest.raises(CannotAnswer, match="offers no private check"):
        PrivateService.over(FromFiles(published_once), trust, lambda: sample.now)


def test_a_silent_service_is_told_as_such(site, service_over):
    class Silent(FromFiles):
        def post(self, path: str, body: bytes) -> bytes:
            raise ServiceSilent("it answers with status 503")

    with pytest.raises(CannotAnswer, match="503"):
        service_over(Silent(site)).check(Identity("X0", "A"))


def test_a_lower_seq_or_another_key_than_seen_is_refused(site, service_over, sample, tmp_path):
    file = tmp_path / "seen.json"
    service_over(FromFiles(site), KnownAuthorities(file))
    known = json.loads(file.read_bytes())
    assert {"seq": 1} == {name: known["Test City"][name] for name in ("seq",)}
    assert 0o600 == file.stat().st_mode & 0o777
    for change, words in (
        ({"seq": 2}, "was seen before"),
        ({"public_key": "00" * 32}, "public key"),
    ):
        file.write_text(json.dumps({"Test City": {**known["Test City"], **change}}))
        with pytest.raises(CannotAnswer, match=words):
            service_over(FromFiles(site), KnownAuthorities(file))


def test_a_key_may_be_replaced_once_the_manifest_seen_before_has_ended(
    site, service_over, sample, tmp_path
):
    file = tmp_path / "seen.json"
    known = {"seq": 1, "public_key": "00" * 32, "until": utc_text(sample.now)}
    file.write_text(json.dumps({"Test City": known}))
    service = service_over(FromFiles(site), KnownAuthorities(file))
    assert "exposed" == service.check(sample.listed[0]).status


def test_an_authority_seen_before_and_gone_makes_it_incomplete(
    site, service_over, sample, tmp_path
):
    file = tmp_path / "seen.json"
    known = {"seq": 1, "public_key": "00" * 32, "until": utc_text(sample.now)}
    file.write_text(json.dumps({"Gone City": known}))
    service = service_over(FromFiles(site), KnownAuthorities(file))
    assert "incomplete" == service.check(sample.unlisted[0]).status
    assert "exposed" == service.check(sample.listed[0]).status


@pytest.mark.parametrize(
    "missing", [[{"authority": "Gone City", "reason": "stale"}], [{"authority": None}], ["?"], "?"]
)
def test_what_the_service_says_is_missing_makes_it_incomplete(site, service_over, sample, missing):
    transport = FromFiles(site)
    document = {**json.loads(transport._index()), "missing": missing}
    transport._index = lambda: json.dumps(document).encode()
    service = service_over(transport)
    assert "incomplete" == service.check(sample.unlisted[0]).status
    assert "exposed" == service.check(sample.listed[0]).status


def test_an_index_that_expires_meanwhile_is_answered_from_no_more(site, sample):
    times = iter([sample.now, sample.now + timedelta(hours=49)])
    service = PrivateService.over(FromFiles(site), ServiceTrust(site.trust), lambda: next(times))
    with pytest.raises(CannotAnswer, match="expired meanwhile"):
        service.check(sample.unlisted[0])


def test_a_damaged_memory_of_what_was_seen_is_told(tmp_path):
    file = tmp_path / "seen.json"
    file.write_text("[")
    with pytest.raises(Exception, match="delete it to begin anew"):
        KnownAuthorities(file)
