"""The refresh pipeline."""
