from dataclasses import replace


def test_facts_of_a_build_stand_in_its_manifest(site, sample):
    about = replace(sample.facts(), coverage=[{"mode": "flight", "operator": "XX", "legs": 5}])
    site.publish_build(about=about)
    assert [{"mode": "flight", "operator": "XX", "legs": 5}] == site.open().manifest.coverage
