"""Numbers and lists as the answers say them."""

from tenlines.trace.format import decimals_of, in_digits, number

SMALL = 1e-7  # what is smaller has a power of ten, and
NOTHING = 1e-12  # what is smaller still is "about 0"
MOST_DECIMALS = 12

Paragraphs = list[str]


def value(amount: float) -> str:
    """An answer, a target or an error. What is not 1 or −1 is not rounded to it from below."""
    text = plain(amount, 5 if abs(amount) >= 0.001 else 3)
    if text == "1" and amount < 1:
        return "above 0.99999"
    return "below −0.99999" if text == "−1" and amount > -1 else text


def rough(amount: float) -> str:
    """A weight, a sum or a slope."""
    return plain(amount, 2 if abs(amount) >= 1 else 3)


def plain(amount: float, digits: int) -> str:
    """With so many decimals or, where it is small, so many digits, and without the zeros at its end."""
    size = abs(amount)
    if 0 < size < NOTHING:
        return "about 0"
    text = in_digits(amount, digits) if SMALL <= size < 0.1 else number(float(amount), digits)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def moved(old: float, new: float) -> str:
    """ "9.67299 + 0.000102 = 9.67309", with as many decimals as show the change."""
    if old == new:
        return f"{rough(old)} stays as it is"
    decimals = max(2, decimals_of(new - old))
    if decimals > MOST_DECIMALS or max(abs(old), abs(new)) >= 1e6:
        return f"{rough(old)} changes by {rough(new - old)}"
    sign = "−" if new < old else "+"
    before, by, after = (f"{part:,.{decimals}f}".replace("-", "−") for part in (old, abs(new - old), new))
    # A small change in all its digits: rounded as the weights are, it would not be what changes them.
    return f"{before} {sign} {plain(abs(new - old), 3) if decimals > 2 else by} = {after}"
