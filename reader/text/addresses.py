"""The gate for addresses: canonical http(s) addresses of a host, everything else is text."""

from __future__ import annotations

import re

_HOST_MAX = 253  # characters of a host name (RFC 1035)

OWN_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
"""How names of the user's own machine and network end: RFC 6761, 6762, 8375, and custom."""

# What most addresses look like: canonical already. Dots in the path go the long way, for `/../`.
_CANONICAL = re.compile(
    rf"https?://(?=[^/]{{1,{_HOST_MAX}}}/)"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}/"
    r"(?:[\w~:@!$&()*+,;=%/-]|(?<!/)\.)*+(?:[?#][\w~:@!$&()*+,;=%/?.-]*+)?",
    re.ASCII,
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[^\]]*\]|[^:]*)(?::([0-9]{0,5}))?")
_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\\\\\ud800-\udfff]")
_BROKEN_LINE = re.compile(r"[\t\r\n]+")
_TO_ENCODE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=%]+")
_RELATIVE = re.compile(r"[^\W_]|[/?#._~(]")  # what a relative reference may start with: `-P evil` does not
_PORTS = {"http": 80, "https": 443}


def canonical(url: str, base: str, *, strip_login: bool, limit: int) -> str:
    """Return the address that `url` states, as `reader.text.address` says."""
    if len(url) > limit:
        return ""
    if _CANONICAL.fullmatch(url):
        return url
    url = _BROKEN_LINE.sub("", url.strip().strip("\ufeff\u200b"))
    if not _SCHEME.match(url):
        url = _resolve(url, base)
        if len(url) <= limit and _CANONICAL.fullmatch(url):
            return url
    parts = None if _FORBIDDEN.search(url) else _PARTS.fullmatch(url)
    if not parts:
        return ""
    scheme, (login, at, host_port) = parts[1].lower(), parts[2].rpartition("@")
    host = _authority(scheme, host_port) if strip_login or not (login or at) else ""
    rest = _encode(_path(parts[3]) + (parts[4] or "") + (parts[5] or ""))
    found = f"{scheme}://{host}{rest}"
    return found if host and len(found) <= limit else ""


def _resolve(url: str, base: str) -> str:
    """Return the relative reference `url` as seen from `base` (RFC 3986, 5.2), "" when that is senseless."""
    parts = _PARTS.fullmatch(base.strip())
    if not parts or not _RELATIVE.match(url):
        return ""
    scheme, host, path, query = parts[1], parts[2], parts[3], parts[4] or ""
    if url.startswith("//"):
        return f"{scheme}:{url}"
    if url[0] == "#":
        path += query
    elif url[0] == "/":
        path = ""
    elif url[0] != "?":
        path = path[: path.rfind("/") + 1] or "/"
    return f"{scheme}://{host}{path}{url}"


def _authority(scheme: str, text: str) -> str:
    """Return host and port in canonical form, "" when they are none."""
    parts = _AUTHORITY.fullmatch(text)
    if not parts:
        return ""
    host = _literal(parts[1][1:-1]) if parts[1].startswith("[") else _name(parts[1])
    port = int(parts[2]) if parts[2] else _PORTS[scheme]
    if not host or not 0 < port < 65_536:
        return ""
    return host if port == _PORTS[scheme] else f"{host}:{port}"


def _literal(text: str) -> str:
    """Return an IPv6 literal in its shortest form, "" when it is none."""
    from ipaddress import IPv6Address

    try:
        return f"[{IPv6Address(text).compressed}]" if "%" not in text else ""
    except ValueError:
        return ""


def _name(text: str) -> str:
    """Return a host name in lower case, as punycode; numbers in any notation as a dotted IPv4 address."""
    name = text.lower()
    if not name.isascii():
        name = _punycode(name)
    name = name.removesuffix(".")
    if len(name) > _HOST_MAX or not _NAME.fullmatch(name):
        return ""
    return _dotted(name) if _NUMBER.match(name.rpartition(".")[2]) else name


def _punycode(name: str) -> str:
    """Return an international host name in ASCII, "" when the rules of IDNA forbid it."""
    if len(name) > _HOST_MAX:
        return ""
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except UnicodeError:
        return _emoji_name(name)


def _emoji_name(name: str) -> str:
    """Return a name with symbols (registered under the rules of 2003) in ASCII, "" when it is none."""
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _dotted(name: str) -> str:
    """Return an IPv4 address whatever its notation (`0x7f.1`, `2130706433`), as browsers read it."""
    numbers = name.split(".")
    if len(numbers) > 4 or not all(_NUMBER.fullmatch(number) and len(number) < 16 for number in numbers):
        return ""
    try:
        values = [_integer(number) for number in numbers]
    except ValueError:
        return ""
    last = values.pop()
    if any(value > 255 for value in values) or last >= 256 ** (4 - len(values)):
        return ""
    whole = sum(value << 8 * (3 - place) for place, value in enumerate(values)) + last
    return ".".join(str(whole >> shift & 255) for shift in (24, 16, 8, 0))


def _integer(number: str) -> int:
    """Return a part of an IPv4 address: hexadecimal, octal or decimal."""
    if number.startswith("0x"):
        return int(number[2:] or "0", 16)
    return int(number, 8 if number[0] == "0" and len(number) > 1 else 10)


def _path(path: str) -> str:
    """Return a path without dot segments (RFC 3986, 5.2.4), "/" for none."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _encode(text: str) -> str:
    """Percent-encode what must not stand in an address; `%` stays, as it is already encoded."""
    return _TO_ENCODE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)
