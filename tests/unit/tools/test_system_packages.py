import pytest

from tools import system_packages


def test_whoever_is_not_root_is_told_what_to_type(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(system_packages.SystemPackagesMissing) as told:
        system_packages.install(["redis-server", "chromium"], purpose="the tests")
    assert "apt-get install -y --no-install-recommends redis-server chromium" in str(told.value)


def test_root_without_apt_is_told_too(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(system_packages.SystemPackagesMissing):
        system_packages.install(["redis-server"], purpose="the tests")


def test_a_bare_machine_lacks_all_that_the_tests_need(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(system_packages, "CJK_FONT_FOLDERS", (tmp_path / "none", tmp_path))
    monkeypatch.setattr(system_packages, "POSTGRESQL_FOLDER", tmp_path / "none")
    lacking = ["redis-server", "chromium-headless-shell", "openjdk-17-jre-headless"]
    lacking += ["nginx-light", "postgresql", "fonts-noto-cjk"]
    assert lacking == system_packages.missing_for_tests()


def test_a_machine_with_everything_lacks_nothing(monkeypatch, tmp_path):
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "initdb").touch()
    monkeypatch.setattr(system_packages, "POSTGRESQL_FOLDER", tmp_path)
    monkeypatch.setattr(system_packages, "CJK_FONT_FOLDERS", (tmp_path,))
    assert [] == system_packages.missing_for_tests()


def test_a_machine_with_another_chromium_keeps_it(monkeypatch):
    programs = {"redis-server", "google-chrome", "java", "nginx"}
    monkeypatch.setattr("shutil.which", lambda name: name if name in programs else None)
    assert {"postgresql", "fonts-noto-cjk"} >= set(system_packages.missing_for_tests())
