from app.organisations.roles import Permission, Role


def test_an_administrator_may_everything_but_see_health_data():
    assert frozenset(Permission) - {Permission.SEE_HEALTH} == Role.ADMIN.permissions


def test_a_health_officer_sees_health_data_and_no_lists():
    assert {Permission.SEE_HEALTH, Permission.MANAGE_ROSTER} == Role.OFFICER.permissions


def test_health_data_is_the_health_officers_alone():
    assert [Role.OFFICER] == [role for role in Role if role.may(Permission.SEE_HEALTH)]


def test_a_checker_may_upload_and_a_viewer_only_look():
    assert [True, False] == [role.may(Permission.UPLOAD) for role in (Role.CHECKER, Role.VIEWER)]
    assert {Permission.SEE_RESULTS} == Role.VIEWER.permissions
