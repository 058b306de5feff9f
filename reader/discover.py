"""The feeds a page announces."""
