"""Exit codes and what is told with them: 0 done, 2 usage, 10 bad input, 11 refused, 12 not there.

1 is a bug; then type and lines are told, never the message, which may hold a value.
"""

import click

from app.commands.appeals import DecisionsRefused
from app.commands.canary import CanaryLost, PublicAddressSilent
from app.evaluators.pool import SocketRefused
from app.factory import PrivateKeyReadable, SigningKeyReadable
from app.i18n import TranslationsMissing
from app.indexes.rollback_guard import StateUnusable
from app.logs import lines_of
from app.people_list import PeopleListRefused
from app.posters.fonts import FontMissing
from app.posters.layout import PosterTooFull
from app.records.counter_audit import AuditBroken
from app.records.database import RecordsUnavailable
from app.server.gunicorn_server import AddressTaken
from app.services import EvaluatorNotChosen
from app.settings import SettingsInvalid
from app.web.assets import BundleMissing
from exposure_index.crypto.keys import KeyFault
from exposure_index.errors import Refused
from exposure_index.remote.service import CannotAnswer, ServiceUnreachable

BUG = 1
USAGE = 2
BAD_INPUT = 10
REFUSED = 11
NOT_THERE = 12

IN_WORDS: dict[type[Exception], str] = {
    SigningKeyReadable: (
        "the key `signing` can be read here. Whoever takes over the web service could publish a "
        "false index: give the service a keys directory without `signing` and `sealed`"
    ),
    AddressTaken: (
        "cannot listen there: the port is taken or the address is not of this machine; choose "
        "another with PORT=8001 or HOST=127.0.0.1"
    ),
    RecordsUnavailable: (
        "the records cannot be reached or used now: look at GAUGE_DATABASE_URL, GAUGE_STATE_DIR "
        "and the key `records`"
    ),
    StateUnusable: (
        "what was served before cannot be read or written now: look at highest-seq.json "
        "and latest-time.txt in GAUGE_STATE_DIR; docs/playbooks/alerts.md (the state) tells the "
        "way out"
    ),
}

ABSENCES = (
    AddressTaken,
    BundleMissing,
    EvaluatorNotChosen,
    FontMissing,
    PublicAddressSilent,
    RecordsUnavailable,
    ServiceUnreachable,
    SocketRefused,
    StateUnusable,
    TranslationsMissing,
)
REFUSALS = (
    AuditBroken,
    CanaryLost,
    CannotAnswer,
    KeyFault,
    PrivateKeyReadable,
    Refused,
    SigningKeyReadable,
)


def exit_code(error: Exception) -> int:
    """Return the exit code of an error."""
    if isinstance(error, click.ClickException):
        return error.exit_code
    if isinstance(error, SettingsInvalid | PosterTooFull):
        return USAGE
    if isinstance(error, ABSENCES):
        return NOT_THERE
    if isinstance(error, REFUSALS):
        return REFUSED
    if isinstance(error, DecisionsRefused | PeopleListRefused):
        return BAD_INPUT
    return BUG


def explanation(error: Exception) -> str:
    """Return what to tell the operator of an error."""
    if isinstance(error, SettingsInvalid):
        return "settings cannot be used:\n" + "\n".join(f"  {fault}" for fault in error.faults)
    for kind, words in IN_WORDS.items():
        if isinstance(error, kind):
            return words
    if exit_code(error) == BUG:
        return f"a bug: {type(error).__name__} at {', '.join(lines_of(error)[-3:])}"
    return str(error)
