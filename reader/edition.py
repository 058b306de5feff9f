"""Sources opened for a moment, without subscribing."""
