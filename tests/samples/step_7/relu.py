from numpy import maximum, array, random, dot, zeros
training_set_inputs = array([[1, 2], [2, 1], [0.5, 0.5]])
training_set_outputs = array([[3, 3.5, 1]]).T
random.seed(42)
synaptic_weights = 2 * random.random((2, 1)) - 1
bias = zeros(1)
for iteration in range(200):
    output = maximum(0, dot(training_set_inputs, synaptic_weights) + bias)
    delta = (training_set_outputs - output) * (output > 0)
    synaptic_weights += 0.01 * dot(training_set_inputs.T, delta)
    bias += 0.01 * delta.sum(axis=0)
print(maximum(0, dot(array([4, 4]), synaptic_weights) + bias))
