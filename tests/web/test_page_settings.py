"""A setting's control follows from its kind: the page is served with controls for settings that have none in it."""

import json
import re
from dataclasses import replace

from harness.links import problem_of
from harness.oracle import post, terminal

import settings_module
from tenlines.settings.registry import TrainingSettings, settings_of

SHOWN = ("batch_size", "optimizer")


def with_controls(code: bytes) -> bytes:
    """The page's script, where the registry says that these settings have a control."""
    text = code.decode()
    for name in SHOWN:
        setting = replace(settings_of(TrainingSettings)[name], has_control=True, hint="A hint")
        description = json.dumps(settings_module.description(setting))
        text, count = re.subn(rf"\b{name}:\{{kind:[^{{}}]*\}}", lambda _, name=name, d=description: f"{name}:{d}", text)
        assert count == 1, name
    return text.encode()


def test_a_control_trains_undoes_and_travels_in_the_link(engine, open_page, own_site, tmp_path):
    own_site.change("main.js", with_controls)
    page = open_page(own_site)

    def wait_trained(**training):
        _, expected = terminal(tmp_path, problem=post(**training))
        page.wait_answers(expected)
        kept = {"iterations": 10_000, "learning_rate": 1, "seed": 1}
        page.wait_until(
            lambda: problem_of(page.evaluate("() => location.href"))["training"].items() >= (kept | training).items(),
            "the link",
        )

    page.set("Batch size", "2")
    wait_trained(batch_size=2)
    page.choose("Optimizer", "momentum")
    wait_trained(batch_size=2, optimizer="momentum")
    page.set("Batch size", "none")
    page.wait_status("Batch size is “none”.")
    assert page.box("Batch size").invalid()
    page.box("Batch size").click()
    page.press("Control+a", "Delete")
    wait_trained(batch_size=None, optimizer="momentum")
    page.button("Undo").click()
    page.button("Undo").click()
    wait_trained(batch_size=2, optimizer="momentum")
    page.button("Undo").click()
    wait_trained(batch_size=2, optimizer="gd")
