"""The panes of the desk, and what they draw from: each has a `show` and posts messages."""
