"""dist: the site, everything the page needs in a plain folder, and the same in one file."""

import base64
import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import apart
import archives
import environment
import examples_module
import first_paint
import node
import notices
import one_file
import packs
import runtime
import settings_module
import stamp
from console import Stop, detail, say
from layout import CACHE, ONE_FILE, PY, ROOT, SITE, WEB
from numpy_wheel import Sources

TARGETS = "--target=chrome113,firefox113,safari17"  # the oldest that Pyodide 0.29 supports
INLINE = "inline.js"  # which asks for:
MODULE = "pyodide.asm.wasm.bin"
NOTICES = "notices.txt"
# What main.js has for later.js (web/load-later.js).
SHARED = (
    "@preact/signals-core",
    "comlink",
    "lit-html",
    "./browser/activity.js",
    "./model/fit.js",
    "./python/boot.js",
    "./site/site-files.js",
)
COPIED = ("*.webmanifest", "icons/*.png", "icons/favicon.svg")  # from web/, as they are


def write_modules() -> None:
    """Those of the page's modules that come from Python's own lists."""
    settings_module.write()
    examples_module.write()


def site(given_wheel: Path | None = None, address: str = "") -> Path:
    """Bring dist up to date, with all that it is made with. address: where the site will be, if that is known."""
    with only_one_build():
        node.check()
        environment.environment()
        node.install()
        write_modules()
        numpy = Sources(runtime.PYODIDE, CACHE / "numpy").find(given_wheel)
        mark = CACHE / "site.stamp"
        made_of = wanted(numpy, address)
        if stamp.is_current(mark, made_of + digest_of_dist()):
            detail("dist/site is up to date")
            return SITE
        python = packs.packs(numpy)
        say("Assembling dist/site")
        mark.unlink(missing_ok=True)
        SITE.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SITE.parent, prefix=".site-") as folder:
            fresh = Path(folder) / "fresh"
            alone = Path(folder) / ONE_FILE.name
            assemble(fresh, alone, python, numpy, address)
            if SITE.exists():
                SITE.rename(Path(folder) / "old")
            fresh.rename(SITE)
            alone.replace(ONE_FILE)
        mark.write_text(made_of + digest_of_dist())
    return SITE


def wanted(numpy: Path, address: str) -> str:
    return stamp.digest(ROOT / "build.py", PY, WEB, environment.venv_version(), stamp.sha256(numpy), address)


def digest_of_dist() -> str:
    return stamp.digest(SITE, ONE_FILE) if SITE.is_dir() and ONE_FILE.is_file() else "nothing"


def assemble(target: Path, alone: Path, python: Path, numpy: Path, address: str) -> None:
    target.mkdir()
    for pattern in COPIED:
        for path in WEB.glob(pattern):
            copy = target / path.relative_to(WEB)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
    (target / "python").mkdir()
    files = {path.name: place(path, target / "python") for path in sorted(python.glob("*.bin"))}
    frame = apart.script(TARGETS)
    packages = bundle(target, python / packs.ABOUT, files, address, frame)
    notices.write(target / NOTICES, numpy, packages)
    add_one_file(target, alone, files, frame)
    write_inline(target / "index.html")
    service_worker(target)


def place(path: Path, folder: Path) -> Path:
    """Copy a file into a folder under a name that tells its contents: what is under it never changes."""
    mark = base64.b32encode(bytes.fromhex(stamp.sha256(path)))[:8].decode()
    stem, suffix = path.name.rsplit(".", 1)
    return Path(shutil.copyfile(path, folder / f"{stem}-{mark}.{suffix}"))


