"""The start page: what is missing from the data stands there before anybody asks."""


def test_whose_data_are_missing_is_said(app_of, own_deployment):
    several = own_deployment.index.parent / "several"
    own_deployment.publish(to=several / "a", authority="甲")
    (several / "b").mkdir()
    own_deployment.index = several
    page = app_of(own_deployment, authorities='["甲", "乙"]').test_client().get("/?lang=en").text
    assert page.index("Start the check") < page.index("Part of the data is missing now")
    assert "乙: the data are missing now." in page


def test_nothing_is_said_to_be_missing_where_all_is_there(client):
    page = client.get("/?lang=en").text
    assert "The data now" in page
    assert "Part of the data is missing" not in page
