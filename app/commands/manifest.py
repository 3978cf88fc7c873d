"""`gauge manifest`: keep a copy of what an authority has signed, and compare with it later."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.private_file import unwritable_as_usage_error
from app.commands.trust_file import load_trust, trust_option
from exposure_index.atomic_files import write_whole
from exposure_index.errors import Malformed
from exposure_index.files.index_directory import build_directory, index_directories
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.regular_files import MANIFEST_MAX_BYTES, read_regular

if TYPE_CHECKING:
    from exposure_index.remote.http_transport import HttpTransport

Fetch = Callable[[str], bytes]


@click.group()
def manifest() -> None:
    """Follow what authorities have signed: each manifest names the one before.

    Keep a copy today, and verify tomorrow that nothing signed was taken back:

    \b
    gauge manifest save https://check.example.org --out kept.json
    gauge manifest verify https://check.example.org --trust trust.json --earlier kept.json
    """


@manifest.command("save")
@click.argument("source")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to."
)
def save(source: str, out: Path) -> None:
    """Keep a copy of the present manifests of SOURCE, an address or an index directory."""
    manifests, _ = _read(source)
    document = {"manifests": [dict(each.document) for each in manifests]}
    with unwritable_as_usage_error(out):
        write_whole(out, json.dumps(document, ensure_ascii=False, indent=1).encode())
    for each in manifests:
        click.echo(f"{each.authority}: seq {each.seq}, {each.digest()}")


@manifest.command("verify")
@click.argument("source")
@trust_option
@click.option(
    "--earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy that `gauge manifest save` kept, or one manifest.json.",
)
def verify(source: str, trust: Path | None, earlier: Path | None) -> None:
    """Verify the chain of SOURCE, an address or an index directory, back to an earlier copy.

    Without --earlier back to the first manifest. Fails with 11 where a signature is wrong or the
    chain does not lead back, with 12 where nothing answers.
    """
    from exposure_index.publishing.log_audit import audit_log

    authority_trust = load_trust(trust)
    manifests, fetch = _read(source)
    copies = {copy.authority: copy for copy in _copies(earlier)}
    missing = set(copies) - {each.authority for each in manifests}
    if missing:
        raise Malformed(f"of the earlier copy there is no index any more: {', '.join(missing)}")
    for each in manifests:
        audit = audit_log(each, authority_trust, fetch, copies.get(each.authority))
        click.echo(
            f"{each.authority}: seq {each.seq} leads back to seq {audit.reached.seq}, "
            f"{audit.length} manifests; signed by others than today: "
            f"{_seqs(audit.other_signers)}; new key of the private check: "
            f"{_seqs(audit.key_changes)}"
        )


def _seqs(seqs: tuple[int, ...]) -> str:
    return ", ".join(f"seq {seq}" for seq in seqs) or "none"


def _read(source: str) -> tuple[list[Manifest], Fetch]:
    """Return the present manifests, and how to get earlier ones by their SHA-256."""
    from exposure_index.publishing.manifest_log import LOG_FOLDER
    from exposure_index.remote.http_transport import HttpTransport
    from exposure_index.remote.service import TIMEOUT_SECONDS

    if source.startswith(("http://", "https://")):
        transport = HttpTransport(source.rstrip("/"), TIMEOUT_SECONDS)
        return _manifests(_fetch(transport, "/api/v1/index")), lambda digest: _fetch(
            transport, f"/manifests/{digest}.json"
        )
    folders = index_directories(Path(source))
    if not folders:
        raise Malformed(f"{source}: there is no index")
    files = [path for folder in folders for path in (folder / LOG_FOLDER).glob("*.json")]
    present = [Manifest.load(build_directory(folder) / MANIFEST_FILE) for folder in folders]
    return present, lambda digest: _archive_entry(files, digest)


def _archive_entry(files: list[Path], digest: str) -> bytes:
    for path in files:
        data = read_regular(path, MANIFEST_MAX_BYTES)
        if Manifest.parse(data).digest() == digest:
            return data
    raise Malformed("an earlier manifest is missing in the archive")


def _fetch(transport: HttpTransport, path: str) -> bytes:
    from exposure_index.remote.http_transport import ServiceSilent
    from exposure_index.remote.remote_index import ServiceUnreachable

    try:
        return transport.get(path)
    except ServiceSilent as error:
        raise ServiceUnreachable(str(error)) from error


def _copies(earlier: Path | None) -> list[Manifest]:
    if earlier is None:
        return []
    data = earlier.read_bytes()
    return _manifests(data) if b'"manifests"' in data else [Manifest.parse(data)]


def _manifests(data: bytes) -> list[Manifest]:
    """Return the manifests of an answer of /api/v1/index, or of a kept copy. Raises Malformed."""
    try:
        listed = json.loads(data)["manifests"]
        manifests = [Manifest.from_document(document) for document in listed]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed("that is no list of manifests") from error
    if not manifests:
        raise Malformed("there is no manifest")
    return manifests
