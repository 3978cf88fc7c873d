from pathlib import Path
from stat import S_IMODE

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from exposure_index.crypto.keygen import KeysExist, generate_keys, web_keys
from exposure_index.crypto.keys import KEY_BYTES, KeyRing
from exposure_index.crypto.trust import Signer, Trust

EVERY_KEY = {*KEY_BYTES, "private_1"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_key_can_be_read_back(tmp_path):
    generate_keys(tmp_path / "keys")
    ring = KeyRing.from_directory(tmp_path / "keys", {})
    assert {*EVERY_KEY, "trust.json"} == names(tmp_path / "keys")
    assert 64 == len(ring.bytes("root_plain"))
    assert len(EVERY_KEY) == len({ring.bytes(name) for name in EVERY_KEY})


def test_keys_are_readable_by_their_owner_alone_and_trust_by_all(tmp_path):
    generate_keys(tmp_path / "keys", 2)
    for path in (tmp_path / "keys").rglob("*"):
        if path.is_file():
            assert (0o444 if path.name == "trust.json" else 0o400) == S_IMODE(path.stat().st_mode)
        else:
            assert 0o700 == S_IMODE(path.stat().st_mode)


def test_the_sealed_keys_belong_together(tmp_path):
    generate_keys(tmp_path)
    ring = KeyRing.from_directory(tmp_path, {})
    public = X25519PrivateKey.from_private_bytes(ring.bytes("sealed")).public_key()
    assert public.public_bytes_raw() == ring.bytes("sealed.pub")


def test_each_signer_has_an_own_key_and_all_must_sign(tmp_path):
    generate_keys(tmp_path, 3)
    trust = Trust.load(tmp_path)
    folders = [tmp_path, tmp_path / "signer_2", tmp_path / "signer_3"]
    rings = [KeyRing.from_directory(folder, {}) for folder in folders]
    assert 3 == trust.threshold
    assert set(trust.keys) == {Signer(ring.bytes("signing")).id for ring in rings}
    assert 1 == len({ring.bytes("root_plain") for ring in rings})
    assert {"signing", "root_plain", "private_1", "trust.json"} == names(folders[1])
    assert trust == Trust.load(folders[2])


@pytest.mark.parametrize("there", ["limits", "trust.json"])
def test_nothing_is_overwritten_and_nothing_added(tmp_path, there):
    (tmp_path / there).write_text("mine")
    with pytest.raises(KeysExist, match=there):
        generate_keys(tmp_path)
    assert {there} == names(tmp_path)
    assert "mine" == (tmp_path / there).read_text()


@pytest.mark.parametrize("kill_at", range(14))
def test_a_failing_keygen_leaves_nothing(tmp_path, monkeypatch, kill_at):
    calls = iter(range(1000))
    rename = Path.rename

    def failing(self, target):
        if next(calls) == kill_at:
            raise OSError("disk")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    try:
        generate_keys(tmp_path, 2)
    except OSError:
        assert set() == names(tmp_path)
    else:
        assert kill_at > len(EVERY_KEY)


@pytest.mark.parametrize("signers", [0, -1, 17])
def test_a_senseless_number_of_signers_is_refused(tmp_path, signers):
    with pytest.raises(ValueError, match="signers"):
        generate_keys(tmp_path / "keys", signers)
    assert not (tmp_path / "keys").exists()


def test_the_web_tier_gets_neither_signing_nor_sealed(tmp_path):
    generate_keys(tmp_path / "keys")
    web_keys(tmp_path / "keys", tmp_path / "web")
    assert {*EVERY_KEY, "trust.json"} - {"signing", "sealed"} == names(tmp_path / "web")
    assert not KeyRing.from_directory(tmp_path / "web", {}).can_sign


def test_a_signer_shows_no_seed():
    signer = Signer(bytes(range(32)))
    assert signer.seed.hex() not in repr(signer)
    assert repr(signer.seed) not in repr(signer)
