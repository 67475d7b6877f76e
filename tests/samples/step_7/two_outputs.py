from numpy import maximum, genfromtxt, random, dot, zeros, isnan
table = genfromtxt("table.csv", delimiter=",", skip_header=1, encoding="utf-8")
inputs, outputs = table[:, :2], table[:, 2:]
known = ~isnan(outputs).all(axis=1)
training_set_inputs, training_set_outputs = inputs[known], outputs[known]
random.seed(123456)
weights1 = 2 * random.random((2, 5)) - 1
bias1 = zeros(5)
weights2 = 2 * random.random((5, 2)) - 1
bias2 = zeros(2)
for iteration in range(500):
    layer1 = maximum(0, dot(training_set_inputs, weights1) + bias1)
    output = dot(layer1, weights2) + bias2
    delta2 = training_set_outputs - output
    delta1 = dot(delta2, weights2.T) * (layer1 > 0)
    weights1 += 0.005 * dot(training_set_inputs.T, delta1)
    bias1 += 0.005 * delta1.sum(axis=0)
    weights2 += 0.005 * dot(layer1.T, delta2)
    bias2 += 0.005 * delta2.sum(axis=0)
layer1 = maximum(0, dot(inputs, weights1) + bias1)
print((dot(layer1, weights2) + bias2)[isnan(outputs)])
