"""The registry of settings: one entry gives the check, the default and the terminal's flag of a setting.

`Sample` has a setting of every kind, as later versions may add them.
"""

import argparse
from dataclasses import dataclass
from typing import Annotated

import pytest

from tenlines.errors import SettingError
from tenlines.problem import Problem
from tenlines.settings.kinds import Choice, Number, Optional, Switch, Whole
from tenlines.settings.registry import PARTS, Flag, Setting, checked, settings_of
from tenlines.terminal.flags import add_flags, given

INITIAL = Choice({"post": "as the post", "he_uniform": "He", "zero": ""})


@dataclass(frozen=True)
class Sample:
    split_seed: Annotated[
        int, Setting(Whole(0, 99), "Split seed", "Which rows are held out", Flag(), has_control=True)
    ] = 1
    l1: Annotated[float, Setting(Number(0), "L1", "100% of it", Flag("LAMBDA"))] = 0.0
    momentum: Annotated[float, Setting(Number(0, 1), "Momentum", "", Flag(help="how much stays"))] = 0.9
    batch_size: Annotated[int | None, Setting(Optional(Whole(1)), "Batch size", "Rows an update", Flag())] = None
    initial: Annotated[
        str,
        Setting(
            Choice({"post": "as the post", "he_uniform": "He", "zero": ""}), "Initial", "First weights", Flag(), True
        ),
    ] = "post"
    shuffle: Annotated[
        bool, Setting(Switch(), "Shuffle", "Rows in another order at each pass", Flag(), has_control=True)
    ] = False
    output: Annotated[str, Setting(Choice({"tanh": "tanh"}), "Output", "", Flag(name="output-activation"))] = "tanh"
    quiet: Annotated[bool, Setting(Switch(), "Quiet", "A setting that the terminal does not have")] = False


TAKEN = {
    "split_seed": [0, 99, 7.0],
    "l1": [0, 0.5, 1e300],
    "momentum": [0, 1, 0.9],
    "batch_size": [None, 1, 10**9],
    "initial": ["post", "he_uniform", "zero"],
    "shuffle": [True, False],
}
REFUSED = {
    "split_seed": [(-1, "Split seed is -1. Write a whole number, from 0 to 99."), (100, "100"), (0.5, "0.5")],
    "l1": [(-1, "L1 is -1. Write a number, 0 or more."), ("x", "“x”"), (None, "null"), ("1,234", "L1: “1,234” can be")],
    "momentum": [(1.5, "Momentum is 1.5. Write a number, from 0 to 1."), (True, "true")],
    "batch_size": [(0, "Batch size is 0. Write a whole number, 1 or more."), ("", "empty")],
    "initial": [("he", "Initial is “he”. Choose “post” or “he_uniform” or “zero”."), (None, "null")],
    "shuffle": [(1, "Shuffle is 1. Choose true or false."), ("true", "“true”")],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in TAKEN.items() for value in values])
def test_a_value_of_its_kind_is_taken(name, value):
    assert checked(Sample, "sample", {name: value}) == {name: value}


@pytest.mark.parametrize(
    ("name", "value", "words"), [(name, *refused) for name, several in REFUSED.items() for refused in several]
)
def test_any_other_value_is_refused_by_label_with_what_is_allowed(name, value, words):
    with pytest.raises(SettingError) as refusal:
        checked(Sample, "sample", {name: value})
    assert words in refusal.value.message
    assert refusal.value.where == {"field": f"sample.{name}"}


def test_what_is_left_out_stays_out_and_what_is_unknown_is_named():
    assert checked(Sample, "sample", {}) == {}
    with pytest.raises(SettingError, match=r"sample\.dropout is not known"):
        checked(Sample, "sample", {"dropout": 1})


def flags_of_sample(*words):
    parser = argparse.ArgumentParser()
    add_flags(parser, {"sample": Sample})
    return parser, given(parser.parse_args(words), {"sample": Sample})["sample"]


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("", {}),
        ("--split-seed 7", {"split_seed": 7}),
        ("--l1 .5", {"l1": 0.5}),
        ("--batch-size 1_000", {"batch_size": 1000}),
        ("--initial he_uniform", {"initial": "he_uniform"}),
        ("--initial he-uniform", {"initial": "he_uniform"}),
        ("--shuffle", {"shuffle": True}),
        ("--no-shuffle", {"shuffle": False}),
        ("--output-activation tanh", {"output": "tanh"}),
        ("--l1 1 --shuffle", {"l1": 1, "shuffle": True}),
    ],
)
def test_a_flag_gives_its_setting_and_a_flag_left_out_gives_none(words, setting):
    assert flags_of_sample(*words.split())[1] == setting


def test_what_is_no_number_stays_as_typed_to_be_refused_by_name():
    _, found = flags_of_sample("--split-seed", "many")
    with pytest.raises(SettingError, match="Split seed is “many”"):
        checked(Sample, "sample", found)


def test_the_help_says_each_flag_its_value_and_what_it_does():
    parser, _ = flags_of_sample()
    help = " ".join(parser.format_help().split())
    for line in (
        "--split-seed SPLIT_SEED Which rows are held out",
        "--l1 LAMBDA 100% of it",
        "--momentum MOMENTUM how much stays",
        "--initial INITIAL First weights: post, he_uniform",
        "--shuffle, --no-shuffle Rows in another order at each pass",
    ):
        assert line in help
    assert "quiet" not in help


def test_every_setting_of_a_problem_has_a_label_and_takes_its_own_default():
    post = Problem().to_dict()
    for name, part in PARTS.items():
        assert list(post[name]) == list(settings_of(part))
        assert all(setting.label for setting in settings_of(part).values())
        assert part(**checked(part, name, post[name])) == part()
