"""web/model/settings.generated.js: what the page needs of Python's declarations: settings, curves, names of stages."""

import sys
from collections.abc import Mapping
from math import isfinite
from typing import Any

import page_module
from layout import PY, WEB

sys.path.append(str(PY))  # not in .venv: this Python has what the registry imports

from tenlines.explain.stages.titles import TITLES
from tenlines.methods.activations import ACTIVATIONS, Activation
from tenlines.page import limits
from tenlines.problem import Problem
from tenlines.settings.kinds import LARGEST_COUNT, Choice, Kind, Number, Optional, Switch, Whole
from tenlines.settings.registry import PARTS, HiddenLayer, Layers, Setting, settings_of

MODULE = WEB / "model" / "settings.generated.js"
LIMITS = ("MOST_COLUMNS", "MOST_NAME")
REACH_TYPE = "Record<string, { low: number | null, high: number | null, most: number }>"
SETTINGS_TYPE = 'Record<string, Record<string, import("./settings.js").Setting>>'


def write() -> None:
    page_module.write(MODULE, source(PARTS, Problem().to_dict()))


def source(parts: Mapping[str, type], post: Mapping[str, Any]) -> str:
    """The module. parts: classes as in the registry, by name. post: the problem that the page begins with."""
    types = {"HiddenLayer": HiddenLayer, **{name.capitalize(): part for name, part in parts.items()}}
    constants = {
        ("SETTINGS", SETTINGS_TYPE): {name: described(part) for name, part in parts.items()},
        ("POST", 'import("./protocol.js").Problem'): post,
        ("REACH", REACH_TYPE): {name: reach_of(activation) for name, activation in ACTIVATIONS.items()},
        ("STAGES", "Record<string, string>"): TITLES,
        **{(name, "number"): getattr(limits, name) for name in LIMITS},
    }
    said = "py/build/settings_module.py from py/tenlines/settings/registry.py"
    return page_module.source(said, [f"{{{type_of(part)}}} {name}" for name, part in types.items()], constants)


def reach_of(activation: Activation) -> dict[str, float | None]:
    """The least and the largest of what it says, None where there is no end; the largest sum that is worth drawing."""
    low, high = (end if isfinite(end) else None for end in activation.reach)
    return {"low": low, "high": high, "most": activation.view[0] if activation.view else 0}


def type_of(part: type) -> str:
    members = (f"{name}: {type_of_value(setting.kind)}" for name, setting in settings_of(part).items())
    return f"{{ {', '.join(members)} }}"


def type_of_value(kind: Kind) -> str:
    """In TypeScript. A number is also what was typed in its place: Python refuses that by name."""
    match kind:
        case Whole() | Number():
            return "number | string"
        case Optional():
            return f"{type_of_value(kind.kind)} | null"
        case Switch():
            return "boolean"
        case Choice():
            return "string" if all(isinstance(value, str) for value in kind.words) else "number"
        case Layers():
            return "HiddenLayer[]"
    raise TypeError(kind)


def described(part: type) -> dict[str, Any]:
    """The settings of a part for web/model/settings.js, which says what each member means."""
    return {name: description(setting) for name, setting in settings_of(part).items()}


def description(setting: Setting) -> dict[str, Any]:
    """Words only where the page has a control: every byte here is one more before the first answer."""
    plain = of_kind(setting.kind)
    if not (setting.has_control or setting.is_more):
        return {**plain, **({"choices": [value[:1] for value in plain["choices"]]} if "choices" in plain else {})}
    words = {"label": setting.label, **({"hint": setting.hint} if setting.hint else {})}
    return {**plain, **words, **({"isMore": True} if setting.is_more else {})}


def of_kind(kind: Kind) -> dict[str, Any]:
    match kind:
        case Whole():
            return {"kind": "whole", **({} if kind.high == LARGEST_COUNT else {"high": kind.high})}
        case Number():
            return {"kind": "number"}
        case Optional():
            return {**of_kind(kind.kind), "isOptional": True}
        case Switch():
            return {"kind": "switch"}
        case Choice():
            return {"kind": "choice", "choices": [[v] if v == words else [v, words] for v, words in kind.words.items()]}
        case Layers():
            return {"kind": "layers", "most": kind.most, "layer": described(HiddenLayer)}
    raise TypeError(kind)
