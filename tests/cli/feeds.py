"""Tiny feeds and pages for the loopback server."""


def rss(title: str, *items: str, day: int = 1) -> bytes:
    """Return an RSS feed whose items are named by their titles."""
    entries = "".join(
        f"<item><title>{item}</title><guid>{item}</guid><link>https://example.org/{number}</link>"
        f"<pubDate>{day:02} Nov 2026 12:{number:02}:00 GMT</pubDate>"
        f"<description>About {item}.</description></item>"
        for number, item in enumerate(items)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://example.org/</link>{entries}</channel></rss>"
    ).encode()


def page(*links: tuple[str, str]) -> bytes:
    """Return a web page that announces feeds: (title, address)."""
    announced = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
        for title, href in links
    )
    return f"<!doctype html><html><head><title>P</title>{announced}</head><body>Hi</body></html>".encode()
