"""The desk's side of the instant launch (`reader.frame` draws before any of this is imported).

- `takeover`  from the kept frame to the desk, without a flicker
- `kept`      which picture of the desk the next launch shows, and whether it would be true
- `resting`   keeping it also while the reader rests
- `capture`   what is painted, as a frame
"""
