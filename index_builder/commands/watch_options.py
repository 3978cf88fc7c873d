"""The options by which `publish` and `build --publish` tell the watchers of trips."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from exposure_index.crypto.keys import KeyRing
from exposure_index.files.build_files import checked_files
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.messages.sms_gateway import (
    GatewayAddressInvalid,
    HttpSmsGateway,
    SmsGateway,
    require_gateway_address,
)
from index_builder.alerts.notify import AlertCounts, AlertExport, open_export, send_alerts
from index_builder.alerts.sent_alerts import SentAlerts
from index_builder.build import SHANGHAI
from index_builder.runtime.casework import Casework


@dataclass(frozen=True, slots=True)
class WatchChoice:
    """The export of `gauge watches export`, the gateway's address, and the service's."""

    file: Path
    gateway: str
    service: str


@dataclass(frozen=True, slots=True)
class Watchers:
    """Everything at hand to tell them, made before anything is signed."""

    requests: AlertExport
    gateway: SmsGateway
    sent_alerts: SentAlerts
    address: str

    @classmethod
    def ready(cls, choice: WatchChoice, keys: KeyRing, casework: Casework) -> "Watchers":
        """Open the export. Raises ExportUnreadable, a KeyFault, or OSError."""
        today = datetime.now(SHANGHAI).date()
        key = keys.bytes("sealed")
        with choice.file.open(encoding="utf-8") as lines:
            requests = open_export(lines, key, today)
        return cls(
            requests,
            HttpSmsGateway(choice.gateway, keys.text("sms_token")),
            SentAlerts(casework.sent_alerts, key, today),
            f"{choice.service.rstrip('/')}/trips",
        )

    def tell(self, out: Path) -> AlertCounts | None:
        """Tell of what is now current in OUT, None for a build without published trips."""
        build = build_directory(out)
        files = checked_files(build, Manifest.load(build / MANIFEST_FILE))
        try:
            if files.trips is None:
                return None
            return send_alerts(
                self.requests, files.trips, self.gateway, self.sent_alerts, self.address
            )
        finally:
            files.close()


def watch_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --watches, --sms-gateway and --service-url; the command gets one `watches`, or None."""

    @click.option(
        "--watches",
        "watches_file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Export of `gauge watches export`: who watches a trip that is published now is sent "
        "one text message. Needs the keys `sealed` and `sms_token`.",
    )
    @click.option(
        "--sms-gateway",
        envvar="GAUGE_SMS_GATEWAY_URL",
        metavar="URL",
        help="With --watches: where messages are handed over.",
    )
    @click.option(
        "--service-url",
        envvar="GAUGE_BASE_URL",
        metavar="URL",
        help="With --watches: the service's public address, for the text.",
    )
    @wraps(command)
    def run(
        *args: Any,  # noqa: ANN401 - the command's own
        watches_file: Path | None,
        sms_gateway: str | None,
        service_url: str | None,
        **kwargs: Any,  # noqa: ANN401 - the command's own
    ) -> Any:  # noqa: ANN401
        choice = None
        if watches_file is not None:
            if not sms_gateway or not service_url:
                message = "--watches needs --sms-gateway and --service-url"
                raise click.UsageError(message)
            try:
                require_gateway_address(sms_gateway)
            except GatewayAddressInvalid:
                message = "--sms-gateway must be https://…, without a password in it"
                raise click.UsageError(message) from None
            choice = WatchChoice(watches_file, sms_gateway, service_url)
        return command(*args, watches=choice, **kwargs)

    return run


def tell_after_switch(
    watchers: Watchers | None, out: Path, *, switched: bool, aside: bool = False
) -> None:
    """Tell the watchers, once a build is current, and say what became of it.

    The publication stands whatever happens here. aside: say all of it on standard error.
    """
    if watchers is None:
        return
    if not switched:
        text = "watches    nobody told yet: that is for the signer whose signature publishes"
        click.echo(text, err=aside)
        return
    try:
        done = watchers.tell(out)
    except Exception as error:
        click.echo(f"watches    nobody told, {type(error).__name__}; publish again", err=True)
        return
    if done is None:
        click.echo("watches    nobody told: this build publishes no trips", err=aside)
        return
    requests = watchers.requests
    click.echo(
        f"watches    {len(requests.watches):,} opened, {done.published:,} of published trips, "
        f"{done.before:,} told before; {done.messages:,} telephones told now",
        err=aside,
    )
    if requests.unreadable:
        click.echo(f"watches    {requests.unreadable:,} sealed to another key or damaged", err=True)
    if done.failures:
        left = "; the rest was not tried" if done.gave_up else ""
        click.echo(
            f"watches    {done.failures:,} telephones could not be told{left}: publish again with "
            "the same file, whoever was told is not told twice",
            err=True,
        )
