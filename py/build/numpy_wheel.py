"""NumPy for the page: one wheel, pinned, from the first source that has it.

In order: the file given with --numpy-wheel, the copy in .cache, the Pyodide CDN, and for networks that let
through a package registry but no CDN, an npm package that carries Pyodide's own build of the same NumPy.
Of that package nothing but the wheel is used.
"""

import json
import shutil
import subprocess
import tarfile
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import downloads
import node
import stamp
from console import Stop, detail, say

CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
CDN_PAUSE_HOURS = 1

NPM_PACKAGE = "@bentopdf/pymupdf-wasm@0.11.16"
NPM_PACKAGE_BYTES = 40_422_880


@dataclass(frozen=True)
class Wheel:
    name: str
    sha256: str


NPM_WHEEL = Wheel(
    "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl",
    "125230b4c3ecd08803e5c43f1162e017c0718d9f253146225a705a952b9c16c2",
)


def cdn_wheel(pyodide: Path) -> Wheel:
    """The wheel that this Pyodide was released with."""
    entry = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]["numpy"]
    return Wheel(entry["file_name"], entry["sha256"])


class Sources:
    def __init__(self, pyodide: Path, cache: Path, cdn: str | None = None) -> None:
        version = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"]
        self.cdn = cdn or CDN.format(version=version)
        self.cdn_wheel = cdn_wheel(pyodide)
        self.known = (self.cdn_wheel, NPM_WHEEL)
        self.cache = cache
        self.refusal = cache / "cdn-refused.json"  # when the CDN last could not be reached, and why

    def find(self, given: Path | None = None) -> Path:
        """The wheel in the cache, brought there first where it is not."""
        self.cache.mkdir(parents=True, exist_ok=True)
        if given:
            return self._given(given)
        return self._cached() or self._from_cdn() or self._from_npm()

    def _given(self, file: Path) -> Path:
        if not file.is_file():
            raise Stop(f"--numpy-wheel {file}: there is no such file.")
        found = stamp.sha256(file)
        for wheel in self.known:
            if found == wheel.sha256:
                target = self.cache / wheel.name
                if not (target.is_file() and stamp.sha256(target) == found):
                    copy = target.with_suffix(".part")
                    shutil.copyfile(file, copy)
                    copy.replace(target)
                return target
        lines = [f"--numpy-wheel {file} is not one of the wheels this build knows."]
        lines += [f"  expected sha256 {wheel.sha256}  {wheel.name}" for wheel in self.known]
        lines += [f"  found    sha256 {found}"]
        raise Stop("\n".join(lines))

    def _cached(self) -> Path | None:
        for wheel in self.known:
            target = self.cache / wheel.name
            if not target.is_file():
                continue
            if stamp.sha256(target) == wheel.sha256:
                detail(f"{wheel.name} is in .cache")
                return target
            say(f"{wheel.name} in .cache is damaged; fetching it again")
            target.unlink()
        return None

    def _from_cdn(self) -> Path | None:
        if why := self._refused():
            detail(f"Not asking the Pyodide CDN again within {CDN_PAUSE_HOURS} hour ({why})")
            return None
        target = self.cache / self.cdn_wheel.name
        say(f"Fetching {target.name} from the Pyodide CDN")
        try:
            downloads.fetch(self.cdn + target.name, target, self.cdn_wheel.sha256)
        except OSError as error:
            why = str(getattr(error, "reason", error))
            until = time.time() + CDN_PAUSE_HOURS * 3600
            self.refusal.write_text(json.dumps({"until": until, "why": why}))
            say(f"The Pyodide CDN did not give it ({why}) and is not asked again for {CDN_PAUSE_HOURS} hour.")
            return None
        return target

    def _refused(self) -> str | None:
        try:
            refusal = json.loads(self.refusal.read_text())
            return refusal["why"] if time.time() < refusal["until"] else None
        except (OSError, ValueError, KeyError):
            return None

    def _from_npm(self) -> Path:
        target = self.cache / NPM_WHEEL.name
        say(f"Fetching {target.name} out of the npm package {NPM_PACKAGE} ({NPM_PACKAGE_BYTES / 1e6:.0f} MB)")
        with tempfile.TemporaryDirectory(dir=self.cache, prefix="npm-") as folder:
            tarball = pack(Path(folder))
            if tarball is None:
                raise Stop(self._no_network())
            part = Path(folder) / target.name
            with tarfile.open(tarball) as archive:
                member = archive.extractfile(f"package/assets/{target.name}")
                if member is None:
                    raise Stop(f"{NPM_PACKAGE} has no assets/{target.name}")
                with part.open("wb") as file:
                    shutil.copyfileobj(member, file)
            downloads.check(part, NPM_WHEEL.sha256, f"{target.name} in {NPM_PACKAGE}")
            part.replace(target)
        return target

    def _no_network(self) -> str:
        return (
            "NumPy for the page could not be fetched: neither the Pyodide CDN nor npm's registry answered.\n"
            f"On a computer with a network, download {self.cdn}{self.cdn_wheel.name}\n"
            "bring the file here and run the same command with: --numpy-wheel FILE\n"
            f"  expected sha256 {self.cdn_wheel.sha256}"
        )


def pack(folder: Path) -> Path | None:
    """Let npm fetch the package into a folder; None where it cannot."""
    command = [node.program("npm"), "pack", NPM_PACKAGE, "--ignore-scripts", "--pack-destination", folder]
    command += ["--cache", folder / "cache"]  # in here, so that what has arrived can be counted
    command += node.GIVE_UP_SOON
    detail(f"$ {' '.join(map(str, command))}")
    finished = threading.Event()
    watcher = threading.Thread(target=_watch, args=(folder, finished))
    watcher.start()
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    finally:
        finished.set()
        watcher.join()
    if done.returncode:
        detail(done.stdout.rstrip())
        return None
    return next(folder.glob("*.tgz"))


def _watch(folder: Path, finished: threading.Event) -> None:
    progress = downloads.Progress(NPM_PACKAGE, NPM_PACKAGE_BYTES)
    while not finished.wait(0.2):
        progress.at(max((size(path) for path in folder.rglob("*") if path.suffix != ".log"), default=0))
    progress.end()


def size(path: Path) -> int:
    """Bytes in a file, 0 for a folder or for what npm has just removed."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
