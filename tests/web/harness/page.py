"""The words the browser tests are written in. Things are named by role and accessible name only."""

import math
import os
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

DEFAULT_CSV = "x1,x2,x3,y\n0,0,1,0\n1,1,1,1\n1,0,1,1\n0,1,1,0\n1,0,0,?\n"
DEFAULT_NAMES = ["x1", "x2", "x3", "y"]
DEFAULT_ROWS = [[str(cell) for cell in line.split(",")] for line in DEFAULT_CSV.splitlines()[1:]]
DEFAULT_SETTINGS = {"Iterations": "10000", "Learning rate": "1", "Random start": "1"}
DEFAULT_EXAMPLE = "The post’s table"
POST_ANSWER = 0.9999370428352157
DEFAULT_ANSWERS = {"row-5-y": POST_ANSWER}

# Seconds: they bound a failure, they pace nothing. TENLINES_PATIENCE=4 gives a busy machine four times as many.
PATIENCE = float(os.environ.get("TENLINES_PATIENCE") or 1)
START_TIMEOUT = 60 * PATIENCE
TIMEOUT = 10 * PATIENCE
SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 0.15  # between two questions of wait_until

READ_TABLE = """() => {
  const data = [...document.querySelectorAll('table')].find(t => t.caption?.textContent.trim() === 'Data')
  const labelled = start => [...data.querySelectorAll('input')]
    .filter(i => i.getAttribute('aria-label')?.startsWith(start))
  const rows = []
  for (const input of labelled('Row ')) {
    const [, row] = /^Row (\\d+) /.exec(input.getAttribute('aria-label'))
    ;(rows[row - 1] ??= []).push(input.value)
  }
  return { names: labelled('Name of ').map(i => i.value), rows }
}"""

READ_ANSWERS = """() => Object.fromEntries([...document.querySelectorAll('output[name^="row-"]')]
  .map(o => [o.getAttribute('name'), o.dataset.value ?? null]))"""

READ_WEIGHTS = """() => {
  const table = [...document.querySelectorAll('table')].find(t => t.caption?.textContent.trim() === 'Weights')
  return [...table.tBodies[0].rows].map(row =>
    [...row.querySelectorAll('[data-value]')].map(cell => cell.dataset.value))
}"""

READ_ERROR = "() => document.querySelector('#curve [data-value]')?.dataset.value ?? 'nan'"

READ_STATUS = "() => document.querySelector('#status[role=status]').textContent.trim().replace(/\\s+/g, ' ')"

IS_READY = """() => document.documentElement.dataset.engine === 'ready'
  && performance.getEntriesByName('tenlines:first-prediction').length > 0"""

SET_SLIDER = """(slider, iteration) => {
  slider.value = iteration
  slider.dispatchEvent(new Event('input', { bubbles: true }))
}"""

