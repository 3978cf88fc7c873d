"""Following the chain of manifests back to an earlier copy."""

from dataclasses import replace
from hashlib import sha256

import pytest

from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.trust import Signer
from exposure_index.errors import SignatureRefused
from exposure_index.files.manifest import Manifest
from exposure_index.publishing.log_audit import LogBroken, audit_log


@pytest.fixture(scope="module")
def chain(sample, tmp_path_factory):
    """Four published manifests, the oldest first, and what fetches them."""
    site = sample.site_at(tmp_path_factory.mktemp("log"))
    for private in (False, True, True, True):
        site.publish_build(about=replace(sample.facts(), private=private))
    files = sorted((site.out / "manifests").iterdir())
    by_digest = {sha256(file.read_bytes()).hexdigest(): file.read_bytes() for file in files}
    return site, [Manifest.load(file) for file in files], by_digest


def test_a_whole_chain_leads_back_to_the_first(chain):
    site, manifests, by_digest = chain
    audit = audit_log(manifests[-1], site.trust, by_digest.__getitem__)
    assert (4, 1, 4) == (audit.present.seq, audit.reached.seq, audit.length)


def test_an_earlier_copy_ends_the_way_and_is_found(chain):
    site, manifests, by_digest = chain
    audit = audit_log(manifests[-1], site.trust, by_digest.__getitem__, manifests[1])
    assert (2, 3) == (audit.reached.seq, audit.length)
    assert 1 == audit_log(manifests[-1], site.trust, by_digest.__getitem__, manifests[-1]).length


def test_a_new_key_of_the_private_check_is_told(chain):
    site, manifests, by_digest = chain
    assert (2,) == audit_log(manifests[-1], site.trust, by_digest.__getitem__).key_changes


def test_another_manifest_of_the_same_seq_is_noticed(chain):
    site, manifests, by_digest = chain
    other = Manifest.from_document({**manifests[1].document, "size_class": 1_500_000})
    with pytest.raises(LogBroken, match="seq 2 is not the manifest of the earlier copy"):
        audit_log(manifests[-1], site.trust, by_digest.__getitem__, other)


def test_an_earlier_copy_ahead_of_the_present_is_a_rollback(chain):
    site, manifests, by_digest = chain
    with pytest.raises(LogBroken, match="seq 4 is not the manifest"):
        audit_log(manifests[1], site.trust, by_digest.__getitem__, manifests[-1])


def test_something_else_in_the_archive_is_noticed(chain):
    site, manifests, by_digest = chain
    with pytest.raises(LogBroken, match="not what it names"):
        audit_log(manifests[-1], site.trust, lambda _: next(iter(by_digest.values())))


def test_a_present_manifest_that_is_not_signed_is_refused(chain):
    site, manifests, by_digest = chain
    changed = Manifest.from_document({**manifests[-1].document, "seq": 9})
    with pytest.raises(SignatureRefused):
        audit_log(changed, site.trust, by_digest.__getitem__)


def test_another_authority_s_copy_is_refused(chain):
    site, manifests, by_digest = chain
    other = Manifest.from_document({**manifests[1].document, "authority": "Other City"})
    with pytest.raises(LogBroken, match="another authority"):
        audit_log(manifests[-1], site.trust, by_digest.__getitem__, other)


def test_a_chain_signed_by_others_is_refused(chain, site):
    _, manifests, by_digest = chain
    with pytest.raises(SignatureRefused):
        audit_log(manifests[-1], site.trust, by_digest.__getitem__)


def test_manifests_of_earlier_signers_are_told_and_vouched_for_by_the_present(
    chain, sample, tmp_path
):
    _, manifests, by_digest = chain
    other = sample.site_at(tmp_path)
    signer = Signer(other.keys.bytes("signing"))
    signature = signer.signature(manifests[-1].signed_bytes())
    document = {**manifests[-1].document, "signatures": {signer.id: signature}}
    audit = audit_log(Manifest.from_document(document), other.trust, by_digest.__getitem__)
    assert (1, 2, 3) == audit.other_signers


def test_the_digest_is_that_of_the_file(chain):
    _, manifests, by_digest = chain
    assert list(by_digest) == [manifest.digest() for manifest in manifests]
    assert by_digest[manifests[0].digest()] == canonical_bytes(dict(manifests[0].document))
