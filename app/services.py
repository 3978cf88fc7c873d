"""The application services: what create_app makes once and every request uses."""

from dataclasses import dataclass
from typing import cast

from flask import Request, current_app

from app.indexes.manifest_archive import ManifestArchive
from app.indexes.private_builds import PrivateBuilds
from app.indexes.reloader import IndexReloader
from app.indexes.store import IndexStore
from app.limits.actions import ActionLimits
from app.limits.checks import CheckLimits
from app.limits.client_networks import ClientNetworks
from app.phones.verifier import PhoneDesk
from app.posters.qr_codes import QrCodes
from app.proofs.issuer import ProofDesk
from app.records.database import Records, RecordsUnavailable
from app.settings import Settings

EXTENSION = "gauge"


@dataclass(frozen=True, slots=True)
class AppServices:
    """One container of everything that outlives a request.

    qr_codes, sealed_pub and session_key: None where their key is missing. phone_verifier: None
    where no telephone is verified.
    """

    settings: Settings
    indexes: IndexStore
    private_builds: PrivateBuilds
    reloader: IndexReloader
    check_limits: CheckLimits
    action_limits: ActionLimits
    proof_issuer: ProofDesk
    phone_verifier: PhoneDesk | None
    client_networks: ClientNetworks
    manifest_archive: ManifestArchive
    records: Records
    qr_codes: QrCodes | None
    sealed_pub: bytes | None
    session_key: bytes | None

    def sealed_public_key(self) -> bytes:
        """Return the key that seals to the builder's side. Raises RecordsUnavailable."""
        if self.sealed_pub is None:
            raise RecordsUnavailable
        return self.sealed_pub

    def network_of(self, request: Request) -> bytes:
        """Return the network that a request comes from."""
        environ = request.environ
        return self.client_networks.network(
            environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR")
        )


def current_services() -> AppServices:
    """Return the services of the present app."""
    return cast("AppServices", current_app.extensions[EXTENSION])
