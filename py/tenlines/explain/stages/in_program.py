"""What computes a stage, in the words of the page's own program of the problem (program/write.py)."""

from tenlines.explain.stages.figures import unwrapped
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.formula import PROGRAM, Text
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.problem import Problem
from tenlines.program.write import kept_name, layers_of


class InProgram:
    """Layers by their numbers from 1."""

    def __init__(self, problem: Problem) -> None:
        self.layers = layers_of(problem)
        self._loss = LOSSES[problem.training.loss]
        self._wanted = "batch_outputs" if problem.is_batched else "training_set_outputs"
        self._count = "len(output)" if ACTIVATIONS[problem.network.output].power else "output.size"
        self._is_plain = not OPTIMIZERS[problem.training.optimizer].kept and not problem.training.penalties()

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
        at = self.layers[layer - 1]
        has_no_name = len(self.layers) == 1 and self._is_plain and not at.bias  # for the blame
        return f"dot({at.inputs}.T, {'…' if has_no_name else at.delta})"

    def keep(self, kind: str, layer: int) -> str:
        return kept_name(kind, self.layers[layer - 1].weights)

    def adjust(self, layer: int) -> str:
        return f"{self.layers[layer - 1].weights} += {self.add_up(layer) if self._is_plain else '…'}"
