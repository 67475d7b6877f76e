"""What each line of a program, and each part of it, does and why."""
