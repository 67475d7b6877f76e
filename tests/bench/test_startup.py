"""The start-up bench measures what it says: a line that is as slow as named, and a stock page that gives the answer."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import Request, urlopen

import pytest
import stage
import visit
from throttle import Host, Line

import browsers

LENGTH = 500_000
LINE = Line(bits=20e6, delay=0.04)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("<p>" + "text " * 1000)
    for name in ("a.bin", "b.bin"):
        (tmp_path / name).write_bytes(bytes(LENGTH))
    (tmp_path / "c.txt.gz").write_bytes(b"gzip already")
    return tmp_path


def get(url, **headers):
    with urlopen(Request(url, headers=headers)) as answer:
        return answer.read(), answer.headers


def test_two_files_share_a_line_of_20_megabits_and_each_waits_40_ms(folder):
    with Host({"x": folder}, line=LINE) as host, ThreadPoolExecutor() as pool:
        began = time.perf_counter()
        bodies = list(pool.map(get, [host.url("x") + name for name in ("a.bin", "b.bin")]))
        took = time.perf_counter() - began
    assert [len(body) for body, _ in bodies] == [LENGTH, LENGTH]
    least = 0.04 + 2 * LENGTH * 8 / 20e6
    assert least <= took < 2 * least


@pytest.mark.parametrize(
    ("gzips", "name", "encoding"),
    [(True, "", "gzip"), (True, "a.bin", None), (True, "c.txt.gz", None), (False, "", None)],
)
def test_a_host_compresses_text_or_nothing(folder, gzips, name, encoding):
    with Host({"x": folder}, gzips=gzips) as host:
        body, headers = get(host.url("x") + name)
        assert headers["Content-Encoding"] == encoding
        (sent,) = host.sent
    assert sent.until(time.time()) == len(body) == int(headers["Content-Length"])
    assert sent.fraction(time.time()) == 1
    assert sent.fraction(sent.asked) == 0


@pytest.fixture
def chromium(monkeypatch, playwright):
    path = browsers.find(browsers.CHROMIUM)
    if not path:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("There is no Chromium.")
    monkeypatch.setenv("CHROMIUM_PATH", path)
    with stage.chromium(playwright) as browser:
        yield browser


def test_the_stock_page_answers_the_post_s_question_and_marks_its_start(chromium):
    with Host({"stock": stage.stock()}) as host:
        page = chromium.new_page()
        visit.answer(page, host, host.url("stock"))
        seen = visit.read(page, host)
    phases = seen.phases
    assert 0 < phases["HTML"] < phases["last byte"] < phases["engine"] < phases["answer"]
    fetched = {file["path"].removeprefix("/stock/") for file in seen.files}
    assert fetched >= {"", "stock.js", "stock_worker.js", "pyodide.mjs", *stage.PYODIDE_FILES}
    assert any(name.startswith("numpy-") for name in fetched)
    assert 8e6 < seen.gzipped <= seen.sent
