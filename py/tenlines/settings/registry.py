"""The registry: every setting of a network and of its training, each in one place.

An entry is a field of one of the three classes below: its name, type and default, and a Setting that says the rest.
Its path in a problem is the part and the name, "training.learning_rate". The checks of a problem come from here, the
terminal's flags and their help (terminal/flags.py) and, written by the build (py/build/settings_module.py), what the
page needs: the post's values, the shape of what it opens, the text of its links, its controls.

A new setting is one more field of its class, where its control is to stand. Its default means what was done before it
was there, so that links, tables and files without it keep their answers.
"""

from dataclasses import dataclass, fields
from typing import Annotated, Any

from tenlines.errors import SettingError, shortened
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.penalties import PENALTIES
from tenlines.methods.starts import STARTS
from tenlines.settings.kinds import Choice, Kind, Number, Optional, Switch, Whole

MOST_LAYERS = 6
MOST_UNITS = 256
LARGEST_SEED = 2**32 - 1  # what numpy.random.seed takes


@dataclass(frozen=True)
class Flag:
    """How a setting is written in a terminal.

    value: the word for its value in the help; the setting's name by default.
    help: what the help says of it; the setting's hint by default.
    name: "learning-rate" for --learning-rate; the setting's name by default.
    """

    value: str = ""
    help: str = ""
    name: str = ""


@dataclass(frozen=True)
class Setting:
    """label: its name for people. hint: a sentence on what it does. flag: None where the terminal has none.

    has_control: whether the page has one for it in sight. Those of the training stand in the Training card, in the
    order in which they are here; one of the network is placed by web/view/network/layers.js.
    is_more: whether it has one under "More settings" of the Training card, with its hint in sight.
    """

    kind: Kind
    label: str
    hint: str = ""
    flag: Flag | None = None
    has_control: bool = False
    is_more: bool = False


HIDDEN_ACTIVATION = Choice({name: name for name, each in ACTIVATIONS.items() if not each.power})
OUTPUT_ACTIVATION = Choice({name: name if each.is_for_outputs else "" for name, each in ACTIVATIONS.items()})
LOSS = Choice({name: each.title.lower() for name, each in LOSSES.items()})
OPTIMIZER = Choice({name: each.title for name, each in OPTIMIZERS.items()})


@dataclass(frozen=True)
class HiddenLayer:
    units: Annotated[int, Setting(Whole(1, MOST_UNITS), "Units", f"Units, 1 to {MOST_UNITS}", has_control=True)]
    activation: Annotated[
        str, Setting(HIDDEN_ACTIVATION, "Activation", "", Flag("NAME", "what hidden units make of their sums"), True)
    ] = "sigmoid"


@dataclass(frozen=True)
class Layers:
    """The kind of a list of hidden layers, the one nearest to the inputs first."""

    most: int

    def check(self, label: str, path: str, value: Any) -> tuple[HiddenLayer, ...]:
        if not isinstance(value, list) or len(value) > self.most:
            raise SettingError(f"{label} must be a list of 0 to {self.most} layers.", field=path)
        return tuple(self._layer(f"{path}.{number}", layer, number) for number, layer in enumerate(value, start=1))

    def _layer(self, path: str, value: Any, number: int) -> HiddenLayer:
        settings = checked(HiddenLayer, path, value, f" of hidden layer {number}")
        if "units" not in settings:
            raise SettingError(f"Hidden layer {number} needs its number of units.", field=f"{path}.units")
        return HiddenLayer(**settings)


@dataclass(frozen=True)
class NetworkSettings:
    hidden: Annotated[
        tuple[HiddenLayer, ...],
        Setting(Layers(MOST_LAYERS), "Hidden layers", "", Flag("UNITS", "the units of each hidden layer, as in 8,8")),
    ] = ()
    output: Annotated[
        str,
        Setting(
            OUTPUT_ACTIVATION,
            "Output activation",
            "What an output makes of its sum: sigmoid for 0 and 1, linear for any number, softmax for one of several",
            Flag("NAME", "what an output makes of its sum", "output-activation"),
            is_more=True,
        ),
    ] = "sigmoid"
    bias: Annotated[
        bool,
        Setting(
            Switch(),
            "Bias",
            "A weight that every unit adds whatever its inputs are",
            Flag(help="a weight that every unit adds whatever its inputs are"),
            has_control=True,
        ),
    ] = False


