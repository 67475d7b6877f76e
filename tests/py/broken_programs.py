"""Programs that are broken, each with what has to be said about it.

MISTAKES can be made in any Python. HOSTILE ones go for the page's Python and its worker. Those in ENDLESS do not end by
themselves.
"""

from typing import NamedTuple

POST = """\
from numpy import exp, array, random, dot
training_set_inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
training_set_outputs = array([[0, 1, 1, 0]]).T
random.seed(1)
synaptic_weights = 2 * random.random((3, 1)) - 1
for iteration in range(10000):
    output = 1 / (1 + exp(-(dot(training_set_inputs, synaptic_weights))))
    synaptic_weights += dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))
print(1 / (1 + exp(-(dot(array([1, 0, 0]), synaptic_weights)))))
"""


class Broken(NamedTuple):
    source: str
    says: str  # what Python says is, or begins with, this
    hint: str = ""  # a part of the sentence more
    line: int | None = None  # the one to be marked


def post(old: str, new: str, *rest: str | int | None) -> Broken:
    """The post's program with one thing changed."""
    assert POST.count(old) == 1, old
    return Broken(POST.replace(old, new), *rest)  # pyright: ignore[reportArgumentType]


MISTAKES = {
    # Syntax
    "no colon": post("range(10000):", "range(10000)", "SyntaxError", "ends with a colon", 6),
    "no bracket": post("random.random((3, 1)) - 1", "random.random((3, 1) - 1", "SyntaxError", "closed again", 5),
    "a bracket too many": post("random.seed(1)", "random.seed(1))", "SyntaxError", "has not been opened", 4),
    "the old print": Broken("weights = 1\nprint weights\n", "SyntaxError", "what it prints stands in ( )", 2),
    "a question mark": post("[0, 1, 1, 0]", "[0, 1, 1, ?]", "SyntaxError", "belongs into the table", 3),
    "an open text": Broken("print('Hello)\n", "SyntaxError", "same quote at its end", 1),
    "one = for two": Broken("x = 1\nif x = 1:\n    print(x)\n", "SyntaxError", "== asks", 2),
    "no comma": Broken("x = [1 2]\n", "SyntaxError", "comma is missing", 1),
    "quotes of a text program": Broken("print(“Hello”)\n", "SyntaxError", "straight", 1),
    "a minus of a text program": Broken("x = 2 − 1\n", "SyntaxError", "keyboard", 1),
    "a power of a text program": Broken("x = 3\ny = x²\n", "SyntaxError", "**2 instead of ²", 2),
    "not equal of a text program": Broken("if 1 ≠ 2:\n    pass\n", "SyntaxError", "!= instead of ≠", 1),
    "a text with one quote of a text program": Broken("x = 'a”\n", "SyntaxError", "begins with a straight quote", 1),
    "an apostrophe in a text is none": Broken('print("It’s" 1)\n', "SyntaxError", "comma is missing", 1),
    "++": Broken("i = 0\ni++\n", "SyntaxError", "i += 1", 2),
    "a name with a digit first": Broken("2x = 1\n", "SyntaxError", "begin with a digit", 1),
    "a word of Python's": Broken("lambda = 0.1\n", "SyntaxError", "Python's own", 1),
    "return outside": Broken("return 1\n", "SyntaxError", "inside a function", 1),
    "break outside": Broken("break\n", "SyntaxError", "inside a loop", 1),
    "no indent": post("    output", "output", "IndentationError", "further to the right", 7),
    "an indent too many": post("random.seed(1)", "  random.seed(1)", "IndentationError", "no line before it", 4),
    "half an indent": post("    synaptic", "  synaptic", "IndentationError", "the same place", 8),
    "tabs and spaces": Broken("if True:\n    x = 1\n\ty = 2\n", "TabError", "four spaces everywhere", 3),
    "a tab after spaces": Broken("if True:\n        x = 1\n   \ty = 2\n", "TabError", "four spaces everywhere", 3),
    "exec of old": Broken("exec 'x = 1'\n", "SyntaxError", "exec is a function", 1),
    # From elsewhere
    "a no-break space": Broken("x =\u00a01\n", "SyntaxError", "space of another kind here (U+00A0)", 1),
    "a wide space": Broken("x = 1\nif x:\n\u3000\u3000y = 2\n", "SyntaxError", "another kind here (U+3000)", 3),
    "a zero-width space": Broken("x = 1\u200b\n", "SyntaxError", "cannot be seen (U+200B)", 1),
    "a mark of direction": Broken("x = \u200e1\n", "SyntaxError", "cannot be seen (U+200E)", 1),
    "a byte order mark within": Broken("x = 1\n\ufeffy = 2\n", "SyntaxError", "cannot be seen (U+FEFF)", 2),
    "full-width brackets": Broken("print（1）\n", "SyntaxError", "only the plain (", 1),
    "a full-width comma": Broken("x = [1，2]\n", "SyntaxError", "only the plain ,", 1),
    "a full-width colon": Broken("for i in range(3)：\n    pass\n", "SyntaxError", "only the plain :", 1),
    "full-width digits": Broken("x = １０\n", "SyntaxError", "only the plain 1", 1),
    "a full-width quote": Broken("print(＂x＂)\n", "SyntaxError", "straight", 1),
    "quotes of another language": Broken("print(„Hallo“)\n", "SyntaxError", "straight", 1),
    "an emoji": Broken("x = 😀\n", "SyntaxError", "no sign of Python's", 1),
    "a prompt": Broken(">>> x = 1\n", "SyntaxError", ">>> is what a Python console writes", 1),
    "a prompt further down": Broken("x = 1\n  >>> print(x)\n1\n", "", "", 2),
    "a prompt's second line": Broken("for i in range(3):\n...     print(i)\n", "", "... is what", 2),
    "a notebook's prompt": Broken("In [3]: for x in y:\n", "SyntaxError", "In [3]: is what", 1),
    "a notebook's prompt before a name": Broken("In [1]: x = 1\n", "NameError", "what a notebook writes", 1),
    "pip": Broken("pip install numpy\n", "SyntaxError", "NumPy is here already", 1),
    "!pip": Broken("!pip install pandas\n", "SyntaxError", "cannot be installed in this page", 1),
    "pip by Python": Broken("python3 -m pip install torch\n", "SyntaxError", "cannot be installed", 1),
    "conda": Broken("conda install -c x numpy\n", "SyntaxError", "cannot be installed", 1),
    "%matplotlib": Broken("%matplotlib inline\n", "SyntaxError", "commands of a notebook", 1),
    "%timeit": Broken("x = 1\n%timeit x\n", "SyntaxError", "commands of a notebook", 2),
    "a command": Broken("python program.py\n", "SyntaxError", "command for a terminal", 1),
    "a command with its prompt": Broken("$ ls\n", "SyntaxError", "command for a terminal", 1),
    "else if": Broken("if 1:\n    pass\nelse if 2:\n    pass\n", "SyntaxError", "elif", 3),
    "a comment of C": Broken("// mine\n", "SyntaxError", "begins with #", 1),
    "===": Broken("x = 1 === 1\n", "SyntaxError", "==", 1),
    "then": Broken("if 1 == 1 then:\n    pass\n", "SyntaxError", "no then", 1),
    "let": Broken("let x = 1\n", "SyntaxError", "only x = 1", 1),
    "function": Broken("function f(x) {\n", "SyntaxError", "def f(x):", 1),
    "a loop of C": Broken("for (i = 0; i < 3; i++) {\n}\n", "SyntaxError", "range(10)", 1),
    "braces": Broken("def f(x) {\n    return x\n}\n", "SyntaxError", "not put in { }", 1),
    "a NUL": Broken("x = 1\0\n", "SyntaxError"),
    # Names
    "a letter wrong": post("(1 - output)", "(1 - outptu)", "NameError", "but output", 8),
    "a capital": post("random.seed(1)", "Random.seed(1)", "NameError", "capitals too", 4),
    "no import": post("exp, array", "array", "NameError", "from numpy import exp", 7),
    "np": Broken("import numpy\nx = np.zeros(3)\n", "NameError", "import numpy as np", 2),
    "a module not imported": Broken("print(math.pi)\n", "NameError", "import math", 1),
    "true": Broken("x = true\n", "NameError", "True", 1),
    "a name from nowhere": Broken("print(qqq)\n", "NameError", "qqq = …", 1),
    "a name of the function's": Broken("n = 0\ndef f():\n    n += 1\nf()\n", "UnboundLocalError", "global n", 3),
    "xrange": Broken("for i in xrange(3):\n    pass\n", "NameError", "older Python: write range", 1),
    "a dot for times": Broken("a = b = 2\nprint(a·b)\n", "NameError", "write *", 2),
    "matplotlib": Broken("import matplotlib.pyplot as plt\n", "ModuleNotFoundError", "cannot draw", 1),
    "torch": Broken("import torch\n", "ModuleNotFoundError", "where torch is installed", 1),
    "yaml": Broken("import yaml\n", "ModuleNotFoundError", "yaml is not in this page", 1),
    "lxml, which is not xml": Broken("import lxml\n", "ModuleNotFoundError", "lxml is not in this page", 1),
    "turtle": Broken("import sys\nsys.modules['turtle'] = None\nimport turtle\n", "ModuleNotFoundError", "draw", 3),
    "ssl": Broken(
        "import sys\nsys.modules['ssl'] = None\nimport ssl\n", "ModuleNotFoundError", "a web page cannot have", 3
    ),
    "a letter of a module wrong": Broken("import maht\n", "ModuleNotFoundError", "Is math meant", 1),
    "nunpy": post("from numpy", "from nunpy", "ModuleNotFoundError", "numpy", 1),
    "pandas": Broken("import pandas\n", "ModuleNotFoundError", "not in this page", 1),
    "exponent": post("import exp,", "import expp,", "ImportError", "Is exp", 1),
    "no such attribute": Broken("import numpy\nnumpy.arrray([1])\n", "AttributeError", "Is array", 2),
    "a list's T": Broken("x = [[1, 2]]\nprint(x.T)\n", "AttributeError", "array(…) makes one", 2),
    "None's": Broken("x = [2, 1].sort()\nx.append(1)\n", "AttributeError", "This is None", 2),
    # Shapes and kinds
    "dot of the wrong shapes": post("dot(training_set_inputs.T,", "dot(training_set_inputs,", "ValueError", ".T", 8),
    "@ of the wrong shapes": Broken(
        "from numpy import ones\nones((2, 3)) @ ones((2, 3))\n", "ValueError", "3 numbers in a row", 2
    ),
    "+ of the wrong shapes": Broken("from numpy import ones\nones(3) + ones(4)\n", "ValueError", "do not fit", 2),
    "ragged rows": post("[1, 0, 1], [0", "[1, 0], [0", "ValueError", "do not all hold", 2),
    "? as text": post("[0, 1, 1, 0]", "[0, 1, 1, '?']", "numpy._core._exceptions._UFuncNoLoopError", "holds ?", 8),
    "whole numbers": post("2 * random.random((3, 1)) - 1", "array([[0], [0], [0]])", "numpy._core", "whole numbers", 8),
    "an array's truth": Broken("from numpy import ones\nif ones(2):\n    pass\n", "ValueError", ".all()", 2),
    "past the end": Broken("from numpy import ones\nones(3)[3]\n", "IndexError", "the last is number 2", 2),
    "no such key": Broken("x = {}\nx['a']\n", "KeyError", "nothing under 'a'", 2),
    "a shape without brackets": post("random((3, 1))", "random(3, 1)", "TypeError", "brackets of its own", 5),
    "an array without brackets": Broken(
        "from numpy import array\narray(1, 2, 3)\n", "TypeError", "array([1, 2, 3])", 2
    ),
    "Python's random": Broken("import random\nrandom.random((3, 1))\n", "TypeError", "from numpy import random", 2),
    "no * between": Broken("x = 2.0\ny = x(1 + x)\n", "TypeError", "* may be missing", 2),
    "square brackets": Broken("print[1]\n", "TypeError", "not with [ ]", 1),
    "^": Broken("x = 0.5\nprint(x ^ 2)\n", "TypeError", "**", 2),
    "text and number": Broken("print('x' + 1)\n", "TypeError", "do not add up", 1),
    "text as number": Broken("x = float('?')\n", "ValueError", "stays in the table", 1),
    "a loop over a number": Broken("for i in 10:\n    pass\n", "TypeError", "range(10)", 1),
    "math's exp of an array": Broken(
        "from math import exp\nfrom numpy import ones\nexp(ones(3))\n", "TypeError", "got an array", 3
    ),
    "divided by 0": Broken("x = 0\ny = 1 / x\n", "ZeroDivisionError", "divided by 0", 2),
    "math's exp": Broken("from math import exp\nexp(1000)\n", "OverflowError", "NumPy's exp", 2),
    # Surroundings
    "input": Broken("name = input('Your name? ')\n", "EOFError", "cannot ask for input", 1),
    "no such file": Broken("open('mine.csv')\n", "FileNotFoundError", "no files of your computer", 1),
    "a folder": Broken("print(open('/'))\n", "IsADirectoryError", "This is a folder", 1),
    "another folder": Broken("import os\nprint(open(os.sep + 'tmp').read())\n", "IsADirectoryError", "a folder", 2),
    "the network, not closed": Broken(
        "from urllib.request import urlopen\nprint(urlopen('http://127.0.0.1:9/').read())\n",
        "urllib.error.URLError",
        "has no network",
        2,
    ),
    "a socket": Broken(
        "import socket\nprint(socket.create_connection(('127.0.0.1', 9), 1))\n", "ConnectionRefused", "no network", 2
    ),
    "an address that is not known": Broken(
        "from urllib.request import urlopen\nprint(urlopen('nowhere://x'))\n", "urllib.error.URLError", "no network", 2
    ),
    "an output that is closed": Broken("import os\nos.close(1)\nprint('x')\n", "OSError", "its own output", 3),
    "another file that is closed": Broken("import os\nprint(os.read(9999, 1))\n", "OSError", "", 2),
    "deep recursion": Broken("def f(n):\n    return f(n + 1)\nf(0)\n", "RecursionError", "without end", 2),
    "a huge array": Broken("from numpy import ones\nones(10**11)\n", "", "", 2),
    "an error of its own": Broken("class Mine(Exception):\n    pass\nraise Mine('so')\n", "Mine: so", "", 3),
    "an error without words": Broken(
        "class Mute(Exception):\n    def __str__(self):\n        raise ValueError\nraise Mute\n", "Mute", "", 4
    ),
    "an interrupt of its own": Broken("raise KeyboardInterrupt\n", "KeyboardInterrupt", "", 1),
    "closed stdout": Broken("import sys\nsys.stdout.close()\nprint('x')\n", "ValueError", "closed before", 3),
    "an exit": Broken("import sys\nsys.exit('enough')\n", ""),
}