READ_FOCUS = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  if (!at || at === document.body) return ''
  return at.getAttribute('aria-label') || at.labels?.[0]?.textContent.trim() || at.textContent.trim()
}"""

CHOOSE = """(name, option) => {
  const select = document.querySelector(`select[aria-label="${name}"]`)
    ?? [...document.querySelectorAll('select')].find(s => s.labels[0]?.textContent === name)
  select.selectedIndex = [...select.options].findIndex(o => o.textContent === option)
  select.dispatchEvent(new Event('change', { bubbles: true }))
}"""

OF_THE_CODE = """() => [...document.querySelectorAll('#code-acts button')]
  .filter(button => button.checkVisibility()).map(button => button.textContent.trim())"""

COPY_FROM = """text => {
  const box = document.createElement('textarea')
  box.setAttribute('data-clipboard', '')
  box.value = text
  document.body.append(box)
  box.focus()
  box.select()
}"""
DROP = """files => {
  const data = new DataTransfer()
  for (const [name, text] of files) data.items.add(new File([text], name))
  const happen = type => document.querySelector('#data').dispatchEvent(
    new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }))
  const refused = happen('dragover')
  const shown = !document.querySelector('#drop').hidden
  happen('drop')
  return [refused, shown, !document.querySelector('#drop').hidden]
}"""

CATCH_DOWNLOADS = """() => {
  window.caughtDownloads = []
  const original = window.caughtOriginal ??= URL.createObjectURL
  URL.createObjectURL = blob => {
    window.caughtDownloads.push(blob.text())
    return original.call(URL, blob)
  }
  // Given to the browser, a file would bring up its own list of downloads, which takes the keyboard.
  window.realClick ??= HTMLAnchorElement.prototype.click
  HTMLAnchorElement.prototype.click = () => {}
}"""
LET_DOWNLOADS_GO = "() => { HTMLAnchorElement.prototype.click = window.realClick }"


class Element(ABC):
    """Something on the page, looked up by role and name at each use."""

    name: str

    @abstractmethod
    def exists(self) -> bool:
        """Whether it is there for a screen reader: visible, and once only."""

    @abstractmethod
    def click(self) -> None: ...

    @abstractmethod
    def double_click(self) -> None: ...

    @abstractmethod
    def focus(self) -> None: ...

    @abstractmethod
    def evaluate(self, function: str, *arguments) -> Any:
        """What `function(element, *arguments)`, JavaScript, returns."""

    def value(self) -> str:
        return self.evaluate("e => e.value")

    def text(self) -> str:
        return self.evaluate("e => e.textContent.trim()")

    def attribute(self, name: str) -> str | None:
        return self.evaluate("(e, name) => e.getAttribute(name)", name)

    def disabled(self) -> bool:
        return self.evaluate("e => e.disabled || e.getAttribute('aria-disabled') === 'true'")

    def invalid(self) -> bool:
        return self.attribute("aria-invalid") == "true"


class Page(ABC):
    """One open page."""

    engine: str
    between_pages: tuple[type[Exception], ...]  # what asking raises where there is nothing to ask

    def has_ended(self) -> bool:
        """Whether the browser has ended by itself, so that nothing is worth waiting for."""
        return False

    # What each driver implements ------------------------------------------------------------

    @abstractmethod
    def open(self, url: str) -> None:
        """Load the address and return when its document is there; the engine may still be loading."""

    @abstractmethod
    def reload(self) -> None:
        """As by the browser's own button; returns when the document is there again."""

    @abstractmethod
    def evaluate(self, function: str, *arguments) -> Any: ...

    @abstractmethod
    def find(self, role: str, name: str) -> Element: ...

    @abstractmethod
    def hold(self, element: Element, at: float) -> None:
        """Press the pointer on an element, `at` of its width from the left, and keep it down."""

    @abstractmethod
    def draw(self, element: Element, at: float) -> None:
        """Move the pointer there."""

    @abstractmethod
    def let_go(self) -> None: ...

    @abstractmethod
    def leave(self) -> None:
        """Click on the heading: nothing has the focus, and Tab starts at the top of the page."""

    @abstractmethod
    def press(self, *keys: str) -> None:
        """Press keys, with names as in "a", "Enter", "Shift+Tab", "Control+Shift+z"."""

    @abstractmethod
    def type(self, text: str) -> None:
        """Type the characters into whatever has the focus."""

    @abstractmethod
    def upload(self, data: bytes, name: str = "table.csv") -> None:
        """Give a file to the file input "Import file"."""

    @abstractmethod
    def problems(self) -> list[str]:
        """Console errors, uncaught exceptions and CSP violations so far."""

    @abstractmethod
    def forget_problems(self) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    # Finding ---------------------------------------------------------------------------------

    def cell(self, name: str) -> Element:
        return self.find("textbox", name)

    box = cell

    def button(self, name: str) -> Element:
        return self.find("button", name)

    def progress(self, name: str) -> Element:
        return self.find("progressbar", name)

    def slider(self) -> Element:
        return self.find("slider", "Iteration")

    # Reading ---------------------------------------------------------------------------------

    def engine_state(self) -> str | None:
        return self.evaluate("() => document.documentElement.dataset.engine")

    def names(self) -> list[str]:
        return self.evaluate(READ_TABLE)["names"]

    def rows(self) -> list[list[str]]:
        """The text in each cell."""
        return self.evaluate(READ_TABLE)["rows"]

    def answers(self) -> dict[str, float]:
        """Every answer on the page by its name (row-5-y), in full precision."""
        return {
            name: math.nan if value in (None, "") else float(value)
            for name, value in self.evaluate(READ_ANSWERS).items()
        }

    def answer(self, name: str) -> float:
        return self.answers().get(name, math.nan)

    def answer_text(self, name: str) -> str:
        read = 'name => document.querySelector(`output[name="${name}"]`).textContent.trim()'
        return self.evaluate(read, name)

    def weights(self) -> list[list[float]]:
        """The table captioned Weights: a list for each input (and bias), a number for each output."""
        return [[float(value) for value in row] for row in self.evaluate(READ_WEIGHTS)]

    def error(self) -> float:
        """The mean error of the iteration on show, in full precision, as it stands on the curve."""
        return float(self.evaluate(READ_ERROR))

    def curve(self) -> str:
        """What the curve is for who does not see it."""
        return self.evaluate("() => document.querySelector('#curve [role=img]').getAttribute('aria-label')")

    def status(self) -> str:
        return self.evaluate(READ_STATUS)

    def alerts(self) -> str:
        """What the page says at once, as an alert."""
        return self.evaluate("() => [...document.querySelectorAll('[role=alert]')].map(e => e.innerText).join(' ')")

    def iteration(self) -> int:
        """The one on show, as the slider says it."""
        return int(self.slider().value())

    def dialog(self) -> str:
        """The text of the open dialog."""
        return self.evaluate("() => document.querySelector('dialog[open]')?.innerText ?? ''")

    def focused(self) -> str:
        """The name of what has the focus; empty if nothing has."""
        return self.evaluate(READ_FOCUS)

    # Doing -----------------------------------------------------------------------------------

    def enter(self, cell: str, text: str) -> None:
        """Select a cell, type over it, Enter."""
        self.cell(cell).click()
        if self.focused() != cell:  # the page has moved between aim and click
            self.cell(cell).click()
        self.type(text)
        self.press("Enter")

    def set(self, box: str, text: str) -> None:
        """Type a new value into a text box outside the table, or a column's name."""
        self.box(box).click()
        self.press("Control+a")
        self.type(text)
        self.press("Enter")

    def seek(self, iteration: int) -> None:
        """Set the slider, as a screen reader would, and wait until the iteration is on show."""
        self.slider().evaluate(SET_SLIDER, iteration)
        self.wait_iteration(iteration)

    def choose(self, select: str, option: str) -> None:
        """Choose what a select offers."""
        self.evaluate(CHOOSE, select, option)

    def toggle_more_settings(self) -> None:
        """Its name goes on with what differs from the post."""
        self.evaluate("() => document.querySelector('.more > button').click()")

    def copy(self, text: str) -> None:
        """Put text on the clipboard, as a copy from another program would."""
        self.evaluate(COPY_FROM, text)
        self.press("Control+c")
        self.evaluate("() => document.querySelector('[data-clipboard]').remove()")

    def paste(self, cell: str, text: str) -> None:
        """Copy the text elsewhere, select the cell, paste."""
        self.copy(text)
        self.cell(cell).click()
        self.press("Control+v")

    def handed_over(self, button: str) -> str:
        """Press a button; the text of the file that the page hands over."""
        self.evaluate(CATCH_DOWNLOADS)
        self.button(button).click()
        count = "() => window.caughtDownloads.length"
        self.wait_until(lambda: self.evaluate(count) > 0, f"{button} to hand over a file")
        self.evaluate(LET_DOWNLOADS_GO)
        return self.evaluate("() => window.caughtDownloads[0]")

    def exported(self) -> str:
        return self.handed_over("Export CSV")

    def downloaded(self, way: str) -> str:
        """What Download hands over that way."""
        self.button("Download").click()
        return self.handed_over(way)

    def drop(self, *files: tuple[str, str]) -> None:
        """Drop files, (name, text) each, on the table."""
        refused, shown, still = self.evaluate(DROP, [list(file) for file in files])
        assert (refused, shown, still) == (False, True, False), "the page takes the drop and shows where"

    # Waiting ---------------------------------------------------------------------------------

    def wait_until(self, condition: Callable[[], Any], what: str, timeout: float = TIMEOUT) -> Any:
        """Ask until the condition holds; a failure says what was awaited and what the page shows.

        Between two pages, and while the HTML of one is still coming, there may be nothing to ask: that is asked again.
        """
        begun = time.monotonic()
        while True:
            try:
                result, error = condition(), None
            except self.between_pages as failed:
                if self.has_ended():
                    raise
                result, error = None, failed
            if result:
                return result
            waited = time.monotonic() - begun
            if waited > timeout:
                if error:
                    raise error
                raise AssertionError(f"waited {timeout:g} s for {what}; the page shows {self._shown()}")
            # Asking takes processor time from what is asked, so it is done less often the longer it takes.
            time.sleep(min(max(SHORTEST_PAUSE, waited / 10), LONGEST_PAUSE))

    def _shown(self) -> str:
        try:
            return f"status {self.status()!r}, answers {self.answers()}, engine {self.engine_state()!r}"
        except self.between_pages:
            return "none of that"

    def wait_ready(self) -> None:
        """Python is there and the current table is answered by it."""
        self.wait_until(
            lambda: self.evaluate(IS_READY), "the engine to be ready and the first prediction painted", START_TIMEOUT
        )

    def wait_answers(self, expected: dict[str, float], tolerance: float = 1e-9) -> None:
        """Exactly these cells are answered, with these numbers."""

        def close() -> bool:
            shown = self.answers()
            return shown.keys() == expected.keys() and all(
                abs(shown[name] - value) <= tolerance for name, value in expected.items()
            )

        self.wait_until(close, f"the answers {expected} (±{tolerance:g})")

    def wait_other_answer(self) -> None:
        """The question of the post is answered, and not as in the post."""
        self.wait_until(lambda: abs(self.answer("row-5-y") - POST_ANSWER) > 1e-6, "another answer")

    def wait_status(self, *parts: str) -> str:
        """The status sentence, once it has each of these parts (in any letter case)."""
        wanted = [part.lower() for part in parts]
        self.wait_until(lambda: all(part in self.status().lower() for part in wanted), f"a status with {parts}")
        return self.status()

    def wait_iteration(self, iteration: int) -> None:
        """All that belongs to the iteration is on show."""
        at = re.compile(rf"at iteration {iteration:,}(?!,?\d)")
        self.wait_until(
            lambda: at.search(self.curve()) and self.iteration() == iteration, f"iteration {iteration:,} on show"
        )

    def wait_default(self) -> None:
        self.wait_until(lambda: self.names() == DEFAULT_NAMES and self.rows() == DEFAULT_ROWS, "the post's table")
        self.wait_answers(DEFAULT_ANSWERS, 1e-12)

    def restore(self) -> None:
        """Back to the post's problem and its program, without a reload."""
        offered = self.evaluate(OF_THE_CODE)
        for button in ("Show values", "The table’s own code"):
            if button in offered:
                self.button(button).click()
        if self.evaluate("() => document.querySelector('#example').value") != DEFAULT_EXAMPLE:
            self.choose("Example", DEFAULT_EXAMPLE)  # its network and settings too
        elif (self.names(), self.rows()) != (DEFAULT_NAMES, DEFAULT_ROWS):
            self.upload(DEFAULT_CSV.encode())
        elif not abs(self.answer("row-5-y") - POST_ANSWER) <= 1e-12:
            self.button("Train").click()  # a test stopped it or set it back
        self.wait_default()
