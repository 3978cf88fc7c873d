"""Limit of all pages but self-checks: requests of a network, by Flask-Limiter."""

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask_limiter import ApplicationLimit, Limiter
from redis import Redis

from app.limits.client_networks import ClientNetworks, wider_networks
from app.limits.pseudonyms import NETWORK, DailyPseudonyms
from app.limits.windows import WindowMemory
from app.settings import Settings

# guarded by the lean limits of app/limits/check_limiter.py instead
CHECK_ENDPOINTS = frozenset(
    {"checks_api.answer_check", "check.answer_check", "evaluations_api.evaluate"}
)
# a network may hold hundreds of kiosks: counted by kiosk once the signature is verified, and by
# network where there is no good one (app/kiosk/api/authentication.py)
SIGNED_ENDPOINTS = frozenset(
    {
        "kiosk_checkins_api.take_batch",
        "kiosk_checks_api.check_visitor",
        "kiosk_roster_api.show_table",
        "kiosk_sync_api.sync_kiosk",
    }
)
# a supervisor asks often, from the address of the proxy it shares with everybody; it costs nothing
FREE_ENDPOINTS = frozenset({"health.alive"})
UNCOUNTED_ENDPOINTS = CHECK_ENDPOINTS | SIGNED_ENDPOINTS | FREE_ENDPOINTS
# the hot path does not even ask whether it is exempt: that alone takes a tenth of its time
NOWHERE = "nowhere"  # no view: Flask-Limiter would let it pass uncounted
UNHOOKED_BLUEPRINTS = frozenset({"checks_api", "evaluations_api"})


def guard_pages(
    app: Flask, settings: Settings, networks: ClientNetworks, key: bytes, redis: Redis | None
) -> None:
    """Count every request of a network but self-checks and what kiosks sign.

    Too many raise RateLimitExceeded. Called when every blueprint is registered; a test asks
    each route for its limit.
    """
    pseudonyms = DailyPseudonyms(key)

    def network() -> bytes:
        environ = request.environ
        return networks.network(environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR"))

    def limit_around(place: int, times: int) -> ApplicationLimit:
        return ApplicationLimit(
            _per_window(settings, times),
            key_function=lambda: pseudonyms.of(NETWORK, wider_networks(network())[place]).hex(),
            exempt_when=lambda: not wider_networks(network()),
        )

    limiter = Limiter(
        lambda: pseudonyms.of(NETWORK, network()).hex(),
        application_limits=[
            _per_window(settings),
            *[limit_around(*wider) for wider in enumerate(settings.wider_times)],
        ],
        enabled=settings.limits == "on",
        request_identifier=lambda: request.endpoint or NOWHERE,
        storage_uri=_storage_uri(settings),
        storage_options={} if redis is None else {"connection_pool": redis.connection_pool},  # type: ignore[dict-item]
        in_memory_fallback_enabled=redis is not None,
        key_prefix="gauge-pages",
        strategy="fixed-window",
    )
    limiter.request_filter(lambda: request.endpoint in UNCOUNTED_ENDPOINTS)
    limiter.init_app(app)
    if limiter.enabled:
        _hook_only_into(app, set(app.blueprints) - UNHOOKED_BLUEPRINTS)


def _per_window(settings: Settings, times: int = 1) -> str:
    return f"{settings.network_pages * times} per {settings.network_pages_seconds} second"


def _hook_only_into(app: Flask, blueprints: set[str]) -> None:
    """Take the three hooks that init_app added last to every request to these blueprints only."""
    kinds: tuple[Any, ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
    )
    for hooks in kinds:
        hook = hooks[None].pop()
        if hooks is app.before_request_funcs:
            app.before_request(_unless_routed(hook))
        for blueprint in blueprints:
            hooks.setdefault(blueprint, []).append(hook)


def _unless_routed(count: Callable[[], object]) -> Callable[[], None]:
    """Return a hook that counts what leads to no view: unknown paths, wrong methods."""

    def hook() -> None:
        if request.routing_exception is not None:
            count()

    return hook


def _storage_uri(settings: Settings) -> str:
    if settings.redis_url is not None:
        return settings.redis_url.get_secret_value()
    return f"{WindowMemory.STORAGE_SCHEME[0]}://"
