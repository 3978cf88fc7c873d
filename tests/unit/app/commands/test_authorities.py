import json


def test_an_authority_is_forgotten_by_its_name(gauge_with_state, tmp_path):
    state = tmp_path / "highest-seq.json"
    known = {"ring:": {"甲": 7}, "ring:east": {"乙": 2}, "0a" * 32: {"丁": 1}}
    state.write_text(json.dumps(known), "utf-8")
    assert [
        "丁: seq 1, with keys that an earlier release did not name",
        "乙: seq 2, with the keys in GAUGE_KEYS_DIR/east",
        "甲: seq 7, with the keys of the service",
    ] == gauge_with_state("authorities", "list").output.splitlines()
    assert 2 == gauge_with_state("authorities", "forget", "丙").exit_code
    assert [0, 0] == [gauge_with_state("authorities", "forget", name).exit_code for name in "乙丁"]
    assert {"ring:": {"甲": 7}} == json.loads(state.read_bytes())


def test_a_damaged_state_is_told_and_left_as_it_is(gauge_with_state, tmp_path):
    (tmp_path / "highest-seq.json").write_text("{")
    error = gauge_with_state("authorities", "forget", "甲").exception
    assert (12, True) == (error.exit_code, "highest-seq.json" in error.explanation)
    assert "docs/playbooks/alerts.md" in error.explanation
    assert "{" == (tmp_path / "highest-seq.json").read_text()
