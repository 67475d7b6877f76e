"""Messages on standard error, and text made safe to print in a terminal."""

import re
import sys
from contextlib import suppress

# Characters that steer a terminal, turn the direction of writing, begin a line, or are half a character.
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """With such characters as Python writes them: ESC as \\x1b."""
    return STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def complain(message: str) -> None:
    with suppress(OSError, ValueError):  # nobody can hear it
        if sys.stderr:
            print(f"tenlines: {visible(message)}", file=sys.stderr, flush=True)
