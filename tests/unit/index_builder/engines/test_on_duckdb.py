"""What DuckDB stores under a name."""

import pyarrow as pa
import pytest

from index_builder.engines.on_duckdb import DuckDbEngine


@pytest.fixture
def engine(tmp_path):
    engine = DuckDbEngine(tmp_path, "1GB")
    yield engine
    engine.close()


def test_a_table_takes_the_place_of_the_one_that_it_is_made_of(engine):
    numbers = engine.store("numbers", pa.table({"n": [1, 2]}))
    engine.keep("numbers", numbers.filter(numbers.n > 1))
    assert [2] == engine.table("numbers").to_pyarrow()["n"].to_pylist()


def test_a_kept_table_has_the_types_of_its_expression(engine):
    numbers = engine.store("numbers", pa.table({"n": pa.array([1, 2], "int64")}))
    kept = engine.keep("small", numbers.select(n=numbers.n.cast("int16")))
    assert "int16" == str(kept.schema()["n"])
