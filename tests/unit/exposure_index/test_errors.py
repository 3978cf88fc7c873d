"""One table of exit codes: which error of either program ends a command with which."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import app
import exposure_index
import index_builder
import tables
from app.bulk.purging import PurgeIncomplete
from app.bulk.results.receipts import ReceiptRefused
from app.commands.canary import CanaryLost, PublicAddressSilent
from app.commands.corrections import DecisionsRefused
from app.commands.organisation_audit import StillHeld
from app.commands.records import RecordsMissing
from app.evaluators.pool import SocketRefused
from app.factory import PrivateKeyReadable, SigningKeyReadable
from app.i18n import TranslationsMissing
from app.indexes.rollback_guard import StateUnusable
from app.posters.fonts import FontMissing
from app.posters.layout import PosterTooFull
from app.private_lists.checking import CheckingDied
from app.private_lists.list_file import StaffListRefused
from app.private_lists.list_output import OutputTooSmall
from app.private_lists.list_rows import ListChanged
from app.private_lists.progress_file import ProgressDamaged, ProgressInUse
from app.records.audit_chain import AuditBroken
from app.records.database import RecordsUnavailable
from app.server.gunicorn_server import AddressTaken
from app.services import EvaluatorNotChosen
from app.settings.whole import SettingsInvalid
from app.web.assets import BundleMissing
from exposure_index.crypto.keygen import KeysExist
from exposure_index.crypto.keys import KeyFault
from exposure_index.errors import ExitCode, ForeseenError, IndexDamaged, Refused
from exposure_index.messages.export_lines import ExportUnreadable
from exposure_index.remote.http_transport import AddressInvalid
from exposure_index.remote.remote_index import CannotAnswer, ServiceUnreachable
from index_builder.commands.notices import MappingUnusable, RowsRejected
from index_builder.corrections.request_table import TableRefused
from index_builder.engines.engine import EngineUnavailable
from index_builder.inquiries.import_replies import RepliesRefused
from index_builder.inquiries.ledger_file import LedgerUnusable
from index_builder.notices.decoding import NoticesUnreadable
from index_builder.rules.assignment import RuleSetOfAnotherDisease, RulesRefused
from index_builder.rules.rule_files import RuleFileRefused, RuleSetInvalid, RuleSetUnknown
from index_builder.sources.directory import SourceRefused
from tables.people_csv import PeopleListRefused

ROOT = Path(__file__).resolve().parents[3]
NOT_IMPORTED = ("__main__", "on_spark")  # the latter is an extra
CODES = {
    ExitCode.USAGE: {
        AddressInvalid,
        OutputTooSmall,
        PosterTooFull,
        ProgressInUse,
        RuleSetUnknown,
        RulesRefused,
        SettingsInvalid,
    },
    ExitCode.BAD_INPUT: {
        DecisionsRefused,
        ExportUnreadable,
        ListChanged,
        MappingUnusable,
        NoticesUnreadable,
        PeopleListRefused,
        RepliesRefused,
        RowsRejected,
        RuleFileRefused,
        RuleSetOfAnotherDisease,
        SourceRefused,
        StaffListRefused,
        TableRefused,
    },
    ExitCode.REFUSED: {
        AuditBroken,
        CanaryLost,
        CannotAnswer,
        IndexDamaged,
        KeyFault,
        KeysExist,
        PrivateKeyReadable,
        ReceiptRefused,
        Refused,
        SigningKeyReadable,
    },
    ExitCode.UNAVAILABLE: {
        AddressTaken,
        BundleMissing,
        CheckingDied,
        EngineUnavailable,
        EvaluatorNotChosen,
        FontMissing,
        LedgerUnusable,
        ProgressDamaged,
        PublicAddressSilent,
        PurgeIncomplete,
        RecordsMissing,
        RecordsUnavailable,
        RuleSetInvalid,
        ServiceUnreachable,
        SocketRefused,
        StateUnusable,
        StillHeld,
        TranslationsMissing,
    },
}


def descendants(kind):
    for one in kind.__subclasses__():
        yield one
        yield from descendants(one)


@pytest.fixture(scope="module")
def foreseen():
    """Every class that names an exit code; others have that of the class they are made of."""
    for package in (app, exposure_index, index_builder, tables):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(NOT_IMPORTED) and "migrations" not in module.name:
                importlib.import_module(module.name)
    packages = ("app.", "exposure_index.", "index_builder.", "tables.")
    return {
        kind
        for kind in descendants(ForeseenError)
        if kind.__module__.startswith(packages) and "exit_code" in vars(kind)
    }


@pytest.mark.parametrize("code", CODES)
def test_each_foreseen_error_ends_with_its_code(foreseen, code):
    assert CODES[code] == {kind for kind in foreseen if code is kind.exit_code}


def test_every_code_of_an_error_is_in_the_table(foreseen):
    assert set() == foreseen - set().union(*CODES.values())


def test_each_code_is_documented():
    rows = re.findall(
        r"^\| (\d+) \| `(\w+)`", (ROOT / "docs/exit-codes.md").read_text("utf-8"), re.MULTILINE
    )
    assert [(str(code.value), code.name) for code in ExitCode] == rows
