"""The learner's program in the page: the editor, Run, Stop program, the output."""

from .page import START_TIMEOUT, Page

READ_EDITOR = """() => document.querySelector('#editor').shadowRoot.querySelector('[role=textbox]').innerText"""
READ_MARKED = """() => {
  const root = document.querySelector('#editor').shadowRoot
  const words = e => e?.textContent ?? ''
  return [words(root.querySelector('.wrong-number')), words(root.querySelector('.wrong')),
    words(root.querySelector('.wrong-words'))]
}"""

WAITS = "Python is starting."
READ_OUTPUT = "() => [...document.querySelectorAll('[aria-label=Output] > div > *')].map(e => e.textContent).join('')"


class ProgramOnPage:
    def __init__(self, page: Page):
        self.page = page
        self.editor = page.find("textbox", "Program")

    def open(self) -> None:
        """Open the editor, if it is not open yet."""
        if not self.editor.exists():
            self.page.button("Edit code").click()
            self.page.wait_until(self.editor.exists, "the editor", START_TIMEOUT)

    def write(self, source: str) -> None:
        """Put this in the place of the whole program, as a paste from the clipboard does."""
        self.open()
        self.page.copy(source)
        self.editor.focus()
        self.page.press("Control+a", "Control+v")

    def text(self) -> str:
        return self.page.evaluate(READ_EDITOR)

    def marked(self) -> tuple[str, str, str]:
        """What is marked as wrong: the line's number, the place in it, the words below it."""
        number, place, words = self.page.evaluate(READ_MARKED)
        return number, place, words

    def outcome(self) -> str:
        return self.page.evaluate("() => document.querySelector('#outcome[role=status]').textContent")

    def output(self) -> str:
        return self.page.evaluate(READ_OUTPUT)

    def is_running(self) -> bool:
        return self.page.button("Stop program").exists()

    def run(self, source: str | None = None, timeout: float = START_TIMEOUT) -> str:
        """Run it to its end; what is then said of it."""
        if source is not None:
            self.write(source)
        self.page.button("Run").click()
        return self.wait_end(timeout)

    def wait_end(self, timeout: float = START_TIMEOUT) -> str:
        running = ("", WAITS, "Running.", "Still running. Stop program ends it.")
        said = ""

        def has_ended() -> bool:
            nonlocal said
            said = self.outcome()
            return said not in running

        try:
            self.page.wait_until(has_ended, "the program's end", timeout)
        except AssertionError as error:
            raise AssertionError(f"{error}; of the program it says {said!r}") from None
        return self.outcome()

    def wait_begun(self) -> None:
        self.page.wait_until(lambda: self.outcome() not in ("", WAITS), "the program to run", START_TIMEOUT)
        assert "unning" in self.outcome(), f"{self.outcome()} {self.text()!r}"

    def stop(self) -> None:
        self.page.button("Stop program").click()