def javascript(code: str) -> str:
    """A program that has the browser run this in its worker: the page's policy allows a script from a blob."""
    return f"""\
import js
from pyodide.ffi import to_js
js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([{code!r}]), type="text/javascript")))
print("x")
"""


HOSTILE = {
    "os.close(1)": "import os\nos.close(1)\nos.close(2)\nprint('x')\n",
    "os.dup2": "import os\nos.dup2(os.open('x', os.O_CREAT | os.O_WRONLY), 1)\nprint('gone')\n",
    "stdout replaced": "import sys\nsys.stdout = sys.stderr = None\nprint('gone')\n1 / 0\n",
    "a stdout that fails": """
import sys
class Bad:
    def write(self, text):
        raise OSError("no")
sys.stdout = Bad()
print(1)
""",
    "os._exit": "import os\nos._exit(3)\n",
    "os.abort": "import os\nos.abort()\n",
    "a signal": "import signal\nsignal.raise_signal(signal.SIGINT)\n",
    "a thread": "import threading\nthreading.Thread(target=print).start()\n",
    "a process": "import subprocess\nsubprocess.run(['ls'])\n",
    "the network": "import urllib.request\nurllib.request.urlopen('https://example.org')\n",
    "a huge list": "x = [0] * 10**9\n",
    "memory without end": "x = b'x' * 10**7\nwhile True:\n    x += x\n",
    "recursion without a limit": "import sys\nsys.setrecursionlimit(10**9)\ndef f():\n    return f()\nf()\n",
    "recursion in C": """
import sys
sys.setrecursionlimit(10**9)
x = []
for _ in range(10**5):
    x = [x]
print(x)
""",
    "a recursion limit of 40": "import sys\nsys.setrecursionlimit(40)\n1 / 0\n",
    "NumPy monkey-patched": "import numpy\nnumpy.exp = numpy.dot = numpy.array = numpy.ndarray = None\n1 / 0\n",
    "builtins monkey-patched": "import builtins\nbuiltins.len = builtins.isinstance = builtins.str = None\n1 / 0\n",
    "builtins emptied": "import builtins\nvars(builtins).clear()\n",
    "modules emptied": "import sys\nsys.modules.clear()\nimport numpy\n",
    "tracebacks monkey-patched": "import traceback\ntraceback.TracebackException.format = None\n1 / 0\n",
    "tenlines monkey-patched": """
import tenlines.learner.run as running
running.finish = running.TracebackException = running.Program = None
1 / 0
""",
    "the library deleted": "import shutil\nshutil.rmtree('/lib', ignore_errors=True)\nimport decimal\n",
    "a trace function": """
import sys
def trace(*_):
    raise ValueError("traced")
sys.settrace(trace)
print(len([]))
def f():
    pass
f()
""",
    "self.close": "import js\njs.close()\n",
    "the prototype's close": """
import js
js.DedicatedWorkerGlobalScope.prototype.close.call(js.globalThis)
while True:
    pass
""",
    "a message": "import js\njs.postMessage('hello')\n",
    "a message like Comlink's": """
import js
js.postMessage(js.JSON.parse('{"id": "1", "type": "RAW", "value": 1}'))
""",
    "messages without end": "import js\nwhile True:\n    js.postMessage('x' * 10**6)\n",
    "postMessage overwritten": """
import js
js.postMessage = js.MessagePort.prototype.postMessage = None
print("x")
""",
    "the port misused": javascript("""
const post = MessagePort.prototype.postMessage
MessagePort.prototype.postMessage = function () {
  for (const printed of [[{ text: {}, isError: 7 }], 1, null, ["x"]]) post.call(this, { printed })
  post.call(this, { printed: [], more: "many", ended: { status: "x", error: { text: 1 } } })
}
"""),
    "a flood through the port": javascript("""
const post = MessagePort.prototype.postMessage
MessagePort.prototype.postMessage = function () {
  for (;;) post.call(this, { printed: [{ text: "x".repeat(1e6), isError: false }] })
}
"""),
    "handlers overwritten": "import js\njs.onmessage = js.onerror = js.addEventListener = None\n1 / 0\n",
    "JavaScript's own": javascript("""
Object.prototype.text = Array.prototype.push = self.TextDecoder = self.performance.now = null
"""),
    "an error thrown later": javascript("setTimeout(() => { throw new Error('late') })"),
    "JavaScript from a text": "import js\njs.eval('1')\n",
    "Pyodide's memory": "import pyodide_js\npyodide_js._module.HEAP8.fill(0)\n",
    "Pyodide's files": "import pyodide_js\npyodide_js.FS.unmount('/')\nopen('x', 'w')\n",
    "the kept tables": "import js\njs.indexedDB.deleteDatabase('tenlines')\n",
    "the kept files": "import js\njs.caches.keys()\n",
    "a worker": "import js\njs.Worker.new('blob:x')\n",
}

ENDLESS = {
    "a loop": "print('begun')\nwhile True:\n    pass\n",
    "a loop that prints": "while True:\n    print('and on')\n",
    "a loop that catches everything": """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""",
    "a loop in C": "sum(iter(int, 1))\n",
    "sleep": "import time\ntime.sleep(10**6)\n",
    "a loop in JavaScript": javascript("while (true) {}"),
}
