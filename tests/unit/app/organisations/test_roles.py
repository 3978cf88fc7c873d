from app.organisations.roles import Permission, Role


def test_an_administrator_may_everything():
    assert frozenset(Permission) == Role.ADMIN.permissions


def test_a_checker_may_upload_and_a_viewer_only_look():
    assert [True, False] == [role.may(Permission.UPLOAD) for role in (Role.CHECKER, Role.VIEWER)]
    assert {Permission.SEE_RESULTS} == Role.VIEWER.permissions
