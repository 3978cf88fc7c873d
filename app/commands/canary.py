"""`gauge canary`: one check of the test record of each index, through the public address.

Why: the service's own look at its canary proves nothing of the proxy, the name and the certificate
in front of it. Every index tells its test record as "exposed", tier "none", trip CANARY, dated the
day it was built; an answer that lacks it would be a false "not found" for whoever is listed.
"""

import json
import re
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from exposure_index.crypto.trust import TRUST_FILE, Trust
from exposure_index.errors import ExitCode, ForeseenError, Malformed, Refused
from exposure_index.files.manifest import Manifest
from exposure_index.label.codec import CANARY_TRIP

ANSWER_MAX_BYTES = 1_048_576
HALF_OF_LIFE_PERCENT = 50
SCHEMES = ("http://", "https://")
ADDRESS_ALONE = re.compile(r"https?://[^/?#]+/?")


class CanaryLost(ForeseenError):
    """The public address answers, and wrongly; the message says how."""

    exit_code = ExitCode.REFUSED


class PublicAddressSilent(ForeseenError):
    """Nothing usable answers at the public address."""

    exit_code = ExitCode.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Probe:
    """What one index answered: how fast, in seconds, and which share of its life is over.

    private_seconds: of the private check, None where the index offers none.
    """

    manifest: Manifest
    seconds: float
    private_seconds: float | None
    life_used_percent: int


@click.command(short_help="Check the test record through the public address.")
@click.argument("url")
@click.option(
    "--trust",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="trust.json of the authority; that of GAUGE_KEYS_DIR where there is one.",
)
@click.option(
    "--life-used",
    type=click.IntRange(1, 100),
    default=HALF_OF_LIFE_PERCENT,
    show_default=True,
    help="Percentage of an index's life after which this fails, so that someone is called.",
)
@click.option(
    "--timeout", type=click.FloatRange(0.1, 60), default=10.0, show_default=True, help="Seconds."
)
def canary(url: str, trust: Path | None, life_used: int, timeout: float) -> None:
    """Check the test record of every index at URL, as a citizen's check would go.

    Fails with 11 when an index does not find its test record, its signature is wrong or its life
    is half over, with 12 when nothing answers. Let a timer run it each minute and call someone
    when it fails:

        gauge canary https://check.example.org --trust trust.json

    Without a trust.json, given or in GAUGE_KEYS_DIR, signatures are not checked.
    """
    if not url.startswith(SCHEMES):
        raise click.BadParameter("must begin with https:// or http://", param_hint="URL")
    if not ADDRESS_ALONE.fullmatch(url):
        message = "give the address of the service alone, without a path: https://check.example.org"
        raise click.BadParameter(message, param_hint="URL")
    authority_trust = _trust(trust)
    probes = probe_all(url.rstrip("/"), authority_trust, timeout)
    for probe in probes:
        private = probe.private_seconds
        privately = "" if private is None else f", privately in {private * 1_000:.0f} ms"
        click.echo(
            f"{probe.manifest.authority}: seq {probe.manifest.seq}, test record found in "
            f"{probe.seconds * 1_000:.0f} ms{privately}, {probe.life_used_percent} % of its life "
            f"over{'' if authority_trust else ', signature NOT checked: give --trust FILE'}"
        )
    old = [probe for probe in probes if probe.life_used_percent >= life_used]
    if old:
        names = ", ".join(probe.manifest.authority for probe in old)
        raise CanaryLost(f"no newer index since {life_used} % of the life of: {names}")


def probe_all(url: str, trust: Trust | None, timeout: float) -> list[Probe]:
    """Check every index at an address. Raises CanaryLost or PublicAddressSilent."""
    listed = _request(f"{url}/api/v1/index", None, timeout).get("manifests")
    if not isinstance(listed, list) or not listed:
        raise CanaryLost("no index is named there")
    return [_probe(url, _manifest(document, trust), timeout) for document in listed]


def _probe(url: str, manifest: Manifest, timeout: float) -> Probe:
    from exposure_index.lookup.canary import canary_identity

    identity = canary_identity(manifest.build_id)
    body = {"id_type": "other", "id_number": identity.document, "name": identity.name}
    began = perf_counter()
    answer = _request(f"{url}/api/v1/checks", body, timeout)
    seconds = perf_counter() - began
    expected = (manifest.authority, CANARY_TRIP, manifest.built_at.date().isoformat(), "none")
    exposures = answer.get("exposures")
    trips = [
        tuple(trip.get(name) for name in ("authority", "number", "service_date", "tier"))
        for trip in (exposures if isinstance(exposures, list) else [])
        if isinstance(trip, dict)
    ]
    if expected not in trips:
        # a switch between the two requests ends here too; the next look a minute later does not
        raise CanaryLost(f"the test record of {manifest.authority} was not found")
    now = datetime.now(UTC)
    life = manifest.valid_until - manifest.built_at
    if manifest.expired(now):
        raise CanaryLost(f"the index of {manifest.authority} has expired")
    private_seconds = _probe_privately(url, manifest, timeout)
    life_used = int(100 * (now - manifest.built_at) / life)
    return Probe(manifest, seconds, private_seconds, life_used)


def _probe_privately(url: str, manifest: Manifest, timeout: float) -> float | None:
    """Look the test record up by the private check; return how long it took, in seconds."""
    from exposure_index.label.codec import NOBODY
    from exposure_index.lookup.canary import canary_identity, canary_label
    from exposure_index.remote.http_transport import HttpTransport
    from exposure_index.remote.remote_index import CannotAnswer, RemoteIndex, ServiceUnreachable

    if manifest.private is None:
        return None
    record = canary_label(manifest.built_at).numbers()
    began = perf_counter()
    try:
        index = RemoteIndex.of(manifest, HttpTransport(url, timeout))
        labels = index.entry_labels(canary_identity(manifest.build_id))
    except ServiceUnreachable as error:
        raise PublicAddressSilent(f"the private check: {error}") from error
    except CannotAnswer as error:
        raise CanaryLost(f"the private check cannot answer: {error}") from error
    if labels != (record, NOBODY, record):  # by its one name, and by its document alone
        raise CanaryLost(f"the private check does not find that of {manifest.authority}")
    return perf_counter() - began


def _manifest(document: Any, trust: Trust | None) -> Manifest:  # noqa: ANN401 - as it came
    try:
        if not isinstance(document, dict):
            raise Malformed("no object")
        manifest = Manifest.from_document(document)
        if trust is not None:
            trust.check(manifest.signed_bytes(), manifest.signatures)
    except Refused as error:
        raise CanaryLost(f"a manifest there is refused: {error.reason}") from error
    return manifest


def _request(url: str, body: dict[str, str] | None, timeout: float) -> dict[str, Any]:
    """Return the JSON object that the address answers with."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers)  # noqa: S310 - the scheme was checked
    try:
        with urllib.request.urlopen(  # noqa: S310
            request, timeout=timeout, context=ssl.create_default_context()
        ) as response:
            answer = json.loads(response.read(ANSWER_MAX_BYTES))
    except urllib.error.HTTPError as error:
        raise PublicAddressSilent(f"it answers with status {error.code}") from error
    except (OSError, ValueError) as error:
        raise PublicAddressSilent(f"it cannot be reached: {type(error).__name__}") from error
    if not isinstance(answer, dict):
        raise PublicAddressSilent("something else than this service answers there")
    return answer


def _trust(option: Path | None) -> Trust | None:
    from app.settings import read_settings

    file = option or read_settings().keys_dir / TRUST_FILE
    return Trust.load(file) if option or file.is_file() else None
