"""What computes a stage, in the words of the page's own program of the problem (program/write.py)."""

from tenlines.data.numbers import format_number
from tenlines.explain.stages.figures import unwrapped
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.formula import PROGRAM, Text
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.penalties import penalised
from tenlines.problem import Problem
from tenlines.program.write import adjust, layers_of


class InProgram:
    """Layers by their numbers from 1."""

    def __init__(self, problem: Problem) -> None:
        self.layers = layers_of(problem)
        self._loss = LOSSES[problem.training.loss]
        self._wanted = "batch_outputs" if problem.is_batched else "training_set_outputs"
        self._count = "len(output)" if ACTIVATIONS[problem.network.output].power else "output.size"
        self._training, self._kept = problem.training, OPTIMIZERS[problem.training.optimizer].kept
        self._is_long = (self._loss.is_mean and not self._loss.is_at_sum) or bool(problem.training.penalties())

    def sum(self, layer: int) -> str:
        at = self.layers[layer - 1]
        return f"dot({at.inputs}, {at.weights}){f' + {at.bias}' if at.bias else ''}"

    def squeeze(self, layer: int) -> str:
        at = self.layers[layer - 1]
        return at.forward(at.inputs)

    def compare(self, layer: int) -> str:
        if layer == len(self.layers):
            return f"{self._wanted} - output"
        above = self.layers[layer]
        return f"dot({above.delta}, {above.weights}.T)"

    def share(self) -> str:
        return str(self._loss.error(PROGRAM, Text(f"({self._wanted} - output)"), Text(self._count)))

    def slope(self, layer: int) -> str:
        at = self.layers[layer - 1]
        derivative = ACTIVATIONS[at.activation].backward(PROGRAM, Text("1"), Text(at.output))
        return unwrapped(str(derivative).removeprefix("1 * "))

    def blame(self, layer: int) -> str:
        at = self.layers[layer - 1]
        if layer < len(self.layers):
            return at.backward(Text(self.compare(layer)))
        return unwrapped(self.share()) if self._loss.is_at_sum else at.backward(Text(self.share()))

    def add_up(self, layer: int) -> str:
        """What the rows ask of the weights, with what penalties pull."""
        strengths = {name: Text(format_number(one)) for name, one in self._training.penalties().items()}
        weights = self.layers[layer - 1].weights
        return str(penalised(PROGRAM, Text(self._added(layer)), Text(weights), strengths))

    def kept_and_adjusted(self, layer: int) -> list[str]:
        """The lines that keep something for the weights, and last those that adjust weights and bias."""
        at = self.layers[layer - 1]
        *kept, last = adjust(self._training, at.weights, self._added(layer))
        biases = list(adjust(self._training, at.bias, f"{at.delta}.sum(axis=0)")) if at.bias else []
        return [*kept[-len(self._kept) :], "\n".join([last, *biases[-1:]])]

    def _added(self, layer: int) -> str:
        at = self.layers[layer - 1]
        has_no_name = len(self.layers) == 1 and not at.bias and not self._is_long  # for the blame
        return f"dot({at.inputs}.T, {'…' if has_no_name else at.delta})"
