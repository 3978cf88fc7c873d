"""Delivery of trip alerts with a publication: made ready before anything is signed, sent after."""

from dataclasses import dataclass
from pathlib import Path

from exposure_index.crypto.keys import KeyRing
from exposure_index.files.build_files import check_build_files
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.messages.sms_gateway import HttpSmsGateway, SmsGateway
from index_builder.alerts.notify import AlertCounts, AlertExport, open_export, send_alerts
from index_builder.alerts.sent_alerts import SentAlerts
from index_builder.normalise.times import today
from index_builder.runtime.casework import Casework


@dataclass(frozen=True, slots=True)
class AlertOrder:
    """The export of `gauge watches export`, the gateway's address, and the service's."""

    file: Path
    gateway: str
    service: str


@dataclass(frozen=True, slots=True)
class AlertDelivery:
    """Everything that sending needs. address: of the page about trips, for the text."""

    requests: AlertExport
    gateway: SmsGateway
    sent_alerts: SentAlerts
    address: str

    @classmethod
    def prepare(cls, order: AlertOrder, keys: KeyRing, casework: Casework) -> "AlertDelivery":
        """Open the export. Raises ExportUnreadable, a KeyFault, or OSError."""
        key, day = keys.bytes("sealed"), today()
        with order.file.open(encoding="utf-8") as lines:
            requests = open_export(lines, key, day)
        return cls(
            requests,
            HttpSmsGateway(order.gateway, keys.text("sms_token")),
            SentAlerts(casework.sent_alerts, key, day),
            f"{order.service.rstrip('/')}/trips",
        )

    def send(self, out: Path) -> AlertCounts | None:
        """Send for what is now current in OUT; None for a build without published trips."""
        build = build_directory(out)
        trips = check_build_files(build, Manifest.load(build / MANIFEST_FILE))
        if trips is None:
            return None
        try:
            return send_alerts(self.requests, trips, self.gateway, self.sent_alerts, self.address)
        finally:
            trips.close()
