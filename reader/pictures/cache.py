"""Rasters on disk, one file each, the folder bounded: what was not looked at longest goes first."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from reader.pictures.raster import Raster, pack, unpack

BYTES_MAX = 32 * 1024 * 1024
"""Bytes of all files: some 3,000 pictures of 10 kB."""
FILE_MAX = 64 * 1024
"""Bytes of one: a raster of noise takes 18 kB."""
SUFFIX = ".raster"


class Cache:
    """Rasters by the address of their picture."""

    def __init__(self, folder: Path, limit: int = BYTES_MAX) -> None:
        self._folder = folder
        self._limit = limit

    def get(self, url: str) -> Raster | None:
        """Return the raster of a picture, None where there is none (or only a damaged one)."""
        path = self._path(url)
        try:
            with path.open("rb") as file:
                found = unpack(file.read(FILE_MAX))
            os.utime(path)  # looked at just now
        except (OSError, ValueError):
            return None
        return found

    def put(self, url: str, raster: Raster) -> None:
        """Keep a raster; a disk that is full or not ours only means that it is fetched again."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")  # 0600
            with os.fdopen(handle, "wb") as file:
                file.write(pack(raster))
            Path(name).replace(self._path(url))
            self._make_room()

    def _path(self, url: str) -> Path:
        return self._folder / (hashlib.blake2b(url.encode(), digest_size=16).hexdigest() + SUFFIX)

    def _make_room(self) -> None:
        """Remove the oldest files beyond the limit; down to nine tenths of it, so that this is seldom."""
        with os.scandir(self._folder) as entries:
            files = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in entries]
        total = sum(size for _, size, _ in files)
        if total <= self._limit:
            return
        for _, size, path in sorted(files):
            Path(path).unlink(missing_ok=True)
            total -= size
            if total <= self._limit * 9 // 10:
                return
