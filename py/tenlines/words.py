"""What an answer is worth, in words, and lists and counts as sentences have them."""

from collections.abc import Sequence

NOT_SETTLED = "the table does not settle this"


def in_words(value: float) -> str:
    """Words for an answer between 0 and 1. 0.5 is "not sure", never rounded."""
    if value >= 0.9:
        return "likely 1"
    if value <= 0.1:
        return "likely 0"
    if 0.4 <= value <= 0.6:
        return "not sure"
    return "leans to 1" if value > 0.5 else "leans to 0"


def word_for(value: float, is_binary: bool, wrong: int, known: int, is_settled: bool = True) -> str:
    """What an answer is worth, in words; "" where there is no word for it. web/model/words.js has the same.

    is_binary: whether the known cells of its column are all 0 or 1. wrong: how many of the known rows the network has
    wrong. is_settled: whether other random starts that have learned the table say the same, as far as is known.
    """
    if wrong:
        return not_learned(wrong, known)
    if not is_settled:
        return NOT_SETTLED
    return in_words(value) if is_binary else ""


def not_learned(wrong: int, known: int) -> str:
    return f"it has not learned this table: {wrong:,} of {counted(known, 'row')} {'is' if wrong == 1 else 'are'} wrong"


def counted(many: int, thing: str) -> str:
    """ "1 row", "1,024 rows"."""
    return f"{many:,} {thing}{'' if many == 1 else 's'}"


def listed(parts: Sequence[str], most: int = 4) -> str:
    """ "2, 3 and 5"; of too many the first ones and how many more there are."""
    if len(parts) > most:
        return f"{', '.join(parts[: most - 1])} and {len(parts) - most + 1:,} more"
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
