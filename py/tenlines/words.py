"""What an answer says, in words."""

from collections.abc import Iterable

NOT_LEARNED = "it has not learned this table"


def in_words(value: float) -> str:
    """Words for an answer between 0 and 1. 0.5 is "not sure", never rounded."""
    if value >= 0.9:
        return "likely 1"
    if value <= 0.1:
        return "likely 0"
    if 0.4 <= value <= 0.6:
        return "not sure"
    return "leans to 1" if value > 0.5 else "leans to 0"


def word_for(value: float, is_binary: bool, is_learned: bool) -> str:
    """What an answer is worth, in words; "" where there is no word for it.

    is_binary: whether the known cells of its column are all 0 or 1. is_learned: `has_learned` of that column.
    """
    if not is_binary:
        return "" if is_learned else NOT_LEARNED
    word = in_words(value)
    return NOT_LEARNED if word.startswith("likely") and not is_learned else word


def has_learned(known: Iterable[tuple[float, float]]) -> bool:
    """Whether what the network says of a column's known cells, (target, answer) pairs, is worth anything.

    It is where more than half of them are on the right side of 0.5, if all targets are 0 or 1, and where the mean error
    is below that of always saying the mean of the targets. web/model/words.js has the same.
    """
    pairs = list(known)
    if not pairs:
        return True
    mean = sum(target for target, _ in pairs) / len(pairs)
    error = sum(abs(target - answer) for target, answer in pairs)
    error_of_mean = sum(abs(target - mean) for target, _ in pairs)
    if error_of_mean > 0 and not error < error_of_mean:
        return False
    if any(target not in (0, 1) for target, _ in pairs):
        return True
    right = sum(answer > 0.5 if target == 1 else answer < 0.5 for target, answer in pairs)
    return 2 * right > len(pairs)
