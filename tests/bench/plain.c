/* The same training in plain C, row by row, as one writes it: what a compiled language gives without further thought. */
#include <math.h>
#include <string.h>

enum { SIGMOID, TANH };
#define MOST_UNITS 512
#define MOST_LAYERS 8
#define MOST_WEIGHTS 65536

static double activate(int kind, double z) { return kind == SIGMOID ? 1 / (1 + exp(-z)) : tanh(z); }
static double slope(int kind, double o) { return kind == SIGMOID ? o * (1 - o) : 1 - o * o; }

/* weights: layer after layer, row by row, then the bias. */
void train(int layers, const int *sizes, const int *kinds, int bias, int rows, const double *X, const double *Y,
           int batch, int iterations, double rate, double *weights) {
    static double out[MOST_LAYERS + 1][MOST_UNITS], delta[MOST_LAYERS + 1][MOST_UNITS], gradient[MOST_WEIGHTS];
    int inputs = sizes[0], outputs = sizes[layers], start[MOST_LAYERS], count = 0;
    for (int l = 0; l < layers; l++) {
        start[l] = count;
        count += (sizes[l] + bias) * sizes[l + 1];
    }
    for (int iteration = 0; iteration < iterations; iteration++)
        for (int first = 0; first < rows; first += batch) {
            int end = first + batch < rows ? first + batch : rows;
            memset(gradient, 0, count * sizeof(double));
            for (int row = first; row < end; row++) {
                memcpy(out[0], X + row * inputs, inputs * sizeof(double));
                for (int l = 0; l < layers; l++) {
                    const double *w = weights + start[l];
                    for (int j = 0; j < sizes[l + 1]; j++) {
                        double z = bias ? w[sizes[l] * sizes[l + 1] + j] : 0;
                        for (int i = 0; i < sizes[l]; i++) z += out[l][i] * w[i * sizes[l + 1] + j];
                        out[l + 1][j] = activate(kinds[l], z);
                    }
                }
                for (int j = 0; j < outputs; j++) {
                    double o = out[layers][j];
                    delta[layers][j] = (Y[row * outputs + j] - o) * slope(kinds[layers - 1], o);
                }
                for (int l = layers - 1; l >= 0; l--) {
                    const double *w = weights + start[l];
                    double *g = gradient + start[l];
                    for (int i = 0; i < sizes[l]; i++) {
                        double error = 0;
                        for (int j = 0; j < sizes[l + 1]; j++) {
                            error += delta[l + 1][j] * w[i * sizes[l + 1] + j];
                            g[i * sizes[l + 1] + j] += out[l][i] * delta[l + 1][j];
                        }
                        if (l > 0) delta[l][i] = error * slope(kinds[l - 1], out[l][i]);
                    }
                    if (bias)
                        for (int j = 0; j < sizes[l + 1]; j++) g[sizes[l] * sizes[l + 1] + j] += delta[l + 1][j];
                }
            }
            for (int n = 0; n < count; n++) weights[n] += rate * gradient[n];
        }
}
