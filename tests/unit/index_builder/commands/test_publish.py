"""`keygen`, `publish`, `republish`, `verify`, `inspect`."""

import json
import re
import shutil
import stat

import pytest
from click.testing import CliRunner

from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import ExitCode
from index_builder.commands import main


def test_keys_are_readable_by_their_owner_only_and_never_overwritten(run, tmp_path):
    assert 0 == run("keygen", tmp_path / "keys").exit_code
    for name in ("root_plain", "private_1", "records", "session", "limits", "qr", "altcha"):
        assert 0o400 == stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode)
    before = (tmp_path / "keys" / "root_plain").read_text()
    assert ExitCode.REFUSED == run("keygen", tmp_path / "keys").exit_code
    assert before == (tmp_path / "keys" / "root_plain").read_text()


def test_the_web_tier_gets_no_key_that_signs_or_opens(run, tmp_path):
    run("keygen", tmp_path / "keys", "--web", tmp_path / "web")
    assert (tmp_path / "web" / "root_plain").is_file()
    assert not (tmp_path / "web" / "signing").exists()
    assert not (tmp_path / "web" / "sealed").exists()


def test_the_web_tier_gets_its_keys_later_too(run, tmp_path):
    run("keygen", tmp_path / "keys")
    before = (tmp_path / "keys" / "root_plain").read_text()
    done = run("keygen", tmp_path / "keys", "--web", tmp_path / "web")
    assert (0, True) == (done.exit_code, "keeps its keys" in done.stdout)
    assert before == (tmp_path / "keys" / "root_plain").read_text()
    assert before == (tmp_path / "web" / "root_plain").read_text()
    assert not (tmp_path / "web" / "signing").exists()
    assert ExitCode.REFUSED == run("keygen", tmp_path / "keys", "--web", tmp_path / "web").exit_code


def test_keys_that_are_there_get_no_further_signer(run, tmp_path):
    run("keygen", tmp_path / "keys")
    done = run("keygen", tmp_path / "keys", "--signers", 2, "--web", tmp_path / "web")
    assert (ExitCode.REFUSED, False) == (done.exit_code, (tmp_path / "web").exists())


def test_keys_that_cannot_sign_are_refused_before_anything_is_built(run, source, tmp_path):
    run("keygen", tmp_path / "keys", "--web", tmp_path / "web")
    out = tmp_path / "out"
    done = run("build", "--source", source, "--keys", tmp_path / "web", "--out", out, "--publish")
    assert (ExitCode.REFUSED, False) == (done.exit_code, out.exists())
    assert f"no signing key can be read in {tmp_path / 'web'}" in done.stderr


def test_who_interrupts_gets_the_exit_code_of_a_signal_not_of_a_bug(run, tmp_path, monkeypatch):
    def interrupted(_directory):
        raise KeyboardInterrupt

    monkeypatch.setattr(KeyRing, "from_directory", interrupted)
    done = run("publish", tmp_path, "0" * 32, "--keys", tmp_path)
    assert (130, "index-builder: interrupted\n") == (done.exit_code, done.stderr)


def build_id(output):
    return re.search("[0-9a-f]{32}", output)[0]


def test_two_signers_must_both_sign(run, source, tmp_path):
    keys, out = tmp_path / "keys", tmp_path / "out"
    assert "signatures needed to publish: 2" in run("keygen", keys, "--signers", 2).stdout
    done = run("build", "--source", source, "--keys", keys, "--out", out, "--publish")
    assert "1 of 2 signatures" in done.stdout
    assert not (out / "current").exists()
    second = run("publish", out, build_id(done.stdout), "--keys", keys / "signer_2")
    assert "published" in second.stdout
    assert (out / "current").exists()


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    """A candidate that the first of two signers has signed; nothing is published yet."""
    folder = tmp_path_factory.mktemp("signed")
    source, keys, out = folder / "source", folder / "keys", folder / "out"
    source.mkdir()
    (source / "cases.csv").write_text("case_id\nC1\n")
    (source / "contacts.csv").write_text("exposure_date,id_number\n2020-01-20,X0000001\n")
    (source / "case_legs.csv").write_text("case_id,mode,number,service_date\n")
    CliRunner().invoke(main, ["keygen", str(keys), "--signers", "2"])
    order = f"build --source {source} --keys {keys} --out {out} --publish --json"
    done = CliRunner().invoke(main, order.split())
    assert 1 == json.loads(done.stdout)["signatures"], done.output
    return folder, json.loads(done.stdout)["build_id"]


