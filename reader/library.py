"""The store and the engines together."""
