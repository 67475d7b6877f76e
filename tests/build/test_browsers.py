"""Finding browsers, and installing what is missing. The browsers and the installers here are stand-ins."""

import os
import sys

import pytest
from tools import program

import browsers
from console import Stop

FOUND = {"CHROMIUM_PATH": "chromium", "FIREFOX_PATH": "firefox-esr", "WEBKIT_DRIVER_PATH": "WebKitWebDriver"}


@pytest.fixture
def computer(tmp_path, monkeypatch):
    """A computer with no browser, no display and no installer; `computer(name)` puts a program on it."""
    for name in (*FOUND, "DISPLAY", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(browsers, "VENV_PYTHON", tmp_path / "bin" / "python")  # with its own Playwright
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    def put(name: str, script: str = "exit 0") -> str:
        program(tmp_path / "bin" / name, script)
        return str(tmp_path / "bin" / name)

    put("python", "exit 0")
    return put


@pytest.fixture
def with_apt(computer, tmp_path, monkeypatch):
    """An apt-get that has each of these packages; what it was called with is in apt.log."""
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)

    def offer(**packages: str) -> None:
        make = "".join(
            f"*' {package.replace('_', '-')}'*) printf '#!/bin/sh\\n' > {tmp_path}/bin/{name};;\n"
            for package, name in packages.items()
        )
        log = f'echo "$@" >> {tmp_path}/apt.log'
        case = f'case "$*" in update) ;;\n{make}*) echo "E: no such package"; exit 100;; esac'
        computer("apt-get", f"{log}\n{case}\n/bin/chmod +x {tmp_path}/bin/*")

    return offer


def test_what_is_there_is_told_by_its_path(computer):
    paths = {variable: computer(name) for variable, name in FOUND.items()}
    computer("xvfb-run")
    assert browsers.provide() == paths


def test_a_program_that_does_not_run_is_no_browser(computer):
    computer("chromium", "exit 1")
    expected = computer("google-chrome")
    assert browsers.provide()["CHROMIUM_PATH"] == expected


def test_a_path_given_beforehand_wins_and_must_exist(computer, monkeypatch):
    computer("chromium")
    mine = computer("my-chromium")
    monkeypatch.setenv("CHROMIUM_PATH", mine)
    assert browsers.provide()["CHROMIUM_PATH"] == mine
    monkeypatch.setenv("CHROMIUM_PATH", f"{mine}-gone")
    with pytest.raises(Stop, match=r"CHROMIUM_PATH names .*-gone, and there is no such file"):
        browsers.provide()


def test_a_laptop_without_firefox_and_webkit_tests_in_chromium(computer, capsys):
    path = computer("chromium")
    assert browsers.provide() == {"CHROMIUM_PATH": path}
    assert "Without Firefox, WebKit: its tests will be skipped" in capsys.readouterr().out


def test_without_chromium_the_message_says_what_to_do(computer):
    with pytest.raises(Stop, match=r"CHROMIUM_PATH can name one.*apt-get install chromium"):
        browsers.provide()


def test_ci_wants_all_three_and_a_display(computer, monkeypatch):
    monkeypatch.setenv("CI", "true")
    computer("chromium")
    with pytest.raises(Stop, match="cannot drive Firefox, WebKit"):
        browsers.provide()
    computer("firefox")
    computer("WebKitWebDriver")
    with pytest.raises(Stop, match=r"cannot drive WebKit\."):
        browsers.provide()
    computer("xvfb-run")
    assert set(browsers.provide()) == set(FOUND)


def test_root_gets_what_is_missing_from_apt_and_only_that(computer, with_apt, tmp_path):
    computer("firefox")
    with_apt(chromium="chromium", webkit2gtk_driver="WebKitWebDriver", xvfb="xvfb-run")
    assert set(browsers.provide()) == set(FOUND)
    install = "install -y --no-install-recommends"
    assert (tmp_path / "apt.log").read_text().splitlines() == [
        "update",
        f"{install} chromium",
        f"{install} webkit2gtk-driver",
        f"{install} xvfb xauth",
    ]


def test_a_package_that_apt_does_not_have_keeps_none_of_the_others_out(with_apt):
    with_apt(chromium="chromium", webkit2gtk_driver="WebKitWebDriver", xvfb="xvfb-run")
    assert set(browsers.provide()) == {"CHROMIUM_PATH", "WEBKIT_DRIVER_PATH"}
