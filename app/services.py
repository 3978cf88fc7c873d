"""The application services: what create_app makes once and every request uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Protocol, cast

from flask import Request, current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.api_response import ApiResponse
from app.evaluators.reloading import ReloadingEvaluator
from app.evaluators.remote import RemoteEvaluator
from app.indexes.last_seen_time import LastSeenTime
from app.indexes.manifest_archive import ManifestArchive
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.private_builds import PrivateBuilds
from app.indexes.readiness import Readiness
from app.indexes.reloader import IndexReloader
from app.indexes.rollback_guard import RollbackGuard
from app.indexes.serving_policy import ServingPolicy
from app.indexes.store import IndexStore
from app.limits.actions import ActionLimits, action_limits
from app.limits.check_limiter import CheckLimits, check_limits
from app.limits.client_networks import ClientNetworks
from app.limits.page_limits import PageLimits
from app.limits.pseudonyms import DailyPseudonyms
from app.limits.shared_memory import SharedLimits, random_key
from app.phones.verifier import PhoneVerifier, VerifierStores
from app.posters.qr_codes import QrCodes
from app.proofs.issuer import ProofIssuer
from app.records.database import Records, RecordsUnavailable, open_records
from app.settings import Settings
from app.store_watch import StoreWatch
from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.messages.sms_gateway import HttpSmsGateway
from exposure_index.private.evaluation import Evaluator

EXTENSION = "gauge"
REDIS_TIMEOUT_SECONDS = 0.25


class EvaluatorNotChosen(ForeseenError):
    """A process is to evaluate, and nobody started one or said where it listens."""

    exit_code = ExitCode.UNAVAILABLE


class ResponseCache(Protocol):
    """Answers from memory what is the same for everybody (app/web/page_cache.py)."""

    def respond(
        self, method: str, path: str, query: str, headers: Mapping[str, str]
    ) -> ApiResponse | None:
        """Return a whole response, None where the framework shall make it; waits for nothing."""

    def warm(self) -> None:
        """Begin to fill the memory, in a thread."""


class NoResponseCache:
    """Where there is no app yet: nothing is in memory."""

    def respond(
        self, _method: str, _path: str, _query: str, _headers: Mapping[str, str]
    ) -> ApiResponse | None:
        """Return None."""
        return None

    def warm(self) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True, repr=False)  # some fields are keys
class AppServices:
    """One container of everything that outlives a request.

    qr_codes, sealed_pub and session_key: None where their key is missing. phone_verifier: None
    where no telephone is verified. redis: None where each machine counts alone. limits_key: of the
    pseudonyms under which limits count.
    """

    settings: Settings
    redis: Redis | None
    limits_key: bytes
    indexes: IndexStore
    private_builds: PrivateBuilds
    reloader: IndexReloader
    check_limits: CheckLimits
    action_limits: ActionLimits
    page_limits: PageLimits
    proof_issuer: ProofIssuer
    phone_verifier: PhoneVerifier | None
    client_networks: ClientNetworks
    manifest_archive: ManifestArchive
    records: Records
    store_watch: StoreWatch
    qr_codes: QrCodes | None
    sealed_pub: bytes | None
    session_key: bytes | None
    page_cache: ResponseCache = field(default_factory=NoResponseCache)

    def sealed_public_key(self) -> bytes:
        """Return the key that seals to the builder's side. Raises RecordsUnavailable."""
        if self.sealed_pub is None:
            raise RecordsUnavailable
        return self.sealed_pub

    def readiness(self) -> Readiness:
        """Return whether checks are answered now, and what is wrong with whatever stands beside.

        As the last looks in the background found it: nothing is looked up and no store is asked.
        """
        faults = self.store_watch.faults()
        return replace(
            self.reloader.readiness(), records_faults=faults.records, limits_faults=faults.limits
        )

    def start_looks(self) -> None:
        """Look again and again, in threads, until ``stop_looks``; the stores are asked once now."""
        self.store_watch.start()
        self.reloader.start(self.settings.index_reload_seconds)

    def stop_looks(self) -> None:
        """Let the threads of the looks end."""
        self.reloader.stop()
        self.store_watch.stop()

    def network_of(self, request: Request) -> bytes:
        """Return the network that a request comes from."""
        return self.client_networks.network_of(request.environ)


def current_services() -> AppServices:
    """Return the services of the present app."""
    return cast("AppServices", current_app.extensions[EXTENSION])


