"""The terminal's flags for settings, made from the registry: one for each setting that has a Flag."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from tenlines.data.numbers import parse_number, parse_whole
from tenlines.errors import SettingError
from tenlines.settings.kinds import Choice, Kind, Number, Optional, Switch, Whole
from tenlines.settings.registry import Flag, HiddenLayer, Layers, Setting, settings_of

Parts = Mapping[str, type]  # the classes of the registry, by the name of their part in a problem


def add_flags(parser: argparse.ArgumentParser, parts: Parts) -> None:
    """Add the flag of every setting, in the registry's order. A flag that is not given leaves None."""
    for part, settings in parts.items():
        for name, setting in settings_of(settings).items():
            if setting.flag:
                add_flag(parser, f"{part}.{name}", setting, setting.flag)


def add_flag(parser: argparse.ArgumentParser, path: str, setting: Setting, flag: Flag) -> None:
    name = path.split(".")[-1]
    option = f"--{(flag.name or name).replace('_', '-')}"
    help = (flag.help or setting.hint).replace("%", "%%")  # % is argparse's own sign
    kind = setting.kind.kind if isinstance(setting.kind, Optional) else setting.kind
    if isinstance(kind, Switch):
        parser.add_argument(option, dest=path, action=argparse.BooleanOptionalAction, help=help)
        return
    if isinstance(kind, Layers):
        for part, each in settings_of(HiddenLayer).items():
            if each.flag:
                add_flag(parser, f"{path}.{part}", each, each.flag)
    if isinstance(kind, Choice):
        help += f": {', '.join(str(value) for value, words in kind.words.items() if words)}"
    parser.add_argument(option, dest=path, type=reader(kind), metavar=flag.value or name.upper(), help=help)


def reader(kind: Kind) -> Callable[[str], Any]:
    """Reads what was typed for a setting; what is not of its kind stays text, for the kind's own check to refuse."""
    if isinstance(kind, Whole):
        return as_written(parse_whole)
    if isinstance(kind, Number):
        return as_written(parse_number)
    if isinstance(kind, Layers):
        return layers
    return lambda text: text.replace("-", "_")  # of several words: mean-squared, as in the names of flags


def as_written(parse: Callable[[str], float]) -> Callable[[str], float | str]:
    def read(text: str) -> float | str:
        try:
            return parse(text)
        except ValueError:
            return text

    return read


def layers(text: str) -> list[dict[str, Any]]:
    """Of 8,8, and of 0 for none."""
    units = [as_written(parse_whole)(part.strip()) for part in text.split(",")]
    return [] if units == [0] else [{"units": count} for count in units]


def changed(plain: dict[str, dict[str, Any]], options: argparse.Namespace, parts: Parts) -> dict[str, dict[str, Any]]:
    """A problem as plain data, with the settings that were given in flags. Raises SettingError."""
    flags = given(options, parts)
    found = {name: {**part, **flags.get(name, {})} for name, part in plain.items()}
    for name in settings_of(HiddenLayer):
        value = getattr(options, f"network.hidden.{name}", None)
        if value is not None:
            if not found["network"]["hidden"]:
                raise SettingError(f"--{name} is for hidden layers, and there are none. Add some, as in --hidden 8.")
            found["network"]["hidden"] = [{**layer, name: value} for layer in found["network"]["hidden"]]
    return found


def given(options: argparse.Namespace, parts: Parts) -> dict[str, dict[str, Any]]:
    """The settings that were given in flags, by part and name."""
    found = {
        part: {name: getattr(options, f"{part}.{name}", None) for name in settings_of(settings)}
        for part, settings in parts.items()
    }
    return {
        part: {name: value for name, value in values.items() if value is not None} for part, values in found.items()
    }
