""".venv: the Python that runs the tests, the terminal program and the build's own tools."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import stamp
from console import Stop, detail, run, say
from layout import PY, VENV, VENV_BIN, VENV_PYTHON

REQUIREMENTS = PY / "build" / "requirements.txt"
TEST_REQUIREMENTS = PY / "build" / "requirements-test.txt"
TORCH_REQUIREMENTS = PY / "build" / "requirements-torch.txt"
PAGE_PYTHON = "3.13"  # Pyodide's: bytecode fits only the version that made it

PIP = VENV_BIN / ("pip.exe" if sys.platform == "win32" else "pip")

NO_BYTECODE = (
    f"No CPython {PAGE_PYTHON} was found, so .venv uses Python {{version}}: the page gets Python's sources, "
    "not its bytecode, fetches 1 MB more at its start, and takes twice as long where it cannot start from its "
    f"snapshot. To change that, install CPython {PAGE_PYTHON} and delete .venv."
)

FINDERS = (
    ("uv", "python", "find", PAGE_PYTHON),
    ("py", f"-{PAGE_PYTHON}", "-c", "import sys; print(sys.executable)"),  # Windows
)

PROBE = """
import sys, sysconfig, ensurepip, venv
release = sys.implementation.name == "cpython" and sys.version_info.releaselevel == "final"
usual = release and not sysconfig.get_config_var("Py_GIL_DISABLED")
print("%d.%d" % sys.version_info[:2] if usual else "other")
"""


def version_of(python: str | Path) -> str | None:
    """'3.13' for a CPython that can make a .venv; None for what does not run, as a pyenv shim may not."""
    try:
        answer = subprocess.run(
            [python, "-I", "-c", PROBE], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def candidates() -> Iterator[str | Path]:
    """Programs that may be a CPython of the page's version, the nearest first."""
    yield sys.executable
    for name in (f"python{PAGE_PYTHON}", "python3", "python"):
        if found := shutil.which(name):
            yield found
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for home in dict.fromkeys([Path(sys.base_prefix).parent, pyenv / "versions"]):
        for folder in sorted(home.glob(f"{PAGE_PYTHON}*"), reverse=True):
            yield from filter(Path.is_file, (folder / "bin" / "python3", folder / "python.exe"))
    for finder in FINDERS:
        if shutil.which(finder[0]):
            found = subprocess.run(finder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if found.returncode == 0:
                yield found.stdout.strip()


def find_python() -> str | Path:
    """The CPython to make .venv with: the page's version where there is one, else the running Python."""
    for candidate in dict.fromkeys(candidates()):
        if version_of(candidate) == PAGE_PYTHON:
            return candidate
    return sys.executable


def venv_version() -> str:
    """The version of .venv's Python, such as 3.13.0, as its own record has it."""
    lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(" = ", 1) for line in lines if " = " in line)
    return fields.get("version") or fields["version_info"]


def makes_bytecode() -> bool:
    return venv_version().startswith(f"{PAGE_PYTHON}.")


def make_venv() -> None:
    if PIP.exists() and version_of(VENV_PYTHON):  # pip comes last; the Python below a .venv can go away
        return
    python = find_python()
    detail(f"Making .venv with {python}")
    run(
        [python, "-m", "venv", "--clear", VENV],
        remedy="On Debian and Ubuntu this needs: apt-get install python3-venv",
    )
    if not makes_bytecode():
        say(NO_BYTECODE.format(version=venv_version()))


def install(requirements: Path, are_locked: bool = True) -> None:
    """Bring .venv to the requirements and install tenlines in it, editable. are_locked: each has its hash."""
    mark = VENV / f"{requirements.stem}.stamp"
    wanted = stamp.digest(requirements, PY / "pyproject.toml", str(PY))  # the folder may have been moved
    if stamp.is_current(mark, wanted):
        detail(f".venv has what {requirements.name} asks for")
        return
    say(f"Installing Python packages into .venv ({requirements.name})")
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    with stamp.renewed(mark, wanted):
        run(
            [*pip, *(["--require-hashes"] if are_locked else []), "--only-binary=:all:", "-r", requirements],
            remedy="Is there a network? pip needs its package index for this.",
        )
        run([*pip, "--no-deps", "--no-build-isolation", "--editable", PY])


def environment(tests: bool = False) -> None:
    make_venv()
    if not (PY / "tenlines" / "__init__.py").is_file():
        raise Stop("py/tenlines is missing: this is not a whole copy of the repository.")
    install(REQUIREMENTS)
    if tests:
        install(TEST_REQUIREMENTS)
        if os.environ.get("TENLINES_TORCH") == "1":
            install(TORCH_REQUIREMENTS, are_locked=False)  # there are builds of it that no one index has all hashes of