@dataclass(frozen=True)
class TrainingSettings:
    iterations: Annotated[
        int,
        Setting(
            Whole(0),
            "Iterations",
            "How often the network goes through the known rows",
            Flag("N", "passes over the known rows"),
            has_control=True,
        ),
    ] = 10_000
    learning_rate: Annotated[
        float,
        Setting(
            Number(0),
            "Learning rate",
            "How large the step of each adjustment is; 1 is the post’s",
            Flag("RATE", "the step of each adjustment"),
            has_control=True,
        ),
    ] = 1.0
    optimizer: Annotated[
        str,
        Setting(
            OPTIMIZER,
            "Optimizer",
            "How the weights follow what each pass asks for. Adam, with a rate of 0.01 to 0.1, is often faster",
            Flag("NAME", "how the weights follow what each pass asks for"),
            is_more=True,
        ),
    ] = "gd"
    batch_size: Annotated[
        int | None,
        Setting(
            Optional(Whole(1)),
            "Batch size",
            "How many rows each adjustment is made from; empty for all of them. Usual: 8 to 32",
            Flag("ROWS", "how many rows each adjustment is made from (all by default)"),
            is_more=True,
        ),
    ] = None
    shuffle: Annotated[
        bool,
        Setting(
            Switch(),
            "Shuffle",
            "Takes the rows in another order at each pass. Usual: on, where there are several batches",
            Flag(help="take the rows in another order at each pass, where there are several batches"),
            is_more=True,
        ),
    ] = False
    loss: Annotated[
        str,
        Setting(
            LOSS,
            "Loss",
            "What training makes small: the post’s sum of squares, its mean, or cross-entropy for answers of 0 and 1",
            Flag(
                "NAME",
                "what training makes small (cross_entropy for sigmoid and softmax, the others for all but softmax)",
            ),
            is_more=True,
        ),
    ] = "squared"
    l2: Annotated[
        float,
        Setting(
            Number(0),
            "L2",
            "Pulls each weight towards 0, the more the larger it is. Usual: 0 to 0.001",
            Flag("STRENGTH", "how strongly each weight is pulled towards 0, the more the larger it is"),
            is_more=True,
        ),
    ] = 0.0
    l1: Annotated[
        float,
        Setting(
            Number(0),
            "L1",
            "Pulls each weight towards 0, all alike. Usual: 0 to 0.001",
            Flag("STRENGTH", "how strongly each weight is pulled towards 0, all alike"),
            is_more=True,
        ),
    ] = 0.0
    initial: Annotated[
        str,
        Setting(
            Choice({name: each.title for name, each in STARTS.items()}),
            "Initial weights",
            "How large the first weights are: the post’s are from −1 to 1; Glorot’s suit sigmoid and tanh, He’s ReLU",
            Flag("NAME", "how large the first weights are"),
            is_more=True,
        ),
    ] = "post"
    test_fraction: Annotated[
        float,
        Setting(
            Number(0, below=1),
            "Test fraction",
            "How much of the known rows is held out: never trained on, to see what the network makes of new rows. "
            "Usual: 0.2 to 0.3",
            Flag("FRACTION", "how much of the known rows is held out, 0.3 for three in ten"),
            is_more=True,
        ),
    ] = 0.0
    split_seed: Annotated[
        int,
        Setting(
            Whole(0, LARGEST_SEED),
            "Split seed",
            "Which rows are held out: the same number, the same rows",
            Flag("SEED", "which rows are held out"),
            is_more=True,
        ),
    ] = 1
    seed: Annotated[
        int,
        Setting(
            Whole(0, LARGEST_SEED),
            "Random start",
            "The seed of the first weights: the same number, the same start",
            Flag("SEED", "the random start"),
            has_control=True,
        ),
    ] = 1

    def penalties(self) -> dict[str, float]:
        """The strengths of the penalties that are not 0, by name, in the order in which they are added."""
        strengths = {name: getattr(self, name) for name in PENALTIES}
        return {name: strength for name, strength in strengths.items() if strength}


PARTS = {"network": NetworkSettings, "training": TrainingSettings}


def settings_of(part: type) -> dict[str, Setting]:
    """The settings of one of the classes above, by name and in order."""
    return {field.name: field.type.__metadata__[0] for field in fields(part)}  # pyright: ignore


def checked(part: type, path: str, data: Any, of: str = "") -> dict[str, Any]:
    """The settings of a part that plain data hold, checked; what is left out stays out.

    of: what the labels go on with in a sentence. Raises SettingError.
    """
    settings = settings_of(part)
    check_keys(path, data, tuple(settings))
    return {
        name: settings[name].kind.check(settings[name].label + of, f"{path}.{name}", value)
        for name, value in data.items()
    }


def check_keys(path: str, data: Any, known: tuple[str, ...]) -> None:
    """Raises SettingError where the data is no object, or has a key that is not known."""
    if not isinstance(data, dict):
        raise SettingError(f"{path or 'A problem'} must be an object with {', '.join(known)}.", field=path)
    for key in data:
        if key not in known:
            full = f"{path}.{key}" if path else str(key)
            raise SettingError(f"{shortened(full)} is not known. Known here: {', '.join(known)}.", field=full)
