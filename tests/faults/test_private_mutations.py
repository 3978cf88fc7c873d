"""10,000 changed requests, responses and buckets of a private check: never a wrong answer.

Whatever was changed, the check ends without an answer; "not found" would be the worst wrong one.
"""

import pytest

from exposure_index.crypto.keys import KeyRing
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.bucket import BucketRefused
from exposure_index.private.bucket_files import bucket_path
from exposure_index.private.client import BlindedIdentity, ResponseRefused
from exposure_index.private.evaluation import (
    KeyUnknown,
    LocalEvaluator,
    RequestInvalid,
    private_keys,
)
from exposure_index.private.open_buckets import private_index
from tests.fixtures.mutations import mutations

MUTATIONS = 10_000
SEED = 20_201_129


class PrivateCheck:
    """A private check of one listed person, taken apart: its messages, and what finds an answer."""

    def __init__(self, deployment, person) -> None:
        build = (deployment.index / "current").resolve()
        manifest = Manifest.load(build / MANIFEST_FILE)
        self.evaluator = LocalEvaluator(private_keys(KeyRing(deployment.web_keys, {})))
        self.public_key = manifest.private.public_key
        identity = parse_identity(*person.as_form().values())
        self.blinded = BlindedIdentity.blind(identity, manifest.private.key_id)
        self.response = self.evaluator.evaluate(self.blinded.request)
        self.index = private_index(manifest)
        self.outputs = self.blinded.finalize(self.response, self.public_key)
        self.bucket = bucket_path(build, self.outputs.bucket(self.index)).read_bytes()

    def answer_to_request(self, request: bytes) -> object:
        try:
            return self.answer_to_response(self.evaluator.evaluate(request))
        except (RequestInvalid, KeyUnknown):
            return None

    def answer_to_response(self, response: bytes) -> object:
        try:
            return self.blinded.finalize(response, self.public_key)
        except ResponseRefused:
            return None

    def answer_to_bucket(self, bucket: bytes) -> object:
        try:
            return self.outputs.labels(self.index, bucket)
        except BucketRefused:
            return None


@pytest.fixture(scope="module")
def private_check(published_privately, people):
    return PrivateCheck(published_privately, people.close)


def test_unchanged_they_give_an_answer(private_check):
    assert None is not private_check.answer_to_request(private_check.blinded.request)
    assert 1 == len(private_check.answer_to_bucket(private_check.bucket))


def test_no_changed_request_is_answered(private_check):
    changed = mutations(private_check.blinded.request, MUTATIONS, SEED)
    assert [] == [each for each in changed if private_check.answer_to_request(each) is not None]


def test_no_changed_response_is_believed(private_check):
    changed = mutations(private_check.response, MUTATIONS, SEED)
    assert [] == [each for each in changed if private_check.answer_to_response(each) is not None]


def test_no_changed_bucket_is_believed(private_check):
    changed = mutations(private_check.bucket, MUTATIONS, SEED)
    wrong = sum(private_check.answer_to_bucket(each) is not None for each in changed)
    assert 0 == wrong
