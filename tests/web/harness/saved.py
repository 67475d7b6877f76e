"""Tables kept in the browser, in the words of the tests."""

from .oracle import post

# Every record of the database; none where there is no database yet, which asking must not create.
RECORDS = """new Promise((resolve, reject) => {
  const request = indexedDB.open('tenlines')
  request.onupgradeneeded = () => request.transaction.abort()
  request.onerror = () => request.error.name === 'AbortError' ? resolve([]) : reject(request.error)
  request.onsuccess = () => {
    const records = request.result.transaction('tables').objectStore('tables').getAll()
    records.onsuccess = () => { request.result.close(); resolve(records.result) }
    records.onerror = () => reject(records.error)
  }
})"""
KEPT = f"async () => (await {RECORDS}).length"
LARGE = ("a,b\n" + "\n".join(f"{n / 7},{n / 3}" for n in range(3000))).encode()  # no link has room for it
ROWS = post()["table"]["rows"]
EDITED = [ROWS[0], [1, 1, 1, 0], *ROWS[2:]]


def kept(page) -> list[dict]:
    """What the browser keeps, a record a table."""
    return page.evaluate(f"() => {RECORDS}")


def names_kept(page) -> list[str]:
    return sorted(record["name"] for record in kept(page))


def has_row(record: dict, row: list) -> bool:
    return row in record["problem"].get("table", {}).get("rows", [])


def kept_with(page, *rows: list) -> list[dict]:
    """The records of the tables that have all these rows."""
    return [record for record in kept(page) if all(has_row(record, row) for row in rows)]


def edit(page) -> None:
    """The post's table, changed in one cell; returns when it is kept."""
    before = page.evaluate(KEPT)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: page.evaluate(KEPT) == before + 1, "the table to be kept")


def reopen(page, site, at: str = "") -> None:
    """As after closing the tab and coming back: the same browser, another tab."""
    page.open("about:blank")
    page.open(site.url + at)
    page.wait_ready()


def other_tab(page, site):
    """A second tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(site.url)
    tab.wait_for_function("() => document.documentElement.dataset.engine === 'ready'")
    return tab


def offers_beside_a_version(page) -> list[str]:
    """WebKit may take the empty worker of the tests' site for a new version; all else that is offered."""
    texts = page.evaluate("() => [...document.querySelectorAll('#offers p')].map(p => p.textContent)")
    return [text for text in texts if text != "A new version of Tenlines is ready."]


EMPTY = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open('tenlines')
  request.onsuccess = () => {
    const change = request.result.transaction('tables', 'readwrite')
    change.objectStore('tables').clear()
    change.oncomplete = () => { request.result.close(); resolve() }
    change.onabort = () => reject(change.error)
  }
})"""


def open_kept(page) -> None:
    """Take the offer; returns when the table is on show."""
    page.button("Open it").click()
    page.wait_until(lambda: not page.button("Open it").exists(), "the table that was kept")
