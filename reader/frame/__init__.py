"""The desk as it was last painted, kept as plain lines: a launch shows it before anything is imported.

- `form`      the file's text and back; what is read from it is validated run by run
- `matching`  what must be as it was for a kept frame to be true
- `keeping`   the file: where it lies, reading, writing
- `early`     drawing it at once, and giving the terminal back

All of it is read in the first milliseconds of a launch: nothing here imports more than `os` and `termios`.
"""
