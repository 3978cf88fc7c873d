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


def test_a_list_of_nobody_says_so(gauge_with_state):
    listed = gauge_with_state("authorities", "list")
    assert (0, "") == (listed.exit_code, listed.stdout)
    assert "none: no index was served yet" in listed.stderr


def test_a_damaged_state_is_told_and_left_as_it_is(gauge_with_state, tmp_path):
    (tmp_path / "highest-seq.json").write_text("{")
    error = gauge_with_state("authorities", "forget", "甲").exception
    assert (12, True) == (error.exit_code, "highest-seq.json" in error.explanation)
    assert "docs/playbooks/alerts.md" in error.explanation
    assert "{" == (tmp_path / "highest-seq.json").read_text()


def test_whoever_is_named_and_was_never_served_is_told_as_such(
    gauge_with_state, tmp_path, monkeypatch
):
    monkeypatch.setenv("GAUGE_AUTHORITIES", "甲,丙")
    (tmp_path / "highest-seq.json").write_text(json.dumps({"ring:": {"甲": 7}}), "utf-8")
    output = gauge_with_state("authorities", "list").output.splitlines()
    assert "丙: named by GAUGE_AUTHORITIES, never served" == output[1]
    assert "GAUGE_AUTHORITIES" in gauge_with_state("authorities", "forget", "丙").output
    assert "still names it" in gauge_with_state("authorities", "forget", "甲").output


def test_whoever_is_forgotten_and_has_keys_still_is_told_the_way_out(
    gauge_with_state, tmp_path, monkeypatch
):
    (tmp_path / "keys" / "east").mkdir(parents=True)
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(tmp_path / "keys"))
    (tmp_path / "highest-seq.json").write_text(json.dumps({"ring:east": {"乙": 2}}), "utf-8")
    output = gauge_with_state("authorities", "forget", "乙").output
    assert "remove east from GAUGE_KEYS_DIR" in output