@pytest.fixture
def waiting(signed_once, tmp_path):
    folder, build_id = signed_once
    shutil.copytree(folder, tmp_path / "signed", symlinks=True)
    return tmp_path / "signed", build_id


def test_the_same_signer_twice_counts_once(run, waiting):
    folder, build_id = waiting
    done = run("publish", folder / "out", build_id, "--keys", folder / "keys")
    assert "1 of 2 signatures" in done.stdout
    assert not (folder / "out" / "current").exists()


@pytest.mark.parametrize("file", ["report.json", "report.html", "plain.idx"])
def test_what_was_changed_after_the_first_signature_gets_no_second(run, waiting, file):
    folder, build_id = waiting
    path = folder / "out" / build_id / file
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1) + b" ")
    done = run("publish", folder / "out", build_id, "--keys", folder / "keys" / "signer_2")
    assert ExitCode.REFUSED == done.exit_code
    assert not (folder / "out" / "current").exists()


def test_a_signer_whom_nobody_trusts_is_refused(run, waiting, keys):
    folder, build_id = waiting
    (folder / "keys" / "signer_2" / "signing").chmod(0o600)
    stranger = (keys / "signing").read_text()
    (folder / "keys" / "signer_2" / "signing").write_text(stranger)
    done = run("publish", folder / "out", build_id, "--keys", folder / "keys" / "signer_2")
    assert ExitCode.REFUSED == done.exit_code


def test_an_earlier_build_comes_back_under_a_higher_seq(run, build, out, keys):
    first, second = (out / "current").readlink().name, build("--publish")
    assert build_id(second.stdout) == (out / "current").readlink().name
    done = run("republish", out, first, "--keys", keys)
    assert "seq 3" in done.stdout
    assert first == (out / "current").readlink().name


def test_a_build_takes_the_place_of_one_of_an_earlier_edition_once_accepted(build, out):
    manifest = out / "current" / "manifest.json"
    document = json.loads(manifest.read_text())
    del document["reading"]
    manifest.chmod(0o600)
    manifest.write_text(json.dumps(document))
    refused = build("--publish")
    assert ExitCode.REFUSED == refused.exit_code
    assert "earlier edition" in refused.stderr
    assert "--accept-change" in refused.stderr
    before = (out / "current").readlink().name
    assert 0 == build("--publish", "--accept-change").exit_code
    assert before != (out / "current").readlink().name


def test_an_unknown_build_is_refused(run, out, keys):
    assert ExitCode.REFUSED == run("publish", out, "0" * 32, "--keys", keys).exit_code


def test_verify_says_what_it_checked(run, out, keys):
    done = run("verify", out, "--keys", keys)
    assert 0 == done.exit_code
    for words in ("signatures: 1, 1 needed", "checksum as signed", "canary: found"):
        assert words in done.stdout


def test_verify_without_keys_says_what_it_could_not_check(run, out):
    done = run("verify", out)
    assert 0 == done.exit_code
    assert "signatures, pages and canary were NOT checked" in done.stdout.splitlines()[-1]


def test_verify_takes_the_keys_that_the_environment_names(run, out, keys, monkeypatch):
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(keys))
    done = run("verify", out)
    assert "canary: found" in done.stdout
    assert "NOT checked" not in done.stdout


def test_publish_takes_the_keys_that_the_environment_names(run, out, keys, monkeypatch):
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(keys))
    build_id = (out / "current").readlink().name
    assert 0 == run("publish", out, build_id).exit_code
    assert 0 == run("republish", out, build_id).exit_code


def test_verify_refuses_a_damaged_index(run, out, keys):
    file = next(out.glob("*/plain.idx"))
    data = bytearray(file.read_bytes())
    data[5000] ^= 1
    file.chmod(0o600)
    file.write_bytes(data)
    assert ExitCode.REFUSED == run("verify", out, "--keys", keys).exit_code


def test_inspect_shows_coverage(run, out):
    done = run("inspect", out)
    assert "covers        flight Air: 2020-01-20 to 2020-01-20, 40 legs" in done.stdout
