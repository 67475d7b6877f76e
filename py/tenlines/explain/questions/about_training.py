"""Questions that arise beside the training: the error, one iteration, the slope."""

from math import isfinite

import numpy as np

from tenlines.explain.questions.said import Paragraphs, moved, plain, rough, value
from tenlines.explain.questions.scene import Blame, Scene, named
from tenlines.words import counted

MOST_TERMS = 4  # of a mean that is written out
MOST_PRODUCTS = 3  # of a sum
NO_CHANGE = 1e-12  # of an error, relative to it: less is rounding


def what_is_the_error(scene: Scene) -> Paragraphs:
    before, after = (frame.error for frame in scene.around)
    first = scene.sizes[0]
    misses = [
        abs(target - float(scene.outputs[row, output]))
        for row, cells in enumerate(scene.table.rows)
        if not scene.held_out[row]
        for output, target in enumerate(cells[first:])
        if target is not None
    ]
    cells = counted(len(misses), "known cell")
    held = sum(scene.held_out)
    out = (
        f" {'The row' if held == 1 else f'The {held:,} rows'} held out {'does' if held == 1 else 'do'} not count."
        if held
        else ""
    )
    if not isfinite(before):
        return [
            f"The error is the mean of |target − answer| over the {cells}. Now that is too large for a number.{out}"
        ]
    if len(misses) > MOST_TERMS:
        mean = f"added up that is {value(sum(misses))}, divided by {len(misses):,} it is {value(before)}"
    elif len(misses) == 1:
        mean = f"that is {value(before)}"
    else:
        mean = f"({' + '.join(map(value, misses))}) / {len(misses)} = {value(before)}"
    what = (
        f"The error says how far the answers are from the table: the mean of |target − answer| over the {cells}. A "
        f"target is what a cell wants, and | | leaves the sign out. Now {mean}.{out}"
    )
    return [what, next_pass(scene, before, after)]


def next_pass(scene: Scene, before: float, after: float) -> str:
    """Whether one more pass makes the error smaller, and why."""
    if not isfinite(after):
        return "One more pass makes it too large for a number: the steps are too long. Take a smaller learning rate."
    change = after - before
    small = scene.loss.title.lower()
    penalty = ", and the weights themselves," if scene.training.penalties() else ""
    if scene.training.learning_rate == 0:
        return "One more pass leaves it as it is: with a learning rate of 0 no weight changes."
    if abs(change) <= NO_CHANGE * before or change == 0:
        return (
            "One more pass changes it by nothing that can be seen: what the rows ask for cancels out, or their "
            "curves are flat here."
        )
    if change < 0:
        return (
            f"One more pass lowers it by {plain(-change, 2)}. For each weight the pass works out which direction "
            f"makes the {small}{penalty} smaller, its own measure of how wrong all answers are, and goes a small step "
            "that way. With that the error mostly falls, too."
        )
    reasons = ["a step that is too long goes past the best place"]
    if scene.problem.is_batched:
        reasons.append("a batch knows only its own rows")
    if scene.optimizer.kept:
        reasons.append(f"{scene.optimizer.title} goes on in the direction of the passes before")
    reasons.append(f"what each pass makes small is the {small}{penalty}, which is not quite this mean")
    return (
        f"One more pass raises it by {plain(change, 2)}. It does not fall at every pass: {'; '.join(reasons)}. See on "
        "the curve where it goes in the long run."
    )


def what_happens_in_one_iteration(scene: Scene) -> Paragraphs:
    row, output, blame = taught(scene)
    before = f"Row {scene.row + 1} is not trained on, so here is row {row + 1}. " if row != scene.row else ""
    at = ", in the layer of the outputs," if len(scene.layers) > 1 else ""
    start = f"{before}The six steps of a pass{at} for row {row + 1} and {named(scene.table.outputs[output])}:"
    z, answer = float(scene.sums(row)[-1][output]), float(scene.values(row)[-1][output])
    if not all(map(isfinite, [z, answer, blame.value])):
        return [start, "Its numbers are too large to compute with."]
    squeezed = (
        f"2. Squeeze: softmax makes it a share, {value(answer)}."
        if scene.activation.power
        else f"2. Squeeze: {scene.problem.network.output} makes it {value(answer)}."
        if scene.problem.network.output != "linear"
        else "2. Squeeze: the output is linear, so the sum is the answer."
    )
    back = " From here it flows back to the hidden units." if len(scene.layers) > 1 else ""
    return [
        start,
        f"1. Multiply and add: {added(scene, row, output, z)}.",
        squeezed,
        f"3. Compare: target {value(answer + blame.miss)} − answer = error {value(blame.miss)}.",
        f"4. Slope: {slope_said(scene, blame)}",
        f"5. Blame, how the sum should change: {blame_said(scene, blame)}.{back}",
        f"6. Adjust: {adjusted(scene, output)}",
    ]


