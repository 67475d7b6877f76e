"""The methods that a problem names, each declared once: activations, losses, optimizers, penalties, first weights."""
