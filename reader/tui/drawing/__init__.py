"""What panes draw with: cells, colours, times, and the one door for strings from outside."""
