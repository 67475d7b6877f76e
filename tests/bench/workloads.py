"""What is trained: four problems from the post's to a wider one, and families that grow in one direction."""

from typing import Any

import numpy as np

Data = dict[str, Any]  # a problem, as the page has it

XOR_ROWS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]


def layers(units: list[int], activation: str) -> list[Data]:
    return [{"units": count, "activation": activation} for count in units]


def table(X: np.ndarray, y: np.ndarray) -> Data:
    rows = np.column_stack([X, y]).tolist()
    return {"inputs": [f"x{n + 1}" for n in range(X.shape[1])], "outputs": ["y"], "rows": rows}


def quadrants() -> Data:
    """500 points: 1 where both coordinates have the same sign, else -1."""
    X = np.random.RandomState(3).uniform(-1, 1, (500, 2))
    return table(X, np.sign(X[:, 0] * X[:, 1]))


def sums(rows: int, columns: int) -> Data:
    """Numbers from 0 to 1: 1 where their sum is above the mean."""
    X = np.random.RandomState(4).random_sample((rows, columns))
    return table(X, (X.sum(axis=1) > columns / 2).astype(float))


def noisy(rows: int, columns: int) -> Data:
    """The same sums, one row in twenty the other way round. Trained for a moment only."""
    data = sums(rows, columns)
    for row in data["rows"][::20]:
        row[-1] = 1 - row[-1]
    return {"table": data, "network": {"bias": True}, "training": {"iterations": 20, "learning_rate": 0.001}}


WORKLOADS: dict[str, tuple[str, Data]] = {
    "W1": (
        "the post: 4×3→1, 10,000 iterations",
        {"table": {**table(np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]), np.array([0, 1, 1, 0]))}},
    ),
    "W2": (
        "XOR: 4 rows, 2-4-1 with bias, 10,000 iterations",
        {
            "table": {"inputs": ["a", "b"], "outputs": ["y"], "rows": XOR_ROWS},
            "network": {"hidden": layers([4], "sigmoid"), "bias": True},
        },
    ),
    "W3": (
        "quadrants: 500 rows, 2-8-8-1 tanh with bias, batches of 10, 100 iterations",
        {
            "table": quadrants(),
            "network": {"hidden": layers([8, 8], "tanh"), "output": "tanh", "bias": True},
            "training": {"iterations": 100, "batch_size": 10, "learning_rate": 0.03},
        },
    ),
    "W4": (
        "sums: 200 rows, 10-16-1 with bias, 1,000 iterations",
        {
            "table": sums(200, 10),
            "network": {"hidden": layers([16], "sigmoid"), "bias": True},
            "training": {"iterations": 1000, "learning_rate": 0.01},
        },
    ),
}


def family(rows: int = 40, columns: int = 4, units: int = 6, iterations: int = 100) -> Data:
    return {
        "table": sums(rows, columns),
        "network": {"hidden": layers([units], "sigmoid"), "bias": True},
        "training": {"iterations": iterations, "learning_rate": 0.001},
    }


GROWING: dict[str, list[int]] = {  # ×10 a step, units up to what the page allows
    "rows": [40, 400, 4000, 40_000],
    "columns": [4, 40, 400],
    "units": [6, 60],
    "iterations": [100, 1000, 10_000, 100_000],
}