def build_services(
    settings: Settings, evaluator: Evaluator | None = None, shared: SharedLimits | None = None
) -> AppServices:
    """Return the services of one process, with indexes opened as far as they can be.

    evaluator: who holds the private keys; None: who the settings name. shared: what the workers of
    this machine limit together; None: this process limits alone.
    Nothing runs in the background yet; ``gauge serve`` starts the reloading.
    Raises EvaluatorNotChosen or KeyFault.
    """
    keys = KeyRing.from_directory(settings.keys_dir)
    reloader = _index_reloader(settings, keys, evaluator or _evaluator(settings, keys))
    redis = _redis(settings)
    limits_key, altcha_key = shared_keys(settings, keys, shared)
    actions = action_limits(settings, limits_key, redis, shared)
    checks, records = check_limits(settings, limits_key, redis, shared), open_records(settings)
    qr_key = _optional_key(keys, "qr")
    return AppServices(
        settings=settings,
        redis=redis,
        limits_key=limits_key,
        indexes=reloader.indexes,
        private_builds=reloader.private_builds,
        reloader=reloader,
        check_limits=checks,
        action_limits=actions,
        page_limits=PageLimits(settings, limits_key, redis, shared),
        proof_issuer=ProofIssuer(
            altcha_key, settings, redis, claims=None if shared is None else shared.claims
        ),
        phone_verifier=_phone_verifier(
            settings, keys, VerifierStores(actions, DailyPseudonyms(limits_key), redis, shared)
        ),
        client_networks=ClientNetworks(settings.trusted_proxies),
        manifest_archive=reloader.manifest_archive,
        records=records,
        store_watch=StoreWatch(records.fault, partial(_limits_fault, settings, checks)),
        qr_codes=None if qr_key is None else QrCodes(qr_key),
        sealed_pub=_optional_key(keys, "sealed.pub"),
        session_key=_optional_key(keys, "session"),
    )


def _limits_fault(settings: Settings, limits: CheckLimits) -> str:
    return "limits_off" if settings.limits == "off" else limits.fault


def shared_keys(
    settings: Settings, keys: KeyRing, shared: SharedLimits | None = None
) -> tuple[bytes, bytes]:
    """Return the keys ``limits`` and ``altcha``, the same in all workers and machines.

    Without Redis machines share nothing: a key that is not given is then one of this machine's
    workers, or where they share none, of this process alone. Raises KeyFault.
    """

    def key(name: str, instead: bytes) -> bytes:
        if keys.has(name) or settings.redis_url is not None:
            return keys.bytes(name)
        return instead

    if shared is None:
        return key("limits", random_key()), key("altcha", random_key())
    return key("limits", shared.limits_key), key("altcha", shared.altcha_key)


def make_index_store(settings: Settings, keys: KeyRing, clock: MonotonicClock) -> IndexStore:
    """Return the indexes of a deployment, none of them open yet: whoever answers opens the same."""
    return IndexStore(
        settings.index_dir,
        keys,
        RollbackGuard(settings.state_dir),
        clock.now,
        ServingPolicy(
            frozenset(settings.authorities),
            timedelta(hours=settings.stale_after_hours) or None,
        ),
    )


def _index_reloader(settings: Settings, keys: KeyRing, evaluator: Evaluator) -> IndexReloader:
    clock = MonotonicClock(last_seen=LastSeenTime(settings.state_dir))
    indexes = make_index_store(settings, keys, clock)
    private_builds = PrivateBuilds(settings.index_dir, keys, evaluator, clock)
    archive = ManifestArchive(settings.index_dir)
    reloader = IndexReloader(indexes, private_builds, archive, clock)
    reloader.reload()
    return reloader


def _evaluator(settings: Settings, keys: KeyRing) -> Evaluator:
    if settings.evaluator == "embedded":
        return ReloadingEvaluator(keys)
    if settings.evaluator_socket is None:
        message = "only `gauge serve` starts an evaluator; else set GAUGE_EVALUATOR_SOCKET"
        raise EvaluatorNotChosen(message)
    return RemoteEvaluator(settings.evaluator_socket)


def _redis(settings: Settings) -> Redis | None:
    if settings.redis_url is None:
        return None
    client: Redis = Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return client


def _phone_verifier(
    settings: Settings, keys: KeyRing, stores: VerifierStores
) -> PhoneVerifier | None:
    if settings.phone_verification == "off":
        return None
    gateway = HttpSmsGateway(settings.sms_gateway_url, keys.text("sms_token"))
    return PhoneVerifier(keys.bytes("session"), settings, gateway, stores)


def _optional_key(keys: KeyRing, name: str) -> bytes | None:
    return keys.bytes(name) if keys.has(name) else None
