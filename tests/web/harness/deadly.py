"""A Python that ends where a test wants it to: over a question with the word for it, or when it is told to."""

from .probe import with_more
from .site_server import SiteServer

# How a question ends Python.
ENDS = {
    "a trap": "from _pyodide_core import trigger_fatal_error; trigger_fatal_error()",
    "no memory": "raise MemoryError",
}
LONG = "import time; time.sleep(7)"  # no end, but no message either for so long
DEADLY = """

def deadly(name, method):
    def answer(self, *args):
        asked = [str(arg if isinstance(arg, str | int | float) else plain_bytes(arg)) for arg in args]
        if name in ("advance", "seek", "check"):  # which carry no text
            asked = list(self._run.problem.table.inputs)
        if any(f"deadly {name}" in text for text in asked):
            ENDING
        return method(self, *args)

    return answer


for name, method in list(vars(Session).items()):
    if not name.startswith("_"):
        setattr(Session, name, deadly(name, method))
"""


def make_deadly(site: SiteServer, how: str = "a trap") -> None:
    """From now on Python ends over a question that has the word deadly and its name in it, in the table or the text.

    how: one of ENDS, or Python that is run in its place.
    """
    site.block("snapshot.bin")  # Python's memory as the build left it; without it its modules are read
    site.change("pack.bin", with_more("tenlines/page/api.py", DEADLY.replace("ENDING", ENDS.get(how, how))))


# Put before worker.js: closes the worker when it is told to.
CLOSES = b"new BroadcastChannel('worker').onmessage = () => self.close();\n"
CLOSE = "() => { new BroadcastChannel('worker').postMessage('close') }"
NO_LOCKS = b"Object.defineProperty(navigator, 'locks', { value: undefined });\n"  # as in a page that came by plain http
