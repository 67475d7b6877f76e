"""The methods that a problem names: activations, losses and optimizers, each declared once."""
