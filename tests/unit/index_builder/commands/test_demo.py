def test_the_demo_says_where_to_look(run, tmp_path):
    done = run("demo", tmp_path / "demo")
    assert 0 == done.exit_code, done.output
    assert str(tmp_path / "demo" / "people.csv") in done.stdout
    assert (tmp_path / "demo" / "people.csv").is_file()
