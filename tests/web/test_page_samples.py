"""What earlier versions have written, in tests/samples, opens in the page and is answered as it was."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from harness.links import go
from harness.one_file import with_start
from harness.saved import names_kept

SAMPLES = Path(__file__).parents[1] / "samples"
IN_NODE = Path(__file__).parent / "harness" / "samples.mjs"
VERSIONS = sorted(folder.name for folder in SAMPLES.iterdir())
# The database as an earlier version made it; at an address of the site without its page, which would make its own.
WRITE = """records => new Promise((resolve, reject) => {
  const request = indexedDB.open('tenlines', 1)
  request.onerror = () => reject(request.error)
  request.onupgradeneeded = () => request.result.createObjectStore('tables', { keyPath: 'id' })
  request.onsuccess = () => {
    const change = request.result.transaction('tables', 'readwrite')
    for (const record of records) change.objectStore('tables').put(record)
    change.oncomplete = () => { request.result.close(); resolve() }
  }
})"""


def told(version: str) -> list[dict]:
    return json.loads((SAMPLES / version / "samples.json").read_text("utf-8"))


def names_of(version: str, sample: dict) -> list[str]:
    problem = sample.get("problem") or json.loads(
        (SAMPLES / version / f"{sample['of']}.tenlines.json").read_text("utf-8")
    )
    return problem["table"]["inputs"] + problem["table"]["outputs"]


def test_they_are_read_by_the_pages_own_modules():
    done = subprocess.run(["node", "--test", IN_NODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("version", VERSIONS)
def test_links_answer_as_they_did(page, version):
    for sample in told(version):
        go(page, sample["link"])
        page.wait_until(lambda: page.names() == names_of(version, sample), f"{sample['of']}, by its link")  # noqa: B023
        if not sample["answers"]:
            page.wait_until(lambda: "abc" in page.status(), "what is wrong with it")
            continue
        page.wait_answers(sample["answers"])
        trained = sample.get("trained")
        if trained:
            go(page, trained["link"])
            page.wait_iteration(trained["iteration"])
            page.wait_answers(trained["answers"], 1e-12)


@pytest.mark.parametrize("version", VERSIONS)
def test_kept_tables_are_in_the_list_and_open(engine, open_page, light_site, version):
    records = json.loads((SAMPLES / version / "database.json").read_text("utf-8"))
    page = open_page(light_site, at="notices.txt", ready=False)
    page.evaluate(WRITE, records)
    page.open(light_site.url)
    page.wait_ready()
    answers = {sample["name"] or sample["of"].replace("_", " "): sample["answers"] for sample in told(version)}
    for record in records:
        page.button("Saved").click()
        page.button(f"Open {record['name']}").click()
        if record["name"] in answers:
            page.wait_answers(answers[record["name"]])
    assert names_kept(page) == sorted(record["name"] for record in records), "and none is lost by that"


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_copy_opens_with_opens_in_the_one_file_of_today(engine, open_file, tmp_path, version):
    """A copy itself runs the page that it was made by; its start is what another version can meet."""
    text = (SAMPLES / version / "start.html").read_text("utf-8")
    start = json.loads((SAMPLES / version / "start.json").read_text("utf-8"))
    (block,) = re.findall(r">(.*)</script>", text)
    page = open_file(with_start(tmp_path, block))
    (sample,) = [sample for sample in told(version) if sample["of"] == start["of"]]
    page.wait_answers(sample["answers"])
    assert start["name"] in page.page.title()
