"""Document blocks to wrapped lines: pure functions over values, measured in terminal cells."""
