"""The table `notices` of a source: what is used, what is warned of, and what is not read."""

import pytest

from index_builder.published_trips.publications import read_publications
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source, SourceRefused
from tables.column_mapping import TableMapping


@pytest.fixture
def publications(tmp_path):
    """Read a notices file; return the publications, the remarks and the warnings."""

    def publications(text, mapping=None, codec="utf-8"):
        file = tmp_path / "notices.csv"
        file.write_text(text, codec)
        source = Source(notices=file, notice_mapping=mapping or TableMapping())
        with RejectList(tmp_path, tmp_path) as rejects:
            return read_publications(source, rejects), source.remarks, rejects

    return publications


def test_columns_that_are_not_read_are_remarked(publications):
    found, remarks, _ = publications("日期,车次,途经站\n2020-01-20,G1,长沙\n")
    assert ["notices.csv: columns not read: 途经站"] == remarks
    assert 1 == len(found.trips)


def test_the_encoding_and_titles_are_remarked(publications):
    text = "列車乘客名單\n日期,航班,起飛地\n2020-01-20,CX906,馬尼拉\n2020-01-21,CX907,溫哥華\n"
    with pytest.raises(SourceRefused, match=r'encoding = "NAME" under \[notices\] in columns.toml'):
        publications(text, codec="big5")
    _, remarks, _ = publications(text, TableMapping(encoding="big5"), codec="big5")
    assert [
        "notices.csv: read as BIG5",
        "notices.csv: titles above the header, not read: rows 1",
    ] == remarks[:2]


def test_the_mapping_file_of_the_source_counts_for_notices_too(publications):
    mapping = TableMapping({"vessel of concern".replace(" ", ""): "number"}, {}, {"mode": "ship"})
    found, remarks, _ = publications("Date,Vessel of concern\n2020-03-19,Ruby Star\n", mapping)
    assert [("ship", "RUBYSTAR")] == [(trip.mode, trip.number) for _, trip in found.trips]
    assert [] == remarks


def test_a_place_that_is_not_understood_is_warned_of_by_row_and_column(publications):
    _, _, rejects = publications("日期,车次,车厢/座位\n2020-01-20,G1,3/17\n")
    ((warning, count),) = rejects.warnings.items()
    assert (("notices", "车厢/座位"), 1) == (warning[:2], count)


def test_shops_among_trips_do_not_refuse_a_file_and_unusable_trips_do(publications):
    shops = "".join(f"Shop number {row},2021-08-19 16:30\n" for row in range(30))
    found, _, rejects = publications(f"Event,Start\nFlight NZ443,2021-08-19 16:30\n{shops}")
    assert (31, 1, 30) == (found.rows, len(found.trips), rejects.count("notices"))
    with pytest.raises(SourceRefused, match="1 of 2 rows rejected"):
        publications(f"Event,Start\nFlight NZ443,2021-08-19 16:30\nFlight NZ443,\n{shops}")
