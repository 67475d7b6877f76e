"""The values in a program, line by line, at any iteration of its training loop."""
