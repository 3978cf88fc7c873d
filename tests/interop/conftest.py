"""The client, loaded as it runs: a file of its own that no package of this project holds."""

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
TABLES = Path(__file__).parents[2] / "exposure_index"


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def rules():
    return loaded("identity_rules")


@pytest.fixture(scope="session")
def tables(rules):
    return rules.Tables(TABLES)


@pytest.fixture(scope="session")
def client(rules):
    return loaded("client")
