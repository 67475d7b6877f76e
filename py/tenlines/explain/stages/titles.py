"""What each stage is called. The page has the same by the build (py/build/settings_module.py)."""

TITLES = {
    "batch": "Take a batch",
    "sum": "Multiply and add",
    "squeeze": "Squeeze",
    "compare": "Compare",
    "hand back": "Hand back",  # of a hidden layer, in the place of comparing
    "share": "Share out",
    "slope": "Slope",
    "blame": "Blame",
    "descent": "Add up",
    "adjust": "Adjust",
}


def title_of(stage: str) -> str:
    """stage: its name, without its layer. What an optimizer keeps is called what it is."""
    return TITLES.get(stage, stage.capitalize())
