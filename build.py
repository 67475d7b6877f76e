#!/usr/bin/env python3
"""Builds, serves and tests Tenlines: python3 build.py serve | site | test

Needs Python 3.11 or newer, Node 20 or newer and npm; installs everything else below this folder.
The work is done by the modules in py/build, one idea a file.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - so this file keeps to words that an old Python can read
    sys.exit("build.py needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "py", "build"))

if __name__ == "__main__":
    import commands

    sys.exit(commands.main(sys.argv[1:]))
