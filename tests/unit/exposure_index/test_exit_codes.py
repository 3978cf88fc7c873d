"""One table of exit codes: which error of either program ends a command with which."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import app
import exposure_index
import index_builder
from exposure_index.errors import ExitCode, ForeseenError

ROOT = Path(__file__).resolve().parents[3]
SPARK = "index_builder.engines.on_spark"  # an extra
CODES = {
    ExitCode.USAGE: {"PosterTooFull", "RuleSetUnknown", "RulesRefused", "SettingsInvalid"},
    ExitCode.BAD_INPUT: {
        "DecisionsRefused",
        "ExportUnreadable",
        "NoticesUnreadable",
        "PeopleFileRefused",
        "PeopleListRefused",
        "RepliesRefused",
        "RowsRejected",
        "RuleFileRefused",
        "SourceRefused",
        "TableRefused",
    },
    ExitCode.REFUSED: {
        "AuditBroken",
        "CanaryLost",
        "CanaryRefused",
        "CannotAnswer",
        "ChainBroken",
        "ChangeNotAccepted",
        "ChecksumRefused",
        "Expired",
        "IdentityTableRefused",
        "IndexDamaged",
        "KeyFault",
        "KeyInTwoPlaces",
        "KeyInvalid",
        "KeyMissing",
        "KeyRefused",
        "KeysExist",
        "Malformed",
        "PrivateKeyReadable",
        "Refused",
        "RolledBack",
        "SignatureRefused",
        "SigningKeyReadable",
    },
    ExitCode.UNAVAILABLE: {
        "AddressTaken",
        "BundleMissing",
        "EngineUnavailable",
        "EvaluatorNotChosen",
        "FontMissing",
        "LedgerUnusable",
        "PublicAddressSilent",
        "RecordsUnavailable",
        "RuleSetInvalid",
        "ServiceUnreachable",
        "SocketRefused",
        "StateUnusable",
        "TranslationsMissing",
    },
}


def descendants(kind):
    for one in kind.__subclasses__():
        yield one
        yield from descendants(one)


@pytest.fixture(scope="module")
def foreseen():
    for package in (app, exposure_index, index_builder):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            last = module.name.rpartition(".")[2]
            if module.name != SPARK and last != "__main__" and "migrations" not in module.name:
                importlib.import_module(module.name)
    packages = ("app.", "exposure_index.", "index_builder.")
    return {kind for kind in descendants(ForeseenError) if kind.__module__.startswith(packages)}


@pytest.mark.parametrize("code", CODES)
def test_each_foreseen_error_ends_with_its_code(foreseen, code):
    assert CODES[code] == {kind.__name__ for kind in foreseen if code is kind.exit_code}


def test_every_foreseen_error_has_a_code(foreseen):
    assert set() == {kind.__name__ for kind in foreseen} - set().union(*CODES.values())


def test_each_code_is_documented():
    rows = re.findall(
        r"^\| (\d+) \| `(\w+)`", (ROOT / "docs/exit-codes.md").read_text("utf-8"), re.MULTILINE
    )
    assert [(str(code.value), code.name) for code in ExitCode] == rows
