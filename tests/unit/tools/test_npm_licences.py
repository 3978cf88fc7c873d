import pytest

from tools.npm_licences import is_allowed, refused

ALLOWED = frozenset({"MIT", "BSD-3-Clause", "PSF-2.0"})


@pytest.mark.parametrize("licence", ["MIT", "MIT AND PSF-2.0", "GPL-3.0 OR MIT", "MIT; PSF-2.0"])
def test_a_permissive_licence_is_allowed(licence):
    assert is_allowed(licence, ALLOWED)


@pytest.mark.parametrize("licence", ["GPL-3.0", "MIT AND GPL-3.0", "UNKNOWN", "", "MIT; Other"])
def test_another_licence_is_not_allowed(licence):
    assert not is_allowed(licence, ALLOWED)


def test_a_refused_package_is_named_with_its_licence():
    assert ["x: GPL-3.0"] == refused([("x", "GPL-3.0"), ("y", "MIT")], ALLOWED, {})


def test_an_exception_lets_one_package_stay():
    assert [] == refused([("x", "GPL-3.0")], ALLOWED, {"x": "tests only"})


def test_an_exception_for_nothing_is_named():
    assert ["x: excepted, but not installed"] == refused([], ALLOWED, {"x": "tests only"})
