"""A program's text: parsed, bounded in depth, and its parts told apart, whatever they are called."""
