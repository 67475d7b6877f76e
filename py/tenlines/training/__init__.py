"""A network trained on a table: by NumPy, the reference, or by a kernel compiled to WebAssembly."""
