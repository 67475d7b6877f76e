"""dist/site: everything the page needs, in a plain folder."""

import base64
import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import environment
import node
import notices
import packs
import runtime
import stamp
from console import Stop, detail, say
from layout import CACHE, PY, ROOT, SITE, WEB
from numpy_wheel import Sources

TARGETS = "--target=chrome113,firefox113,safari17"  # the oldest that Pyodide 0.29 supports
COPIED = ("*.html", "*.webmanifest", "icons/*.png", "icons/favicon.svg")  # from web/, as they are


def site(given_wheel: Path | None = None) -> Path:
    """Bring dist/site up to date, with all that it is made with."""
    with only_one_build():
        node.check()
        environment.environment()
        node.install()
        numpy = Sources(runtime.PYODIDE, CACHE / "numpy").find(given_wheel)
        mark = CACHE / "site.stamp"
        wanted = stamp.digest(ROOT / "build.py", PY, WEB, environment.venv_version(), stamp.sha256(numpy))
        if SITE.is_dir() and stamp.is_current(mark, wanted + stamp.digest(SITE)):
            detail("dist/site is up to date")
            return SITE
        python = packs.packs(numpy)
        say("Assembling dist/site")
        mark.unlink(missing_ok=True)
        SITE.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SITE.parent, prefix=".site-") as folder:
            fresh = Path(folder) / "fresh"
            assemble(fresh, python, numpy)
            if SITE.exists():
                SITE.rename(Path(folder) / "old")
            fresh.rename(SITE)
        mark.write_text(wanted + stamp.digest(SITE))
    return SITE


def assemble(target: Path, python: Path, numpy: Path) -> None:
    target.mkdir()
    for pattern in COPIED:
        for path in WEB.glob(pattern):
            copy = target / path.relative_to(WEB)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
    (target / "python").mkdir()
    files = {path.name: place(path, target / "python") for path in sorted(python.glob("*.bin"))}
    bundle(target, python / packs.ABOUT, files)
    notices.write(target / "notices.txt", numpy)
    service_worker(target)


def place(path: Path, folder: Path) -> Path:
    """Copy a file into a folder under a name that tells its contents: what is under it never changes."""
    mark = base64.b32encode(bytes.fromhex(stamp.sha256(path)))[:8].decode()
    stem, suffix = path.name.rsplit(".", 1)
    return Path(shutil.copyfile(path, folder / f"{stem}-{mark}.{suffix}"))


def bundle(target: Path, about_python: Path, files: dict[str, Path]) -> None:
    """The page, its scripts and its style with what they import, each under a name that tells its contents."""
    for name in ("index.html", "main.js", "worker.js", "style.css"):
        if not (WEB / name).is_file():
            raise Stop(f"web/{name} is missing: this is not a whole copy of the repository.")
    shared = ["--bundle", "--minify", TARGETS, "--legal-comments=none", f"--alias:about-python={about_python}"]
    shared.append("--format=iife")
    named = ["--sourcemap", f"--outdir={target}", "--entry-names=[name]-[hash]"]
    # A classic worker. Pyodide's loader names Node's modules too; in a browser it never asks for them.
    node.esbuild("worker.js", *shared, *named, "--external:node:*")
    files["worker.js"] = next(target.glob("worker-*.js"))
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        fetcher, paths = Path(folder) / "fetcher.js", Path(folder) / "files.json"
        node.esbuild("fetcher.js", *shared, f"--outfile={fetcher}")
        code = fetcher.rename(fetcher.with_suffix(".txt"))  # esbuild takes the text of these
        paths.write_text(json.dumps({name: path.relative_to(target).as_posix() for name, path in files.items()}))
        given = [f"--alias:fetcher-code={code}", f"--alias:site-files={paths}"]
        node.esbuild("main.js", "style.css", *shared, *named, *given)
    page = target / "index.html"
    html = page.read_text(encoding="utf-8")
    for name in ("main.js", "style.css"):
        stem, suffix = name.split(".")
        html = html.replace(f'"{name}"', f'"{next(target.glob(f"{stem}-*.{suffix}")).name}"')
    page.write_text(html, encoding="utf-8")


def service_worker(target: Path) -> None:
    """sw.js, last: it holds the names of all other files and what each contains. Maps are for who looks for them."""
    hashes = {
        path.relative_to(target).as_posix(): stamp.sha256(path) for path in stamp.files(target) if path.suffix != ".map"
    }
    contents = {"files": hashes, "version": stamp.digest(json.dumps(hashes))[:16]}
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        about = Path(folder) / "contents.json"
        about.write_text(json.dumps(contents))
        node.esbuild("sw.js", "--bundle", "--minify", TARGETS, f"--alias:site-contents={about}", f"--outdir={target}")


@contextlib.contextmanager
def only_one_build() -> Iterator[None]:
    """A second build at the same time waits for the first, then finds everything done."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as file:
        try:
            import fcntl
        except ImportError:  # Windows
            pass
        else:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Waiting for another build to end")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