def added(scene: Scene, row: int, output: int, z: float) -> str:
    """How the sum of an output comes about."""
    if len(scene.layers) > 1:
        return f"layer by layer, up to the output’s sum {rough(z)}"
    weights, biases = scene.layers[0].weights[:, output], scene.layers[0].bias
    if len(weights) > MOST_PRODUCTS:
        return f"each input times its weight, in all {rough(z)}"
    products = [f"{rough(cell)} · {rough(weight)}" for cell, weight in zip(scene.inputs(row), weights, strict=True)]
    return f"{' + '.join([*products, *([] if biases is None else [rough(biases[output])])])} = {rough(z)}"


def taught(scene: Scene) -> tuple[int, int, Blame]:
    """The chosen row and the output, or the first of each that train, and the blame there."""
    rows = [scene.row, *scene.teaching] if scene.row in scene.teaching else scene.teaching
    outputs = [scene.output, *range(scene.sizes[-1])]
    return next((row, output, blame) for row in rows for output in outputs if (blame := scene.blame(row, output)))


def slope_said(scene: Scene, blame: Blame) -> str:
    if scene.loss.is_at_sum:
        return "with cross-entropy that of the output cancels out."
    if scene.problem.network.output == "linear":
        return "of a linear output it is 1 everywhere."
    return f"how steep the curve is there, {rough(blame.slope)}."


def blame_said(scene: Scene, blame: Blame) -> str:
    """error × slope, with what the loss makes of it."""
    parts = [rough(blame.miss)]
    if not scene.loss.is_at_sum:
        parts.append(rough(blame.slope))
    doubled = "2 · " if scene.training.loss == "mean_squared" else ""
    divided = f" / {blame.share:,.0f}" if scene.loss.is_mean else ""
    names = "error" if scene.loss.is_at_sum else "error × slope"
    return f"{names} = {doubled}{' · '.join(parts)}{divided} = {rough(blame.value)}"


def adjusted(scene: Scene, output: int) -> str:
    """What the pass makes of the weight into an output that it changes most."""
    frame = scene.around[1]
    layer = scene.layers[-1]
    size = layer.weights.size
    at = frame.parameters - size - (0 if layer.bias is None else layer.bias.size)
    old = layer.weights[:, output]
    new = np.array(frame.weights[at : at + size]).reshape(layer.weights.shape)[:, output]
    if not np.isfinite(new).all():
        return "the new weights are too large to compute with."
    place = int(np.abs(new - old).argmax())
    start = scene.unit_name(len(scene.layers) - 1, place)
    rows = "the rows of a batch, one batch after the other" if scene.problem.is_batched else "all rows"
    penalty = "with the penalty on its size, and " if scene.training.penalties() else ""
    change = (
        f"{scene.optimizer.title} makes its change of that"
        if scene.optimizer.kept
        else f"{penalty}times the learning rate, {value(scene.training.learning_rate)}, that is its change"
    )
    return (
        f"for each weight, what comes in through it times the blame is added up over {rows}; {change}. The weight from "
        f"{start}: {moved(float(old[place]), float(new[place]))}."
    )


def what_is_the_slope_for(scene: Scene) -> Paragraphs:
    about = (
        "The slope of the curve says how much an answer would move if its sum moved a little. A row’s blame, how "
        "much its sum should change, is its error times the slope: the flatter the curve, the less of the error "
        "arrives at the weights. That holds where a sure answer is wrong, too: there a small step would change it "
        "little."
    )
    name = scene.problem.network.output
    if scene.loss.is_at_sum:
        row, output, blame = taught(scene)
        more = " In the hidden layers the slope counts as ever." if len(scene.layers) > 1 else ""
        return [
            about,
            "With cross-entropy the slope of the output cancels out, so that a row that is surely wrong is put right "
            f"with full strength: the blame of row {row + 1} for {named(scene.table.outputs[output])} is its error, "
            f"{value(blame.miss)}, divided by {blame.share:,.0f}.{more}",
        ]
    if name == "linear":
        row, output, blame = taught(scene)
        more = (
            " The hidden units have curves, and there the slope counts: what flows back to a unit is multiplied by "
            "its own."
            if len(scene.layers) > 1
            else ""
        )
        return [
            about,
            "A linear output is its sum: the slope is 1 everywhere, and each row’s blame comes from its error alone. "
            f"That of row {row + 1} is {value(blame.miss)} now.{more}",
        ]
    return [about, surest_and_least(scene)]


def surest_and_least(scene: Scene) -> str:
    """The rows that train where the slope is least and largest, with their numbers."""
    _, output, _ = taught(scene)
    rows = [row for row in scene.teaching if scene.targets(row)[output] is not None]
    answers = scene.outputs[rows, output]
    slopes = scene.activation.backward(np, np.ones(len(rows)), answers)
    flat, steep = rows[int(slopes.argmin())], rows[int(slopes.argmax())]

    def told(row: int) -> str:
        blame = scene.blame(row, output)
        answer = float(scene.outputs[row, output])
        if blame is None or not all(map(isfinite, [answer, blame.slope, blame.value])):
            return f"row {row + 1}, whose numbers are too large to compute with"
        return f"row {row + 1}: answer {value(answer)}, {blame_said(scene, blame)}"

    name = named(scene.table.outputs[output])
    if flat == steep:
        return f"For {name} now, {told(flat)}."
    return f"For {name} now, the least of its error arrives from {told(flat)}. The most arrives from {told(steep)}."
