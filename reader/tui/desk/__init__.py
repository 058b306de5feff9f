"""The main screen: its panes in place, and what each key does, a trait a file."""
