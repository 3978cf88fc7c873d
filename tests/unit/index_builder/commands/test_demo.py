def test_the_demo_says_where_to_look(run, tmp_path):
    done = run("demo", tmp_path / "demo")
    assert 0 == done.exit_code, done.output
    assert str(tmp_path / "demo" / "people.csv") in done.stdout
    assert (tmp_path / "demo" / "people.csv").is_file()
    assert not (tmp_path / "demo" / "to-try.csv").exists()


def test_the_demo_of_a_day_says_whom_to_ask_about(run, tmp_path):
    done = run("demo", tmp_path / "demo", "--as-of", "2026-11-30")
    assert 0 == done.exit_code, done.output
    assert str(tmp_path / "demo" / "to-try.csv") in done.stdout
    assert (tmp_path / "demo" / "to-try.csv").is_file()
