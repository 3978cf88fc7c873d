"""`gauge serve`: the service under gunicorn."""

from __future__ import annotations

import csv
import os
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exposure_index.crypto.keys import KeyFault, KeyRing
from exposure_index.files.index_directory import index_directories

if TYPE_CHECKING:
    from app.settings import Settings

ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
DEMO_PEOPLE = "to-try.csv"
RECORDS_UNAVAILABLE = (
    "gauge: the records cannot be reached now; checks are answered, corrections and whatever else "
    "is kept are not. /readyz says degraded until they can"
)
NO_KEYS = "GAUGE_KEYS_DIR has no trust.json that can be read"
NO_INDEX = "GAUGE_INDEX_DIR has no index"
NO_HOTLINE = (
    "gauge: GAUGE_HOTLINE is not set: whoever is listed is told to call, and not which number"
)
NO_STATE = "GAUGE_STATE_DIR cannot be written"
NO_ANSWER = "no check is answered until that is put right (docs/playbooks/publish.md)"
OUTSIDE = ("192.0.2.1", 9)  # documentation address: asks the kernel for a route, sends nothing


@click.command()
@click.option("--host", help="Address to listen on (GAUGE_HOST, HOST).")
@click.option("--port", type=int, help="Port to listen on (GAUGE_PORT, PORT).")
@click.option("--qr/--no-qr", default=None, help="Print a QR code of the address; on in the demo.")
def serve(host: str | None, port: int | None, qr: bool | None) -> None:
    """Serve until told to stop; SIGTERM lets running requests finish.

    They have 20 seconds for it; SIGINT (Ctrl-C) waits for nobody. A new index is found by itself;
    other settings need a restart. SIGHUP renews the workers and refuses nobody.

    \b
    GAUGE_INDEX_DIR=index GAUGE_KEYS_DIR=web-keys gauge serve
    GAUGE_WORKERS=4 GAUGE_METRICS_PORT=9464 gauge serve --port 8080

    `gauge settings` prints every setting: directories, workers, limits, proxies, Redis, metrics.
    """
    from app.factory import require_startable
    from app.i18n import compile_translations
    from app.logs import configure_logs
    from app.server.gunicorn_server import GaugeServer, require_free_address
    from app.settings import read_settings

    options: dict[str, str | int] = {}
    if host is not None:
        options["host"] = host
    if port is not None:
        options["port"] = port
    settings = read_settings(**options)
    configure_logs(settings.log_level)
    compile_translations()
    require_startable(settings)
    require_free_address(settings.host, settings.port)
    faults = faults_at_start(settings)
    _upgrade_records(settings, tell=NO_STATE not in faults)
    server = GaugeServer(settings)
    _tell(settings, with_qr=settings.demo if qr is None else qr)
    for fault in faults:
        click.echo(f"gauge: {fault}; {NO_ANSWER}", err=True)
    server.run()


def faults_at_start(settings: Settings) -> list[str]:
    """Return why no check will be answered, as far as a look at the directories tells."""
    from app.indexes.keyrings import Keyrings
    from exposure_index.errors import Malformed

    faults = []
    try:
        Keyrings(KeyRing.from_directory(settings.keys_dir)).check_trust()
    except Malformed:
        faults.append(NO_KEYS)
    if not index_directories(settings.index_dir):
        faults.append(NO_INDEX)
    try:
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=settings.state_dir).close()
    except OSError:
        faults.append(NO_STATE)
    return faults


def _upgrade_records(settings: Settings, *, tell: bool) -> None:
    """Bring the records to this version before workers start; without them checks still answer.

    tell: that they cannot be reached; not where another fault is told that says more.
    """
    from app.records.database import RecordsUnavailable, open_records

    records = open_records(settings)
    try:
        records.upgrade()
    except RecordsUnavailable:
        if tell:
            click.echo(RECORDS_UNAVAILABLE, err=True)
    finally:
        records.close()  # a connection must not be shared with the workers that are forked


def _tell(settings: Settings, *, with_qr: bool) -> None:
    import structlog

    from app.posters.terminal_qr import terminal_qr
    from app.settings import lines_about_unknown, unknown_variables

    address = public_address(settings)
    if with_qr:
        click.echo(terminal_qr(_entry(settings, address)))
    if settings.demo:
        file = settings.index_dir.parent / DEMO_PEOPLE
        for line in demo_people(file, in_part=lacks_authority(settings)):
            click.echo(line)
    click.echo(f"Contact Gauge: {address}/")
    if settings.limits == "off":
        click.secho(
            "LIMITS ARE OFF: anyone who reaches this can try every number. For benchmarks only.",
            err=True,
            bold=True,
        )
    if not (settings.hotline or settings.authority_hotlines):
        click.echo(NO_HOTLINE, err=True)
    for line in lines_about_unknown(os.environ):
        click.echo(line, err=True)
    structlog.get_logger().info(
        "serving",
        host=settings.host,
        port=settings.port,
        workers=settings.processes,
        threads=settings.threads,
        limits=settings.limits,
        unknown_settings=unknown_variables(os.environ),
    )


def public_address(settings: Settings) -> str:
    """Return the address to open: the public one, or this machine's in its network."""
    if settings.base_url:
        return settings.base_url
    host = lan_address() if settings.host in ANY_HOST else settings.host
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def lan_address() -> str:
    """Return this machine's address in its network, else 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(OUTSIDE)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def lacks_authority(settings: Settings) -> bool:
    """Tell whether more authorities are named than there are indexes: answers are incomplete."""
    return len(settings.authorities) > len(index_directories(settings.index_dir))


def demo_people(file: Path, *, in_part: bool = False) -> list[str]:
    """Return a line for each answer that the demo shows: whom to ask about to see it.

    in_part: as it is shown where the data of an authority are missing.
    """
    shows = "shows_in_part" if in_part else "shows"
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            people = list(csv.DictReader(lines))
    except OSError:
        return []
    return [
        f"  to see {person[shows]}: {person['id_type']}  {person['id_number']}  {person['name']}"
        for person in people
    ]


def _entry(settings: Settings, address: str) -> str:
    from app.posters.qr_codes import QrCodes, QrOrigin

    try:
        codes = QrCodes(KeyRing.from_directory(settings.keys_dir).bytes("qr"))
    except KeyFault:
        return f"{address}/check"
    return f"{address}/q/{codes.sign(QrOrigin('terminal', 'gauge serve'))}"
