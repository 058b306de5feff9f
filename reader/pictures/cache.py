"""Pictures on disk, small and sharp, the folder bounded: what was not looked at longest goes first."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from reader.pictures.raster import Raster, pack, unpack

BYTES_MAX = 32 * 1024 * 1024
"""Bytes of all files: some 3,000 small pictures of 10 kB, or 150 sharp ones of 200 kB."""
FILE_MAX = 64 * 1024
"""Bytes of one: a raster of noise takes 18 kB."""
SHARP_MAX = 4 * 1024 * 1024
"""Bytes of a sharp one: noise takes 2 MB."""
SUFFIX, SHARP_SUFFIX = ".raster", ".sharp"


class Cache:
    """Pictures by their address."""

    def __init__(self, folder: Path, limit: int = BYTES_MAX) -> None:
        self._folder = folder
        self._limit = limit

    def get(self, url: str) -> Raster | None:
        """Return the raster of a picture, None where there is none (or only a damaged one)."""
        try:
            return unpack(self._read(self._path(url), FILE_MAX))
        except (OSError, ValueError):
            return None

    def sharp(self, url: str) -> bytes | None:
        """Return a picture as `sharp.pack` packed it, None where there is none."""
        try:
            return self._read(self._path(url, SHARP_SUFFIX), SHARP_MAX)
        except OSError:
            return None

    def put(self, url: str, raster: Raster, sharp: bytes | None = None) -> None:
        """Keep a picture; a disk that is full or not ours only means that it is fetched again."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._path(url), pack(raster))
            if sharp:
                self._write(self._path(url, SHARP_SUFFIX), sharp)
            self._make_room()

    def _read(self, path: Path, most: int) -> bytes:
        with path.open("rb") as file:
            found = file.read(most)
        os.utime(path)  # looked at just now
        return found

    def _write(self, path: Path, packed: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")  # 0600
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
        Path(name).replace(path)

    def _path(self, url: str, suffix: str = SUFFIX) -> Path:
        return self._folder / (hashlib.blake2b(url.encode(), digest_size=16).hexdigest() + suffix)

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
