"""python -m tenlines: options, reports, and files written whole or not at all."""
