from numpy import tanh, array, random, dot, nan, nan_to_num, isnan
inputs = array([[-1], [0.5], [1e-07], [3]])
outputs = array([[-0.5, 0.25], [0.3, nan], [nan, 0.1], [nan, nan]])
known = ~isnan(outputs).all(axis=1)
training_set_inputs, training_set_outputs = inputs[known], outputs[known]
random.seed(0)
weights1 = 2 * random.random((1, 2)) - 1
weights2 = 2 * random.random((2, 2)) - 1
for iteration in range(300):
    layer1 = dot(training_set_inputs, weights1)
    output = tanh(dot(layer1, weights2))
    delta2 = nan_to_num(training_set_outputs - output) * (1 - output ** 2)
    delta1 = dot(delta2, weights2.T)
    weights1 += 0.1 * dot(training_set_inputs.T, delta1)
    weights2 += 0.1 * dot(layer1.T, delta2)
layer1 = dot(inputs, weights1)
print((tanh(dot(layer1, weights2)))[isnan(outputs)])
