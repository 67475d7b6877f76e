"""Which kind of file something is that is no table, by its first bytes or characters."""

import re

BINARY = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture, a sound or a film",
    b"PK\x03\x04": "a spreadsheet or another zip file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or another document of Office",
    b"\x1f\x8b": "a gzip file",
    b"SQLite format 3": "a database",
    b"\x93NUMPY": "an array of NumPy's",
    b"PAR1": "a Parquet file",
    b"\x89HDF": "an HDF5 file",
}
TEXTS = (
    (r'\{[\s\S]*"nbformat"', "a notebook. Export its table as CSV."),
    (r"[\[{][\s\S]*[\]}]\s*\Z", "JSON. A saved table has a name that ends in .tenlines.json."),
    (r"<!doctype html|<html", "a web page. Copy the table out of it, or export it as CSV."),
    (r"<\?xml|<svg", "XML. Export it as CSV."),
    (r"(#.*\s+)*(from [\w.]+ import|import \w+\s*\n)", "a program of Python's. Its name must end in .py."),
)


def binary_kind(data: bytes) -> str:
    """In a few words, or ""."""
    return next((words for mark, words in BINARY.items() if data.startswith(mark)), "")


def text_kind(text: str) -> str:
    """What it is and what to do, or ""."""
    text = text.lstrip()
    return next((words for form, words in TEXTS if re.match(form, text, re.IGNORECASE)), "")
