"""What the page gets of the registry of settings, as JavaScript that the build writes."""

import json
import subprocess

from test_settings import Sample

import settings_module
from tenlines.methods.activations import ACTIVATIONS
from tenlines.page.limits import MOST_COLUMNS, MOST_NAME
from tenlines.problem import Problem
from tenlines.settings.registry import LARGEST_SEED, PARTS, settings_of


def exports_of(path) -> dict:
    script = f"import('{path.as_uri()}').then((all) => console.log(JSON.stringify(all)))"
    return json.loads(subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout)


def test_the_module_is_the_registry_as_it_is_now():
    current = settings_module.source(PARTS, Problem().to_dict())
    assert settings_module.MODULE.read_text("utf-8") == current, "run python3 build.py site"


def test_the_page_begins_with_pythons_defaults_and_has_its_limits():
    found = exports_of(settings_module.MODULE)
    assert found["POST"] == Problem().to_dict()
    assert list(found["POST"]["training"]) == list(settings_of(PARTS["training"])), "the order of keys in a link"
    assert (found["MOST_COLUMNS"], found["MOST_NAME"]) == (MOST_COLUMNS, MOST_NAME)


def test_the_page_knows_what_each_activation_can_come_near_to():
    reach = exports_of(settings_module.MODULE)["REACH"]
    assert reach.keys() == ACTIVATIONS.keys()
    assert reach["sigmoid"] == {"low": 0, "high": 1, "most": 8}
    assert reach["tanh"] == {"low": -1, "high": 1, "most": 4}
    assert reach["relu"] == {"low": 0, "high": None, "most": 4}
    assert reach["softmax"]["most"] == 0, "there is no curve to draw"


def test_the_page_knows_every_setting_by_its_kind():
    settings = exports_of(settings_module.MODULE)["SETTINGS"]
    assert {part: list(named) for part, named in settings.items()} == {
        name: list(settings_of(part)) for name, part in PARTS.items()
    }
    seed = settings["training"]["seed"]
    assert (seed["kind"], seed["high"], seed["label"]) == ("whole", LARGEST_SEED, "Random start")
    batch_size = settings["training"]["batch_size"]
    assert (batch_size["kind"], batch_size["isOptional"], batch_size["isMore"]) == ("whole", True, True)
    assert settings["network"]["hidden"]["layer"]["units"]["high"] == 256


def test_a_setting_of_any_kind_is_written_with_what_its_control_needs(tmp_path):
    module = tmp_path / "sample.mjs"
    text = settings_module.source({"sample": Sample}, {})
    module.write_text(text, encoding="utf-8")
    sample = exports_of(module)["SETTINGS"]["sample"]
    assert sample == {
        "split_seed": {"kind": "whole", "high": 99, "label": "Split seed", "hint": "Which rows are held out"},
        "l1": {"kind": "number"},
        "momentum": {"kind": "number"},
        "batch_size": {"kind": "whole", "isOptional": True},
        "initial": {
            "kind": "choice",
            "choices": [["post", "as the post"], ["he_uniform", "He"], ["zero", ""]],
            "label": "Initial",
            "hint": "First weights",
        },
        "shuffle": {"kind": "switch", "label": "Shuffle", "hint": "Rows in another order at each pass"},
        "output": {"kind": "choice", "choices": [["tanh"]]},
        "quiet": {"kind": "switch"},
    }
    assert "batch_size: number | string | null, initial: string, shuffle: boolean" in text


def test_writing_it_again_changes_nothing_and_is_no_reason_to_build_again(tmp_path, monkeypatch):
    monkeypatch.setattr(settings_module, "MODULE", tmp_path / "settings.js")
    settings_module.write()
    before = settings_module.MODULE.stat().st_mtime_ns
    settings_module.write()
    assert settings_module.MODULE.stat().st_mtime_ns == before
    settings_module.MODULE.write_text("changed")
    settings_module.write()
    assert settings_module.MODULE.read_text("utf-8").startswith("/**")
