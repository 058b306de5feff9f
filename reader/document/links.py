"""Links and pictures: which are shown, under which address, and what their words pretend."""

from __future__ import annotations

import re

from reader import text as gate
from reader.document.blocks import Link
from reader.document.elements import names

_LABELS = r"(?:[^\W_][\w-]{0,62}\.){1,10}"
_HOST_IN_TEXT = re.compile(rf"(?:https?://|\bwww\.)({_LABELS}[^\W\d_]{{2,24}})", re.IGNORECASE)
_BARE_HOST = re.compile(rf"({_LABELS}([^\W\d_]{{2,24}}))(?::\d+)?(?:[/?#].*)?", re.DOTALL)
_LOOKED_AT = 500  # characters of a link's words: an address pretends at once or not at all
_TOP_LEVELS = names(
    "aero app arpa bank biz blog cloud club com coop dev edu email example finance fun gov icu info int live"
    " media mil money museum name net news online onion org page press pro shop site space store tech test"
    " today top vip website win world xyz"
)
_FILE_ENDINGS = names("cc cs gz js md pl ps py rb rs sh so ts")
"""Countries that words without `www.` hardly ever mean: they name files."""

_BEACON = re.compile(
    r"^https?://(?:feeds\.feedburner\.com/~|feeds\.wordpress\.com/1\.0/|pixel\.wp\.com/|stats\.wordpress\.com/"
    r"|(?:[^/]*\.)?(?:doubleclick\.net|google-analytics\.com|googleadservices\.com|scorecardresearch\.com"
    r"|quantserve\.com|met\.vgwort\.de|feedsportal\.com|imrworldwide\.com|chartbeat\.com|list-manage\.com/track)"
    r"[/:]|(?:www\.)?facebook\.com/tr\b|medium\.com/_/stat|api\.follow\.it/track)"
    r"|/(?:open|track|pixel|beacon|counter|count|spacer|blank|clear|transparent|shim)\.(?:gif|png|php|aspx?)\b"
    r"|/(?:__ptq|b|1x1|0)\.gif\b|/(?:piwik|matomo)\.php\b|\b1x1\.|/pixel\?",
    re.IGNORECASE,
)
_TINY = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*[012](?:px)?\s*(?:;|$|!)", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w .()%+-]{1,200}\.(?:jpe?g|png|gif|webp|avif|svg|bmp)", re.IGNORECASE)


class Links:
    """The numbered links of a document; the same address keeps its number."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._numbers: dict[str, int] = {}
        self._urls: list[str] = []
        self._texts: list[str] = []

    def resolve(self, address: str) -> str:
        """Return an address that the page states in its canonical form, "" when it is no http(s) address."""
        return gate.address(address, self._base, strip_login=True)

    def number(self, address: str) -> int | None:
        """Return the index of an address that the page states; None when it is no http(s) address."""
        url = self.resolve(address)
        if not url:
            return None
        if url not in self._numbers:
            self._numbers[url] = len(self._urls)
            self._urls.append(url)
            self._texts.append("")
        return self._numbers[url]

    def name(self, number: int, text: str) -> None:
        """Give a link the words of its first mention."""
        if not self._texts[number]:
            self._texts[number] = gate.one_line(text)

    def host(self, number: int) -> str:
        """Return the host that a link leads to."""
        return self._urls[number].split("/", 3)[2]

    def all(self) -> tuple[Link, ...]:
        """Return the links in the order of their numbers."""
        return tuple(Link(url, text) for url, text in zip(self._urls, self._texts, strict=True))


def disguised(text: str, host: str) -> bool:
    """Return whether the words of a link look like an address of another host than the one it leads to."""
    text = text[:_LOOKED_AT]
    shown = _HOST_IN_TEXT.findall(text)
    bare = _BARE_HOST.fullmatch(text.strip())
    if bare and _is_top_level(bare[2].lower()):
        shown.append(bare[1])
    return any(not _leads_to(name.lower(), host.partition(":")[0]) for name in shown)


def _is_top_level(name: str) -> bool:
    """Return whether hosts end like this: with a country or one of the usual endings, not like `tf.data`."""
    return name in _TOP_LEVELS or (len(name) == 2 and name not in _FILE_ENDINGS) or not name.isascii()


def _leads_to(shown: str, host: str) -> bool:
    """Return whether `host` is the one shown, or one below it."""
    shown = shown.removeprefix("www.")
    return host == shown or host.endswith(f".{shown}")


def is_beacon(source: str, sizes: tuple[str | None, str | None], style: str) -> bool:
    """Return whether a picture is there to count readers, not to be seen."""
    if any(size is not None and size.strip() in {"0", "1", "2", "0px", "1px", "2px"} for size in sizes):
        return True
    return bool(_TINY.search(style) or _BEACON.search(source))


def described(alt: str) -> str:
    """Return what a picture shows in words; "" when its author only left the name of a file."""
    alt = gate.one_line(alt)
    return "" if _FILE_NAME.fullmatch(alt) else alt
