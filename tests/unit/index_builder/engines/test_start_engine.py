"""What is said where Spark cannot start, and what it is told where it can; no Spark is started."""

import sys

import pytest
from click.testing import CliRunner

from exposure_index.crypto.keygen import generate_keys
from index_builder.commands import main
from index_builder.engines.engine import EngineUnavailable
from index_builder.engines.engine_choice import EngineChoice, SparkChoice
from index_builder.engines.spark_settings import check_java, spark_settings
from index_builder.engines.start_engine import start_engine

USAGE = 2
UNAVAILABLE = 12
CLUSTER = SparkChoice("spark://master:7077")


def java_that_says(folder, version):
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    program.chmod(0o755)
    return {"JAVA_HOME": str(folder)}


@pytest.mark.parametrize("version", ["1.8.0_352", "11.0.2"])
def test_an_old_java_is_refused_with_the_way_out(tmp_path, version):
    with pytest.raises(EngineUnavailable, match="apt-get install openjdk-17-jre-headless"):
        check_java(java_that_says(tmp_path, version))


@pytest.mark.parametrize("version", ["17.0.15", "21.0.1", "25"])
def test_java_17_and_later_will_do(tmp_path, version):
    check_java(java_that_says(tmp_path, version))


def test_the_command_without_java_exits_12_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    generate_keys(tmp_path / "keys")
    places = {"source": "", "keys": "keys", "out": "out", "work": "work"}
    options = [part for name, at in places.items() for part in (f"--{name}", str(tmp_path / at))]
    done = CliRunner().invoke(main, ["build", "--engine", "spark", *options])
    assert (UNAVAILABLE, True) == (done.exit_code, "Java 17" in done.output)
    assert [] == list((tmp_path / "work").iterdir())


def test_without_pyspark_it_is_told_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "index_builder.engines.on_spark", None)
    monkeypatch.setattr("index_builder.engines.start_engine.check_java", lambda _: None)
    with pytest.raises(EngineUnavailable, match=r"pip install '\.\[builder,spark\]'"):
        start_engine(EngineChoice("spark"), tmp_path)


def test_spark_connect_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("index_builder.engines.start_engine.check_java", lambda _: None)
    with pytest.raises(EngineUnavailable, match="Spark Connect"):
        start_engine(EngineChoice("spark", spark=SparkChoice("sc://cluster:15002")), tmp_path)


def test_a_setting_that_is_none_of_sparks_is_a_fault_of_usage():
    done = CliRunner().invoke(main, ["build", "--spark-set", "executor.memory=16g"])
    assert (USAGE, True) == (done.exit_code, "spark.executor.memory=16g" in done.output)


@pytest.mark.parametrize(
    ("memory", "heap"), [("8GB", "8192m"), ("1.5GiB", "1536m"), ("900MB", "900m")]
)
def test_memory_is_the_heap_of_the_driver(tmp_path, memory, heap):
    assert heap == spark_settings(SparkChoice(), tmp_path, memory)["spark.driver.memory"]


def test_too_little_memory_is_said_before_spark_starts(tmp_path):
    with pytest.raises(EngineUnavailable, match="--memory"):
        spark_settings(SparkChoice(), tmp_path, "100MB")


def test_on_this_machine_all_that_is_spilled_stays_in_the_private_folder(tmp_path):
    settings = spark_settings(SparkChoice(), tmp_path, "1GB")
    assert str(tmp_path / "spill") == settings["spark.local.dir"]
    assert "127.0.0.1" == settings["spark.driver.bindAddress"]


def test_on_a_cluster_what_executors_spill_is_encrypted(tmp_path):
    settings = spark_settings(CLUSTER, tmp_path, "1GB")
    assert "true" == settings["spark.io.encryption.enabled"]
    assert "spark.local.dir" not in settings


@pytest.mark.parametrize("choice", [SparkChoice(), CLUSTER])
def test_no_log_of_spark_is_kept(tmp_path, choice):
    settings = spark_settings(choice, tmp_path, "1GB")
    assert ("false", "false") == (
        settings["spark.eventLog.enabled"],
        settings["spark.ui.enabled"],
    )


def test_what_the_operator_sets_goes_first(tmp_path):
    choice = SparkChoice("local[2]", (("spark.sql.shuffle.partitions", "64"),))
    assert "64" == spark_settings(choice, tmp_path, "1GB")["spark.sql.shuffle.partitions"]
