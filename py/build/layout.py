"""Where things are."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PY = ROOT / "py"
WEB = ROOT / "web"
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"  # downloads and half-done work; may be deleted at any time
SITE = ROOT / "dist" / "site"
ONE_FILE = ROOT / "dist" / "tenlines.html"

VENV_BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
VENV_PYTHON = VENV_BIN / "python"
