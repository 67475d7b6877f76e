"""What an answer says, in words."""


def in_words(value: float) -> str:
    """Words for an answer between 0 and 1. 0.5 is "not sure", never rounded."""
    if value >= 0.9:
        return "likely 1"
    if value <= 0.1:
        return "likely 0"
    if 0.4 <= value <= 0.6:
        return "not sure"
    return "leans to 1" if value > 0.5 else "leans to 0"