def bundle(target: Path, about_python: Path, files: dict[str, Path], address: str, frame: str) -> set[str]:
    """The page, its scripts and its style with what they import, each under a name that tells its contents.

    Returns the npm packages that are in them.
    """
    for name in ("index.html", INLINE, "main.js", "worker/worker.js", "style.css"):
        if not (WEB / name).is_file():
            raise Stop(f"web/{name} is missing: this is not a whole copy of the repository.")
    shared = ["--bundle", "--minify", TARGETS, "--legal-comments=none", f"--alias:about-python={about_python}"]
    classic = [*shared, "--format=iife"]
    named = ["--sourcemap", f"--outdir={target}", "--entry-names=[name]-[hash]"]
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        reports = [Path(folder) / f"{name}.report.json" for name in ("worker", "editor", "fetcher", "later", "main")]
        report = {path.name.split(".")[0]: f"--metafile={path}" for path in reports}
        # A classic worker. Pyodide's loader names Node's modules too; in a browser it never asks for them.
        node.esbuild("worker/worker.js", *classic, *named, "--external:node:*", report["worker"])
        files["worker.js"] = next(target.glob("worker-*.js"))
        about_site = Path(folder) / "about.json"
        about_site.write_text(json.dumps({"address": address, "carried": one_file.FILES}))
        sandbox_frame = Path(folder) / "sandbox-frame.txt"
        sandbox_frame.write_text(apart.page(frame), encoding="utf-8")
        given = [f"--alias:about-site={about_site}", f"--alias:sandbox-frame={sandbox_frame}"]
        files |= on_demand(Path(folder), target, shared, given, report)
        fetcher, paths = Path(folder) / "fetcher.js", Path(folder) / "files.json"
        node.esbuild("python/fetcher.worker.js", *classic, f"--outfile={fetcher}", report["fetcher"])
        code = fetcher.rename(fetcher.with_suffix(".txt"))  # esbuild takes the text of these
        paths.write_text(json.dumps({name: path.relative_to(target).as_posix() for name, path in files.items()}))
        given += [f"--alias:fetcher-code={code}", f"--alias:site-files={paths}"]
        html, rules = first_paint.draw(Path(folder), given)
        given.append(f"--alias:{first_paint.RULES}={rules}")
        node.esbuild("main.js", "style.css", *classic, *named, *given, report["main"])
        packages = notices.bundled(reports)
    page = target / "index.html"
    bundled = {name: next(target.glob(name.replace(".", "-*."))) for name in ("main.js", "style.css")}
    for name, path in {**bundled, MODULE: files[MODULE]}.items():
        html = html.replace(f'"{name}"', f'"{path.relative_to(target).as_posix()}"')
    page.write_text(with_script(html, frame), encoding="utf-8")
    return packages


def on_demand(
    folder: Path, target: Path, shared: list[str], given: list[str], report: dict[str, str]
) -> dict[str, Path]:
    """The scripts that the page imports when they are wanted (web/site/load-script.js), gzipped."""
    # CommonJS in a module: what it requires, main.js gives to it.
    later = ["--format=cjs", "--banner:js=export default (require, module) => {", "--footer:js=}", *given]
    later += [f"--external:{name}" for name in SHARED]
    scripts = {one_file.EDITOR: ("editor/editor.js", ["--format=esm"]), one_file.LATER: ("later.js", later)}
    for name, (entry, options) in scripts.items():
        made = folder / name
        node.esbuild(entry, *shared, *options, f"--outfile={made}", report[name.split(".")[0]])
        made.write_bytes(archives.gzipped(made.read_bytes()))
    return {name: place(folder / name, target) for name in scripts}


def with_script(html: str, code: str) -> str:
    """The page with a policy that lets this script in, in the page or in a frame of it."""
    return one_file.replaced(re.compile("script-src 'self'"), f"script-src 'self' {one_file.hashed(code)}", html)


def add_one_file(target: Path, alone: Path, files: dict[str, Path], frame: str) -> None:
    """The shell of the one file, for the site to make copies with, and the file itself."""
    page = target / "index.html"
    html = page.read_text(encoding="utf-8")
    script, style = (next(target.glob(name)).read_text("utf-8") for name in ("main-*.js", "style-*.css"))
    licences = (target / NOTICES).read_text("utf-8")
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        shell, packed, text = (Path(folder) / name for name in ("shell.html", one_file.SHELL, "notices.bin"))
        shell.write_bytes(one_file.shell(html, script, style, frame, licences).encode())
        packed.write_bytes(archives.gzipped(one_file.shell(html, script, style, frame).encode()))
        text.write_bytes(archives.gzipped(licences.encode()))
        placed, told = place(packed, target), place(text, target)
        one_file.write(alone, shell, {**files, one_file.SHELL: placed})
    # The script cannot name what holds the script itself, nor what tells of whose work is in it.
    named = f'<html data-shell="{placed.name}" data-notices="{told.name}" '
    page.write_text(html.replace("<html ", named, 1), encoding="utf-8")


def write_inline(page: Path) -> None:
    """Write web/inline.js into the page: asked for, it would come a round trip later."""
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        inline = Path(folder) / INLINE
        node.esbuild(INLINE, "--minify", "--format=iife", TARGETS, f"--outfile={inline}")
        code = inline.read_text("utf-8").strip()
    html = one_file.replaced(re.compile(f' src="{INLINE}"([^>]*>)'), lambda tag: tag[1] + code, page.read_text("utf-8"))
    page.write_text(with_script(html, code), encoding="utf-8")


def service_worker(target: Path) -> None:
    """sw.js, last: it holds the names of all other files and what each contains. Maps are for who looks for them."""
    hashes = {
        path.relative_to(target).as_posix(): base64.b64encode(bytes.fromhex(stamp.sha256(path))).decode()
        for path in stamp.files(target)
        if path.suffix != ".map"
    }
    contents = {"files": hashes, "version": stamp.digest(json.dumps(hashes))[:16]}
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        about = Path(folder) / "contents.json"
        about.write_text(json.dumps(contents))
        node.esbuild(
            "offline/sw.js", "--bundle", "--minify", TARGETS, f"--alias:site-contents={about}", f"--outdir={target}"
        )


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
