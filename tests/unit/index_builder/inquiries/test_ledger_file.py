from exposure_index.errors import ExitCode


def test_a_damaged_ledger_is_named_with_the_way_out(run, casework):
    (casework / "inquiries.sqlite").write_text("x" * 5000)
    done = run("list")
    assert ExitCode.UNAVAILABLE == done.exit_code
    assert "move it away" in done.output
