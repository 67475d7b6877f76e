#!/usr/bin/env python3
"""Builds, serves and tests Tenlines: python3 build.py serve | site | test

Needs Python 3.11 or newer, Node 20 or newer and npm; installs everything else below this folder.
The work is done by the modules in py/build, one idea a file.
"""

import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("build.py needs Python 3.11 or newer; this is Python %d.%d (%s)." % (*sys.version_info[:2], sys.executable))

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "py" / "build"))

if __name__ == "__main__":
    import commands

    sys.exit(commands.main(sys.argv[1:]))
