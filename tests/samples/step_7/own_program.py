import numpy as np

rows = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
wanted = np.array([[0, 1, 1, 0]]).T
np.random.seed(1)
weights = 2 * np.random.random((3, 1)) - 1
for step in range(1000):
    output = 1 / (1 + np.exp(-(rows @ weights)))
    weights += rows.T @ ((wanted - output) * output * (1 - output))
print("größer:", 1 / (1 + np.exp(-(np.array([1, 0, 0]) @ weights))))
