"""Tenlines: the neural network of ten lines of NumPy, on any table of numbers."""

__version__ = "0.12.0"
