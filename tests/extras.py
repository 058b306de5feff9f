"""Tests of the optional extras: skipped in words where one is not installed."""

from __future__ import annotations

import io

import pytest

from reader.config import extras

needs_fulltext = pytest.mark.skipif(
    not extras.installed("fulltext"), reason="needs the extra newsread[fulltext]"
)
needs_images = pytest.mark.skipif(not extras.installed("images"), reason="needs the extra newsread[images]")

SENTENCE = "The ferry to the northern islands sails again on Monday, the harbour master said. "


def page(title: str = "The ferry sails again", extra: str = "", sentences: int = 12) -> bytes:
    """Return a web page with an article among what stands around one."""
    paragraphs = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(sentences))
    return f"""<!doctype html><html><head><title>{title} | Site</title></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
    <article><h1>{title}</h1>{paragraphs}{extra}</article>
    <footer><p>Copyright, cookies, imprint.</p></footer></body></html>""".encode()


def picture(size: tuple[int, int] = (120, 80), kind: str = "PNG", colour: object = (200, 30, 40)) -> bytes:
    """Return a picture's file: its left half in one colour, its right half in blue."""
    from PIL import Image

    image = Image.new("RGB", size, colour)  # type: ignore[arg-type]
    image.paste((20, 40, 220), (size[0] // 2, 0, *size))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()
