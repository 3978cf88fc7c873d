"""`notices` as a command; what it reads and writes is tested beside the code."""

import csv

from exposure_index.errors import ExitCode

HEADINGS = "id,kind,date,start,end,number,carriage,note,board,alight\n"
TRAIN = (
    "1,train,2020-01-20,2020/01/20 08:00:00,2020/01/20 09:00:00,G1234,8号车厢,座位：12F,武汉,长沙\n"
)


def test_notices_come_out_in_one_form(run, tmp_path):
    (tmp_path / "notices.csv").write_text(HEADINGS + TRAIN, "utf-8")
    done = run("notices", tmp_path / "notices.csv", "--out", tmp_path / "trips.csv")
    assert 0 == done.exit_code, done.output
    with (tmp_path / "trips.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert ("train", "G1234", "8", "12F") == tuple(
        row[name] for name in ("mode", "number", "carriage", "seats")
    )
    assert "1 rows read, 1 accepted, 0 rejected" in done.stdout


def test_the_control_total_balances_used_duplicates_and_rejects(run, tmp_path):
    text = HEADINGS + TRAIN * 30 + TRAIN.replace("2020-01-20", "1月20日")
    (tmp_path / "notices.csv").write_text(text, "utf-8")
    order = ("notices", tmp_path / "notices.csv", "--out", tmp_path / "trips.csv")
    assert "control total: 31 = 1 used + 29 duplicates + 1 rejected" in run(*order).stdout
    done = run(*order, "--published", "2020-02-05")
    assert "control total: 31 = 1 used + 30 duplicates + 0 rejected" in done.stdout


def test_more_than_five_percent_rejects_exit_with_bad_input(run, tmp_path):
    unknown = TRAIN.replace("G1234", "未知")
    (tmp_path / "notices.csv").write_text(HEADINGS + TRAIN * 10 + unknown, "utf-8")
    done = run("notices", tmp_path / "notices.csv", "--out", tmp_path / "trips.csv")
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "trips.csv.rejects.csv" in done.stderr
    assert (tmp_path / "trips.csv.rejects.csv").is_file()


def test_a_file_that_is_no_table_is_refused(run, tmp_path):
    (tmp_path / "notices.csv").write_bytes(bytes(range(256)) * 4)
    done = run("notices", tmp_path / "notices.csv", "--out", tmp_path / "trips.csv")
    assert ExitCode.BAD_INPUT == done.exit_code
    assert "Traceback" not in done.output


def test_a_mapping_file_says_what_a_file_calls_its_columns(run, tmp_path):
    text = "Vessel of concern,Sailed,Deck\nRuby Star,2020-03-19,7\n"
    (tmp_path / "notices.csv").write_text(text, "utf-8")
    columns = tmp_path / "columns.toml"
    columns.write_text(
        "[notices]\n'Vessel of concern' = 'number'\nSailed = 'service_date'\n"
        "[notices.fixed]\nmode = 'ship'\n",
        "utf-8",
    )
    order = ("notices", tmp_path / "notices.csv", "--out", tmp_path / "trips.csv")
    assert ExitCode.BAD_INPUT == run(*order).exit_code
    done = run(*order, "--columns", columns)
    assert 0 == done.exit_code, done.output
    assert ",ship,RUBYSTAR,2020-03-19," in (tmp_path / "trips.csv").read_text("utf-8")
    assert "columns not read: Deck" in done.stderr


def test_a_mapping_file_that_does_not_fit_is_refused(run, tmp_path):
    (tmp_path / "notices.csv").write_text(HEADINGS + TRAIN, "utf-8")
    columns = tmp_path / "columns.toml"
    for text, fault in (
        ("[notices]\nSailed = 'seats'\n", "no such column; there are: mode, number"),
        ("[notices]\nSailed = 'seat'\n", "headings that are not there: sailed"),
    ):
        columns.write_text(text, "utf-8")
        order = ("notices", tmp_path / "notices.csv", "--out", tmp_path / "trips.csv")
        done = run(*order, "--columns", columns)
        assert ExitCode.BAD_INPUT == done.exit_code
        assert fault in done.stderr
