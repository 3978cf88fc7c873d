"""Options that several commands have: the same name, default and check in each."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from exposure_index.messages.sms_gateway import GatewayAddressInvalid, require_gateway_address
from index_builder.comparison import CHANGE_MAX_SHARE
from tables.text_encodings.encodings import CODECS

KEYS_VARIABLE = "GAUGE_KEYS_DIR"
DEFAULT_RULES = "nhc-2020-03"
REASON_MIN_CHARACTERS = 3

_PERCENT = re.compile(r"([0-9]{1,4}(?:\.[0-9]+)?) ?%?")


def keys_option(help_text: str, *, required: bool = True) -> Callable[..., Any]:
    """Return --keys; where it is not given, the service's variable names the directory."""
    return click.option(
        "--keys",
        required=required,
        envvar=KEYS_VARIABLE,
        show_envvar=True,
        type=click.Path(path_type=Path),
        help=help_text,
    )


def rules_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --rules and --unruled; the command is given one parameter, `rules`, a RuleAssignment."""

    @click.option(
        "--rules",
        default=DEFAULT_RULES,
        show_default=True,
        metavar="NAMES",
        help="Rule sets, each for its own disease: NAME,NAME or measles=NAME,covid-19=NAME; a NAME "
        "may be the path of your own .toml.",
    )
    @click.option(
        "--unruled",
        multiple=True,
        metavar="DISEASE",
        help="Leave out the cases of a disease that no rule set is for, and say so in every "
        "answer; may be repeated. Without it they are refused.",
    )
    @wraps(command)
    def with_rules(*args: object, rules: str, unruled: tuple[str, ...], **others: object) -> object:
        from index_builder.rules.assignment import parse_rules

        return command(*args, rules=parse_rules(rules, unruled), **others)

    return with_rules


def casework_option() -> Callable[..., Any]:
    """Return --casework; without it the folder is named after OUT, with -casework appended."""
    return click.option(
        "--casework",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Where inquiries and what must be remembered between builds are kept, never in OUT "
        "[default: OUT-casework].",
    )


encoding_option = click.option(
    "--encoding",
    type=click.Choice(list(CODECS), case_sensitive=False),
    metavar="NAME",
    callback=lambda _context, _option, value: value or "",
    help="Encoding of what proves to be neither UTF-8 nor GB18030: big5, euc-kr, shift_jis, "
    "windows-1252, …; any other word lists all. A file that proves its encoding keeps it.",
)


def _reason(_context: click.Context, _option: click.Parameter, value: str) -> str:
    text = " ".join(value.split())
    if len(text) < REASON_MIN_CHARACTERS:
        message = f"say who asks and why, in {REASON_MIN_CHARACTERS} characters or more"
        raise click.BadParameter(message)
    return text


# Nobody is told who is listed without saying why they ask.
reason_option = click.option(
    "--reason",
    required=True,
    callback=_reason,
    metavar="TEXT",
    help="Who asks and why; logged, without the identity, before anything is told.",
)


def _share(_context: click.Context, _option: click.Parameter, value: str) -> float:
    percent = _PERCENT.fullmatch(value)
    if not percent:
        message = "give a percentage such as 20%"
        raise click.BadParameter(message)
    return float(percent[1]) / 100


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `change_max` (a share, 0.2 for 20 %) and `accept_change` to what publishes."""
    command = click.option(
        "--change-max",
        default=f"{CHANGE_MAX_SHARE:.0%}",
        show_default=True,
        metavar="PERCENT",
        callback=_share,
        help="Publish without --accept-change while the number of people listed changes by no "
        "more than this (fewer than 5 people never count).",
    )(command)
    return click.option(
        "--accept-change",
        is_flag=True,
        help="Publish although more people than --change-max, or a whole table, mode or operator, "
        "come or go, or the authority has another name: you have seen the diff and it is right.",
    )(command)


def alert_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --watches, --sms-gateway and --service-url to what publishes.

    The command is given one parameter, `alerts`: an AlertOrder, None without --watches.
    """

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
    def with_order(
        *args: object,
        watches_file: Path | None,
        sms_gateway: str | None,
        service_url: str | None,
        **others: object,
    ) -> object:
        from index_builder.alerts.delivery import AlertOrder

        order = None
        if watches_file is not None:
            if not sms_gateway or not service_url:
                message = "--watches needs --sms-gateway and --service-url"
                raise click.UsageError(message)
            try:
                require_gateway_address(sms_gateway)
            except GatewayAddressInvalid:
                message = "--sms-gateway must be https://…, without a password in it"
                raise click.UsageError(message) from None
            order = AlertOrder(watches_file, sms_gateway, service_url)
        return command(*args, alerts=order, **others)

    return with_order
