import importlib.util
import tarfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def frozen():
    """The module that made the frozen index, with its people, label and keys."""
    spec = importlib.util.spec_from_file_location("frozen", HERE / "make_frozen_index.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def frozen_index(frozen, tmp_path_factory):
    """The index as it was published when the format was fixed."""
    folder = tmp_path_factory.mktemp("frozen")
    with tarfile.open(frozen.ARCHIVE) as archive:
        # Python 3.11.2 of Debian 12 has no argument for it
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(folder)  # noqa: S202 - our own archive
    return folder / "out"


@pytest.fixture(scope="session")
def frozen_keys(frozen, tmp_path_factory):
    """The invented keys and the trust in them."""
    return frozen.place_keys(tmp_path_factory.mktemp("frozen_keys") / "keys")
