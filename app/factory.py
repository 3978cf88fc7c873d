"""create_app: the service put together from its settings."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app import bundle, health
from app.current_index import CurrentIndex
from app.evaluators.remote import RemoteEvaluator
from app.evaluators.watched_keys import WatchedKeys, can_read_private_keys
from app.highest_seq import HighestSeq
from app.index_watch import IndexWatch
from app.kept_time import KeptTime
from app.keys_of_indexes import every_ring
from app.languages import register_languages
from app.limits.actions import action_limits
from app.limits.checks import check_limits
from app.limits.codes import DailyCodes
from app.limits.pages import guard_pages
from app.logs import configure_logs
from app.manifest_archive import ManifestArchive
from app.metrics.counting import count_requests
from app.metrics.counts import WorkerCounts
from app.networks import ClientNetworks
from app.openapi import view as openapi_view
from app.page_context import register_page_context
from app.phones.desk import PhoneDesk, Stores
from app.private_builds import PrivateBuilds
from app.problems import register_problems
from app.proofs.desk import ProofDesk
from app.qr_codes import QrCodes
from app.query import check, checks_api, home, index_api, qr_entry
from app.query.browser_check import page as browser_check
from app.query.corrections import views as corrections
from app.query.counter import views as counter
from app.query.early_answers import EarlyWay, answer_early
from app.query.phone import views as phone
from app.query.private import buckets, evaluations_api
from app.query.private.quick_evaluations import QUICK_EVALUATION
from app.query.quick_checks import QUICK_CHECK
from app.query.trips import api as trips_api
from app.query.trips import page as trips
from app.query.watches import views as watches
from app.records.database import Records, records_url
from app.security_headers import register_security_headers
from app.service import EXTENSION, Service
from app.settings import Settings
from app.steady_clock import SteadyClock
from exposure_index.crypto.keys import KeyMissing, KeyRing
from exposure_index.messages.sms_gateway import HttpSmsGateway
from exposure_index.private.evaluation import Evaluator

REDIS_TIMEOUT_SECONDS = 0.25
EARLY_WAYS: Mapping[str, EarlyWay[Any]] = {
    checks_api.PATH: QUICK_CHECK,
    evaluations_api.PATH: QUICK_EVALUATION,
}
SHARED_KEYS = ("limits", "altcha")
VIEWS = (
    browser_check,
    buckets,
    bundle,
    check,
    checks_api,
    corrections,
    evaluations_api,
    health,
    home,
    index_api,
    openapi_view,
    qr_entry,
    trips,
    trips_api,
    watches,
)
BODY_MAX_BYTES = 4_096  # of views that say nothing else


class SigningKeyReadable(Exception):
    """The web tier could sign indexes: whoever took it over could publish a false one."""


class PrivateKeyReadable(Exception):
    """An evaluator holds the private keys apart, but the web tier could read one too."""


class EvaluatorNotChosen(Exception):
    """A process is to evaluate, and nobody started one or said where it listens."""


def require_startable(settings: Settings) -> None:
    """Return where create_app would not refuse; raises what it would raise."""
    keys = KeyRing.from_directory(settings.keys_dir)
    if not settings.demo and any(ring.has("signing") for ring in every_ring(keys)):
        raise SigningKeyReadable
    if settings.evaluator_socket and not settings.demo and can_read_private_keys(keys):
        message = (
            "a private key can be read here although an evaluator holds them apart: give the "
            "service a keys directory without private_<no>"
        )
        raise PrivateKeyReadable(message)
    for name in SHARED_KEYS:
        _shared_key(keys, name, shared=settings.redis_url is not None)
    if settings.phone_verification == "on":
        keys.bytes("session")
        keys.text("sms_token")
    bundle.bundle_names()


def create_app(
    settings: Settings, counts: WorkerCounts | None = None, evaluator: Evaluator | None = None
) -> Flask:
    """Return the service, with its indexes opened as far as they can be.

    counts: where requests are counted for Prometheus; None counts none. evaluator: who holds the
    private keys; None: who the settings name.
    Nothing runs in the background yet; ``gauge serve`` starts the reloading.
    Raises SigningKeyReadable, PrivateKeyReadable, EvaluatorNotChosen, KeyFault, TranslationsMissing
    or BundleMissing.
    """
    configure_logs(settings.log_level)  # first: an unconfigured logger would print local variables
    require_startable(settings)
    keys = KeyRing.from_directory(settings.keys_dir)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX_BYTES
    register_languages(app, settings.timezone)
    redis = _redis(settings)
    networks = ClientNetworks(settings.trusted_proxies)
    limits_key, altcha_key = (
        _shared_key(keys, name, shared=redis is not None) for name in SHARED_KEYS
    )
    clock = SteadyClock(kept=KeptTime(settings.state_dir))
    evaluates = evaluator or _evaluator(settings, keys)
    private = PrivateBuilds(settings.index_dir, keys, evaluates, clock)
    index = CurrentIndex(
        settings.index_dir,
        keys,
        HighestSeq(settings.state_dir),
        clock,
        stale_after=timedelta(hours=settings.stale_after_hours) or None,
    )
    watch = IndexWatch(index, private, clock)
    watch.look()
    app.extensions[EXTENSION] = Service(
        settings=settings,
        index=index,
        private=private,
        watch=watch,
        limits=check_limits(settings, limits_key, redis),
        action_limits=action_limits(settings, limits_key, redis),
        proofs=ProofDesk(altcha_key, settings, redis),
        phones=_phone_desk(settings, keys, limits_key, redis),
        networks=networks,
        archive=ManifestArchive(settings.index_dir),
        records=open_records(settings),
        qr_codes=_qr_codes(keys),
        sealed_pub=_key_if_there(keys, "sealed.pub"),
        session_key=_key_if_there(keys, "session"),
    )
    register_page_context(app)
    register_problems(app)
    if settings.phone_verification == "off":  # else the views ask for the telephone first
        answer_early(app, app.extensions[EXTENSION], EARLY_WAYS)
    register_security_headers(app, https=settings.base_url.startswith("https://"))
    for view in VIEWS:
        app.register_blueprint(view.bp)
    if settings.counter == "on":
        app.register_blueprint(counter.bp)
    if settings.phone_verification == "on":
        app.register_blueprint(phone.bp)
    guard_pages(app, settings, networks, limits_key, redis)
    if counts is not None:
        count_requests(app, counts)  # last: outside everything else
    return app


def _evaluator(settings: Settings, keys: KeyRing) -> Evaluator:
    if settings.evaluator == "embedded":
        return WatchedKeys(keys)
    if settings.evaluator_socket is None:
        message = "only `gauge serve` starts an evaluator; else set GAUGE_EVALUATOR_SOCKET"
        raise EvaluatorNotChosen(message)
    return RemoteEvaluator(settings.evaluator_socket)


def open_records(settings: Settings) -> Records:
    """Return the records of a deployment, not yet connected. Raises KeyFault."""
    keys = KeyRing.from_directory(settings.keys_dir)
    url = settings.database_url
    return Records(
        records_url(None if url is None else url.get_secret_value(), settings.state_dir),
        _key_if_there(keys, "records"),
    )


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


def _shared_key(keys: KeyRing, name: str, *, shared: bool) -> bytes:
    """Return a key of all workers; where none is given or shared, one of this process alone."""
    if keys.has(name) or shared:
        return keys.bytes(name)
    return secrets.token_bytes(32)


def _key_if_there(keys: KeyRing, name: str) -> bytes | None:
    return keys.bytes(name) if keys.has(name) else None


def _phone_desk(
    settings: Settings, keys: KeyRing, limits_key: bytes, redis: Redis | None
) -> PhoneDesk | None:
    if settings.phone_verification == "off":
        return None
    gateway = HttpSmsGateway(settings.sms_gateway_url, keys.text("sms_token"))
    limits = action_limits(settings, limits_key, redis)
    stores = Stores(limits, DailyCodes(limits_key), redis)
    return PhoneDesk(keys.bytes("session"), settings, gateway, stores)


def _qr_codes(keys: KeyRing) -> QrCodes | None:
    try:
        return QrCodes(keys.bytes("qr"))
    except KeyMissing:
        return None
