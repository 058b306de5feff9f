"""Pictures for a terminal: decoded within limits, scaled to cells, kept on disk.

- `raster`  a small picture as bytes, its packing and scaling: pure
- `decode`  a file's bytes to a raster; only the sandbox's worker calls it (needs `newsread[images]`)
- `cache`   rasters on disk, bounded
"""
