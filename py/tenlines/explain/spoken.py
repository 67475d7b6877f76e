"""Formulas as people write them: methods/formula.py says how they come about."""

from typing import Any

from tenlines.methods.formula import ATOM, COMPARISON, POWER, SIGN, Text


class Spoken(Text):
    """A part of a formula as people write it."""

    MINUS, TIMES, NEGATIVE = " − ", " · ", "−"

    def __pow__(self, power: int | Text) -> "Text":
        raised = f"^{power.held(SIGN)}" if isinstance(power, Text) else "⁰¹²³⁴⁵⁶⁷⁸⁹"[power]
        return Spoken(self.held(ATOM) + raised, POWER)

    def __gt__(self, other: Any) -> "Text":
        return SpokenCondition(f"{self} > {other}")


class SpokenCondition(Spoken):
    """1 where something holds, else 0."""

    def __init__(self, condition: str) -> None:
        super().__init__(f"1 where {condition}, else 0", COMPARISON)
        self.condition = condition


class SpokenFunctions:
    def exp(self, power: Spoken) -> Text:
        return Spoken(f"e^{power.held(SIGN)}", POWER)

    def tanh(self, z: Spoken) -> Text:
        return Spoken(f"tanh({z})")

    def sqrt(self, number: Spoken) -> Text:
        return Spoken(f"√{number.held(ATOM)}")

    def sign(self, number: Spoken) -> Text:
        return Spoken(f"sign({number})")

    def maximum(self, one: Any, other: Any) -> Text:
        return Spoken(f"max({one}, {other})")

    def where(self, condition: SpokenCondition, one: Any, other: Any) -> Text:
        return Spoken(f"{one} where {condition.condition}, else {other}", COMPARISON)

    def logaddexp(self, one: Any, other: Spoken) -> Text:
        return Spoken(f"ln({'1' if one == 0 else self.exp(one)} + {self.exp(other)})")


PEOPLE = SpokenFunctions()
