"""Tables kept in the browser, in the words of the tests."""

from .oracle import post

KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('tenlines.table.')).length"
LARGE = ("a,b\n" + "\n".join(f"{n / 7},{n / 3}" for n in range(3000))).encode()  # no link has room for it
ROWS = post()["table"]["rows"]
EDITED = [ROWS[0], [1, 1, 1, 0], *ROWS[2:]]


def edit(page) -> None:
    """The post's table, changed in one cell; returns when it is kept."""
    before = page.evaluate(KEPT)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: page.evaluate(KEPT) == before + 1, "the table to be kept")


def reopen(page, site, at: str = "") -> None:
    """As after closing the tab and coming back: the same browser, another tab."""
    page.evaluate("() => sessionStorage.clear()")
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
