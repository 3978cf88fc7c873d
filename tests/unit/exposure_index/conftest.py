"""A small published index with invented keys, fresh for each test that changes it."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from exposure_index.crypto.keygen import generate_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.identity.canonical import Identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish

NOW = datetime(2020, 2, 10, 8, 0, tzinfo=UTC)
RULES = {"nhc-2020-03": {"number": 3, "disease": "covid-19", "observation_days": 14}}


def exposure(**changes) -> Exposure:
    """Return one close contact on a flight, with changes."""
    usual = {
        "mode": Mode.FLIGHT,
        "tier": Tier.CLOSE,
        "rule": 3,
        "relation": Relation.SAME_ROW,
        "day": date(2020, 2, 1),
        "carriage": 0,
        "trip": "XX1234",
        "observe_until": date(2020, 2, 15),
    }
    return Exposure(**{**usual, **changes})


def label(**changes) -> Label:
    """Return the label of one exposure, with changes to it."""
    return Label.of([exposure(**changes)])


def facts(authority: str = "Test City", built_at: datetime = NOW) -> BuildFacts:
    """Return what a manifest tells, valid for 48 hours."""
    return BuildFacts(
        authority, built_at, timedelta(hours=48), built_at - timedelta(days=1), RULES, []
    )


def person(number: int) -> Identity:
    """Return the invented listed person of that number."""
    return Identity(f"XX{number:07}", "AAAILNSV")


LISTED = [person(number) for number in range(120)]
UNLISTED = [person(number) for number in range(5000, 5120)]


def entries() -> list[tuple[bytes, Label]]:
    """Return the entries of the listed people, by name."""
    return [(identity.encode(), label()) for identity in LISTED]


@dataclass(frozen=True)
class Site:
    """Where one authority publishes, and with which keys."""

    out: Path
    keys: KeyRing
    trust: Trust

    def candidate(self, of=None, about: BuildFacts | None = None) -> str:
        return write_candidate(self.out, of or entries(), about or facts(), self.keys, None)

    def publish_build(self, of=None, about: BuildFacts | None = None) -> str:
        build_id = self.candidate(of, about)
        publish(self.out, build_id, self.keys, now=NOW)
        return build_id

    def open(self, now: datetime = NOW, **options) -> OpenIndex:
        return OpenIndex.open(self.out, self.keys, self.trust, now=now, **options)


def site_at(folder: Path, signers: int = 1) -> Site:
    """Return a new site with new keys."""
    trust = generate_keys(folder / "keys", signers)
    return Site(folder / "out", KeyRing.from_directory(folder / "keys", {}), trust)


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """The functions and people of this module, for tests, which cannot import it."""
    return SimpleNamespace(
        entries=entries,
        exposure=exposure,
        facts=facts,
        label=label,
        listed=LISTED,
        now=NOW,
        person=person,
        site_at=site_at,
        unlisted=UNLISTED,
    )


@pytest.fixture
def site(tmp_path) -> Site:
    return site_at(tmp_path)


@pytest.fixture(scope="session")
def published_once(tmp_path_factory) -> Site:
    """A published index that no test may change; copy it with `copied`."""
    site = site_at(tmp_path_factory.mktemp("published"))
    site.publish_build()
    return site


@pytest.fixture
def copied(published_once, tmp_path) -> Site:
    """A copy of the published index, to damage."""
    shutil.copytree(published_once.out, tmp_path / "out", symlinks=True)
    return Site(tmp_path / "out", published_once.keys, published_once.trust)
