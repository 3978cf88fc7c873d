"""Limit of all pages but self-checks: requests of a network, by Flask-Limiter."""

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask_limiter import ApplicationLimit, Limiter
from redis import Redis, RedisError

from app.limits.client_networks import ClientNetworks, wider_networks
from app.limits.page_limits import KEY_PREFIX, PageLimits, per_window
from app.limits.windows import WindowStorage
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
# of a request that the page cache makes itself; no client can set what is not a header
UNCOUNTED_VARIABLE = "gauge.uncounted"
NOWHERE = "nowhere"  # no view: Flask-Limiter would let it pass uncounted


class PageLimiter(Limiter):
    """Flask-Limiter that counts in memory in every thread that finds Redis gone.

    Its own does so in the first one only: the others, which waited for Redis meanwhile, answer 500.
    """

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        try:
            super()._check_request_limit(callable_name, in_middleware)
        except RedisError:
            self.context.seen_limits.clear()
            super()._check_request_limit(callable_name, in_middleware)


def guard_pages(
    app: Flask,
    settings: Settings,
    networks: ClientNetworks,
    limits: PageLimits,
    redis: Redis | None,
) -> None:
    """Count every request of a network but self-checks and what kiosks sign.

    Where: in Redis, else in memory, as ``limits``, which whoever asks no framework counts by.
    Too many raise RateLimitExceeded. Called when every blueprint is registered; a test asks
    each route for its limit.
    """

    def network() -> bytes:
        return networks.network_of(request.environ)

    def limit_around(place: int, times: int) -> ApplicationLimit:
        return ApplicationLimit(
            per_window(settings, times),
            key_function=lambda: limits.key_of(wider_networks(network())[place]),
            exempt_when=lambda: not wider_networks(network()),
        )

    limiter = PageLimiter(
        lambda: limits.key_of(network()),
        application_limits=[
            per_window(settings),
            *[limit_around(*wider) for wider in enumerate(settings.wider_times)],
        ],
        enabled=settings.limits == "on",
        request_identifier=lambda: request.endpoint or NOWHERE,
        storage_uri=_storage_uri(settings),
        storage_options=_storage_options(limits, redis),  # type: ignore[arg-type]
        in_memory_fallback_enabled=redis is not None,
        key_prefix=KEY_PREFIX,
        strategy="fixed-window",
    )
    limiter.request_filter(
        lambda: request.endpoint in UNCOUNTED_ENDPOINTS or UNCOUNTED_VARIABLE in request.environ
    )
    limiter.init_app(app)
    if limiter.enabled:
        _pass_checks_by(app)


def _pass_checks_by(app: Flask) -> None:
    """Spare checks the three hooks that init_app added last, which only ask whether to count."""
    kinds: tuple[Any, ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
    )
    for hooks in kinds:
        hooks[None].append(_unless_check(hooks[None].pop()))


def _unless_check(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Return the hook for all but checks; of these a response passes as it is."""

    def call(*arguments: object) -> object:
        if request.endpoint in CHECK_ENDPOINTS:
            return arguments[0] if arguments else None
        return hook(*arguments)

    return call


def _storage_uri(settings: Settings) -> str:
    if settings.redis_url is not None:
        return settings.redis_url.get_secret_value()
    return f"{WindowStorage.STORAGE_SCHEME[0]}://"


def _storage_options(limits: PageLimits, redis: Redis | None) -> dict[str, object]:
    return {"table": limits.table} if redis is None else {"connection_pool": redis.connection_pool}
