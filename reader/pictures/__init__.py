"""Pictures for a terminal: decoded within limits, scaled to cells, kept on disk, written as it can show them.

- `raster`  a picture's pixels, its packing and scaling: pure
- `decode`  a file's bytes to rasters; only the sandbox's worker calls it (needs `newsread[images]`)
- `sharp`   a picture in the terminal's own pixels: kept, sized, as PNG or with a palette (needs it, too)
- `cache`   pictures on disk, bounded
- `asking`  what a terminal can draw: the question, and its answer among the keys: pure
- `kitty`   kitty's graphics: a picture sent once, then placed by characters: pure
- `sixel`   a part of a picture as sixels: pure
"""
