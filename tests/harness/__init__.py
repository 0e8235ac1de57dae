"""What the scripts of `tests/durability` and `tests/cluster` share: servers that they start and kill, learners who write, and what must have come of it."""
