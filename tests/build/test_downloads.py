"""Fetching: pinned by hash, never half there, with progress."""

import io

import pytest
from tools import OTHER, WHEEL, sha256

import downloads
from console import Stop


def test_a_wrong_hash_names_the_file_and_both_hashes(host, tmp_path):
    with pytest.raises(Stop) as stop:
        downloads.fetch(f"{host(body=OTHER).url}some.whl", tmp_path / "some.whl", sha256(WHEEL))
    assert all(word in str(stop.value) for word in ("some.whl", sha256(WHEEL), sha256(OTHER)))
    assert not list(tmp_path.iterdir())


def test_a_truncated_download_leaves_nothing_behind(host, tmp_path):
    with pytest.raises(OSError, match="after 17 of 1,000 bytes"):
        downloads.fetch(host(said_length=1000).url, tmp_path / "some.whl", sha256(WHEEL))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("terminal", "shown"), [(True, "[###############"), (False, "50%, 10.0 MB of 20.0 MB\n")])
def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(monkeypatch, terminal, shown):
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: terminal)
    monkeypatch.setattr(downloads, "QUIET_SECONDS", 0)
    progress = downloads.Progress("numpy.whl", 20_000_000, out)
    progress.at(10_000_000)
    assert "numpy.whl: " in out.getvalue() and shown in out.getvalue()
