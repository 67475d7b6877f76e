"""The settings of a network and of its training: what each is called, what it takes and where it is asked for."""
