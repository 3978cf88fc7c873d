"""Airlines' messages as they come, and a folder of them read as of a day."""

from datetime import date

import pytest
from hypothesis import strategies as st

from index_builder.sources.passenger_lists.list_reader import LEG_COLUMNS, PassengerLists
from index_builder.sources.reject_list import RejectList

HEADER = "CA1234/20JAN PEK PART1"
SMITH = "1SMITH/JOHNMR .L/ABC123"


def pnl(*lines, header=HEADER, end="ENDPNL"):
    return "\n".join(("PNL", header, *lines, end)) + "\n"


def adl(*lines):
    return "\n".join(("ADL", HEADER, "-CANY", *lines, "ENDADL")) + "\n"


FULL = pnl(
    "CFG/010F008C150Y",
    "RBD F/F C/C Y/YBM",
    "AVAIL",
    " PEK  CAN",
    "F008",
    "-CAN003Y",
    "1SMITH/JOHNMR-A2 .L/ABC123/CA .R/STCR HK1",
    ".R/DOCS HK1/P/GBR/X0000001/GBR/12JUL80/M/23AUG25/SMITH",
    ".RN//JOHN-1SMITH/JOHNMR",
    ".R/SEAT HK1 12A",
    ".M/MU0567Y20JANPEKCAN",
    ".I/CA981Y19JFKPEK1400HK",
    "2ZHANG/SANMR/SIMS",
    ".L/QWE456",
    ".R/FOID HK1 NI990001198001010011-1ZHANG/SANMR",
    ".R/DOCS HK1/P/CHN/X0000002/CHN/01JAN90/F/01JAN30/ZHANG/SI",
    ".R/RQST HK2 PEKCAN/14A14B",
    "-CAN000F",
)
LINES = st.sampled_from(
    [*FULL.splitlines(), "ADL", "PFS", "DEL", "ADD", "CHG", "NOSHO 1Y", "ENDADL", "ENDPFS", "1A/B"]
)


class Lists:
    """Files of a folder, read as of 5 February 2020."""

    def __init__(self, folder):
        self.folder = folder / "passenger_lists"
        self.folder.mkdir()
        self.rejects = RejectList(folder, folder)

    def __call__(self, *texts, as_of=date(2020, 2, 5), **named):
        files = {f"{place}.txt": text for place, text in enumerate(texts)}
        for name, text in {**files, **named}.items():
            (self.folder / name).write_text(text, "utf-8")
        self.read = PassengerLists(self.folder, self.rejects, as_of)
        return [(row, dict(zip(LEG_COLUMNS, cells, strict=True))) for row, cells in self.read]

    def names(self, *texts):
        return sorted(cells["name"] for _, cells in self(*texts))


@pytest.fixture
def lists(tmp_path):
    return Lists(tmp_path)
