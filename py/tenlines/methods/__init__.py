"""The methods that a problem names: activations, losses, optimizers, penalties and first weights, each declared once."""
