"""The command line of build.py: one function a command."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import assemble
import bench
import console
import serve
import suite
from layout import CACHE

ADDRESS = CACHE / "address"  # of the site that was made last; what serve shows is what is going to be uploaded
Command = Callable[[argparse.Namespace, list[str]], int]


def command_serve(options: argparse.Namespace, rest: list[str]) -> int:
    with serve.listen(options.port, assemble.SITE) as server:  # first, so that a taken port is told at once
        assemble.site(options.numpy_wheel, ADDRESS.read_text() if ADDRESS.is_file() else "")
        return serve.forever(server, open_browser=not options.no_open)


def command_site(options: argparse.Namespace, rest: list[str]) -> int:
    assemble.site(options.numpy_wheel, options.address or "")
    ADDRESS.write_text(options.address or "")
    console.say(f"The site is in {assemble.SITE}, and in one file, {assemble.ONE_FILE}")
    return 0


def address(text: str) -> str:
    """Where the site will be; a page links to what is below it."""
    parts = urlsplit(text)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s?#\"<>\\]", text)
    if not is_whole:
        raise argparse.ArgumentTypeError(f"{text} is no address such as https://example.org/tenlines/")
    return text if text.endswith(("/", ".html")) else f"{text}/"


def command_test(options: argparse.Namespace, rest: list[str]) -> int:
    assemble.site(options.numpy_wheel)
    return suite.run(rest)


def command_bench(options: argparse.Namespace, rest: list[str]) -> int:
    return bench.run(rest, options.numpy_wheel)


def parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    shared.add_argument("--numpy-wheel", type=Path, metavar="FILE", help="take NumPy for the page from FILE")
    shared.add_argument("--verbose", action="store_true", help="say also what was already up to date")

    top = argparse.ArgumentParser(prog="build.py", description="Builds, serves and tests Tenlines.")
    commands = top.add_subparsers(required=True, metavar="serve | site | test | bench")

    def add(name: str, run: Command, help: str, **more: Any) -> argparse.ArgumentParser:
        more = {"description": help, "parents": [shared], "allow_abbrev": False, **more}
        command = commands.add_parser(name, help=help, **more)
        command.set_defaults(run=run, passes_on=False)
        return command

    served = add("serve", command_serve, "build the site and serve it on this computer")
    served.add_argument("--port", type=int, default=8000, help="the port to listen on (default: %(default)s)")
    served.add_argument("--no-open", action="store_true", help="do not open the browser")
    site = add("site", command_site, "write the site, a plain static folder, to dist/site, and dist/tenlines.html")
    hosted = "where the site will be, so that the one file can give links to it"
    site.add_argument("--address", type=address, metavar="URL", help=hosted)
    tested = add(
        "test",
        command_test,
        "install what the tests need, browsers included, and run them",
        usage="build.py test [--numpy-wheel FILE] [--verbose] [pytest arguments]",
    )
    tested.set_defaults(passes_on=True)
    benched = add(
        "bench",
        command_bench,
        "measure Tenlines beside its peers: training, growing, typing, scrubbing, start-up",
        usage="build.py bench [--numpy-wheel FILE] [--verbose] [--json] [part ...]",
    )
    benched.set_defaults(passes_on=True)
    return top


def main(arguments: list[str]) -> int:
    top = parser()
    options, rest = top.parse_known_args(arguments)
    if rest and not options.passes_on:
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    console.verbose = options.verbose
    try:
        return options.run(options, rest)
    except console.Stop as stop:
        console.complain(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130
