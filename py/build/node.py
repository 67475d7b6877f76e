"""Node, npm and the packages of web/."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import stamp
from console import Stop, detail, run, say
from layout import ROOT, WEB

OLDEST = 20
MODULES = WEB / "node_modules"
GIVE_UP_SOON = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000")  # npm's own way takes over a minute
REMEDY = f"Install Node {OLDEST} or newer with npm, from https://nodejs.org or a package manager."


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise Stop(f"{name} was not found on the PATH. {REMEDY}")
    return found


def check() -> None:
    node = program("node")
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    version = re.match(r"v(\d+)\.", said)
    if not version or int(version[1]) < OLDEST:
        raise Stop(f"Node {said or 'without a version'} ({node}) is too old. {REMEDY}")
    program("npm")


def install(folder: Path = WEB) -> None:
    """`npm ci` in a folder, when what it was last run for has changed."""
    name = folder.relative_to(ROOT).as_posix()
    mark = folder / "node_modules" / ".tenlines.stamp"
    wanted = stamp.digest(folder / "package.json", folder / "package-lock.json", folder / ".npmrc")
    if stamp.is_current(mark, wanted):
        detail(f"{name}/node_modules is up to date")
        return
    say(f"Installing the packages of {name}/ (npm ci)")
    with stamp.renewed(mark, wanted):
        remedy = "Is there a network? npm needs its registry for this."
        run([program("npm"), "ci", "--prefer-offline", *GIVE_UP_SOON], cwd=folder, remedy=remedy)


def esbuild(*arguments: str | Path, more_modules: Path = MODULES) -> None:
    """Bundle; esbuild's warnings are the reader's to see."""
    bundler = MODULES / "esbuild" / "bin" / "esbuild"
    where = {"NODE_PATH": os.pathsep.join([str(MODULES), str(more_modules)])}
    said = run([program("node"), bundler, *arguments, "--log-level=warning"], cwd=WEB, env=where)
    if said.strip():
        say(said.rstrip())
