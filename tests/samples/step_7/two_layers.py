from numpy import exp, tanh, array, random, dot, zeros
training_set_inputs = array([[0, 0], [0, 1], [1, 0], [1, 1]])
training_set_outputs = array([[0, 1, 1, 0]]).T
random.seed(7)
weights1 = 2 * random.random((2, 4)) - 1
bias1 = zeros(4)
weights2 = 2 * random.random((4, 3)) - 1
bias2 = zeros(3)
weights3 = 2 * random.random((3, 1)) - 1
bias3 = zeros(1)
for iteration in range(2000):
    for start in range(0, len(training_set_inputs), 2):
        batch_inputs = training_set_inputs[start:start + 2]
        batch_outputs = training_set_outputs[start:start + 2]
        layer1 = tanh(dot(batch_inputs, weights1) + bias1)
        layer2 = 1 / (1 + exp(-(dot(layer1, weights2) + bias2)))
        output = 1 / (1 + exp(-(dot(layer2, weights3) + bias3)))
        delta3 = (batch_outputs - output) * output * (1 - output)
        delta2 = dot(delta3, weights3.T) * layer2 * (1 - layer2)
        delta1 = dot(delta2, weights2.T) * (1 - layer1 ** 2)
        weights1 += 0.5 * dot(batch_inputs.T, delta1)
        bias1 += 0.5 * delta1.sum(axis=0)
        weights2 += 0.5 * dot(layer1.T, delta2)
        bias2 += 0.5 * delta2.sum(axis=0)
        weights3 += 0.5 * dot(layer2.T, delta3)
        bias3 += 0.5 * delta3.sum(axis=0)
layer1 = tanh(dot(array([[1, 1], [0.5, -2.25]]), weights1) + bias1)
layer2 = 1 / (1 + exp(-(dot(layer1, weights2) + bias2)))
print(1 / (1 + exp(-(dot(layer2, weights3) + bias3))))
