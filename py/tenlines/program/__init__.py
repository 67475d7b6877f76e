"""A problem as the text of its program, and back."""
