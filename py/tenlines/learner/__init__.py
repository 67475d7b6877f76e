"""Runs the learner's program, and adds a plain sentence to common mistakes."""
