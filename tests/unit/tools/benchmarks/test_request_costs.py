"""Forms of families, as the benchmark sends them."""

from urllib.parse import parse_qs

from app.checks.person_form import FIELDS
from tools.benchmarks.request_costs import FAMILY, family_checks


def test_a_family_of_six_stands_on_one_form():
    people = [
        {"id_type": "passport", "id_number": f"X{n}", "name": "ANA"} for n in range(2 * FAMILY + 1)
    ]
    forms = [parse_qs(form.body.decode()) for form in family_checks(people)]
    assert 2 == len(forms)
    assert ["X0"] == forms[0]["id_number"]
    assert ["X5"] == forms[0]["id_number_6"]
    assert ["X6"] == forms[1]["id_number"]
    assert {name.removesuffix("_6") for name in forms[1] if name.endswith("_6")} <= set(FIELDS)
