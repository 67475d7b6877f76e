"""The training loop of one network, compiled from Python to WebAssembly.

NumPy pays for every call, some twenty of them an iteration, and a small network is done long before the calls are. A
kernel is the same training as one WebAssembly function: Python makes one call, thousands of iterations pass, and the
frames that fell due lie in the kernel's memory. No toolchain is used; the modules here write the bytes themselves.

expressions.py    the instructions used here, as Python's own operators on values, so that the code that writes a
                  formula reads like the formula.
wasm.py           the binary format: functions and modules.
layout.py         a Shape (all that a kernel depends on) and where each quantity lies in memory. Rows are innermost, a
                  column for every input, unit and output, since then two neighbouring rows fill one f64x2 and no
                  instruction is spent on moving lanes. A filling row is all 0 and not known, so it teaches nothing.
exponential.py    exp, from a table and a short polynomial, within 0.52 ulp (0.8 where it is all but 0).
activations.py    each activation with its derivative; sigmoid within 2.6 ulp, tanh within 1.8 (2.75 below 0.005, 0.57
                  beyond 2).
looped.py         forward, backward and update for any size: a loop over units, in it a loop over pairs of rows. A group
                  of weights stays in registers while the rows stream past, so the code grows with the number of layers
                  and inputs, never with that of rows or units.
unrolled.py       one iteration of a small network without any loop: all weights and rows are locals.
shuffling.py      the order of a pass's rows, drawn as NumPy draws it.
compiler.py       puts the functions together: run(frames) trains from frame to frame and records each.
host.py           the one place where WebAssembly is instantiated: by the browser, or natively by wasmtime.

The arithmetic is that of gradient_descent.py, except for the order of sums (even rows and odd rows first, then both)
and the last bit of exp and tanh. Relaxed SIMD is not used, so the result is the same to the last bit on every machine.
"""
