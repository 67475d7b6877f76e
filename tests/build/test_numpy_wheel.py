"""Where NumPy for the page comes from, and what is said when it comes from nowhere."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from tools import OTHER, WHEEL, program, sha256

import numpy_wheel
from console import Stop


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """Where NumPy comes from, with this file's bytes as the pinned ones."""
    pyodide = tmp_path / "pyodide"
    pyodide.mkdir()
    (pyodide / "package.json").write_text('{"version": "1.2.3"}')
    entry = {"file_name": "numpy-from-cdn.whl", "sha256": sha256(WHEEL)}
    (pyodide / "pyodide-lock.json").write_text(json.dumps({"packages": {"numpy": entry}}))
    monkeypatch.setattr(numpy_wheel, "NPM_WHEEL", numpy_wheel.Wheel("numpy-from-npm.whl", sha256(WHEEL)))
    return lambda cdn: numpy_wheel.Sources(pyodide, tmp_path / "cache", cdn=cdn)


def test_the_cdn_comes_first_and_is_asked_once(host, sources, no_npm):
    cdn = host()
    for _ in range(2):
        assert sources(cdn.url).find().read_bytes() == WHEEL
    assert cdn.asked == 1


def test_without_network_the_message_says_what_was_wanted_and_how_to_give_it(host, sources, no_npm):
    cdn = host(status=503)
    with pytest.raises(Stop) as stop:
        sources(cdn.url).find()
    assert all(
        word in str(stop.value) for word in ("--numpy-wheel FILE", f"{cdn.url}numpy-from-cdn.whl", sha256(WHEEL))
    )


def test_a_cdn_that_failed_is_not_asked_again_until_an_hour_is_over(host, sources, no_npm):
    cdn = host(status=503)
    for _ in range(2):
        with pytest.raises(Stop):
            sources(cdn.url).find()
    assert cdn.asked == 1
    refusal = sources(cdn.url).refusal
    refusal.write_text(json.dumps({**json.loads(refusal.read_text()), "until": 0}))
    with pytest.raises(Stop):
        sources(cdn.url).find()
    assert cdn.asked == 2


def npm_that_packs(folder: Path, wheel: bytes) -> None:
    """An npm whose `pack` gives a package with this wheel in it."""
    with tarfile.open(folder / "package.tgz", "w:gz") as archive:
        entry = tarfile.TarInfo("package/assets/numpy-from-npm.whl")
        entry.size = len(wheel)
        archive.addfile(entry, io.BytesIO(wheel))
    find_destination = 'while [ "$1" != --pack-destination ]; do shift; done'
    program(folder / "bin" / "npm", f'{find_destination}\ncp {folder}/package.tgz "$2"')


def test_the_npm_package_serves_where_the_cdn_does_not_and_is_packed_once(host, sources, no_npm, tmp_path):
    npm_that_packs(tmp_path, WHEEL)
    found = sources(host(status=503).url).find()
    assert (found.name, found.read_bytes()) == ("numpy-from-npm.whl", WHEEL)
    program(tmp_path / "bin" / "npm", "exit 1")
    assert sources(host(status=503).url).find() == found
    assert {path.name for path in found.parent.iterdir()} == {found.name, "cdn-refused.json"}


def test_a_wrong_wheel_in_the_npm_package_is_refused_by_name(host, sources, no_npm, tmp_path):
    npm_that_packs(tmp_path, OTHER)
    with pytest.raises(Stop, match=r"numpy-from-npm\.whl"):
        sources(host(status=503).url).find()


def test_a_damaged_copy_in_the_cache_is_fetched_again(host, sources, no_npm):
    cdn = host()
    sources(cdn.url).find().write_bytes(WHEEL[:5])
    assert sources(cdn.url).find().read_bytes() == WHEEL
    assert cdn.asked == 2


def test_a_given_wheel_is_checked_and_kept(host, sources, no_npm, tmp_path):
    cdn = host(status=503)
    given = tmp_path / "mine.whl"
    given.write_bytes(OTHER)
    with pytest.raises(Stop, match=rf"mine\.whl(.|\n)*{sha256(WHEEL)}(.|\n)*{sha256(OTHER)}"):
        sources(cdn.url).find(given)
    given.write_bytes(WHEEL)
    kept = sources(cdn.url).find(given)
    assert sources(cdn.url).find() == kept
    assert cdn.asked == 0
    with pytest.raises(Stop, match="no such file"):
        sources(cdn.url).find(tmp_path / "absent.whl")
