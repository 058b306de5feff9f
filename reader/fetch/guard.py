"""Which network addresses may be reached: pure rules over IP addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reader.fetch.words import FetchError
from reader.text.addresses import OWN_NAMES

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Endpoint = tuple[str, int]

PUBLIC_ENV = "NEWSREAD_PUBLIC"
"""A test hook: `host:port` (an IP literal) of a loopback server that counts as a public one."""

METADATA_NAMES = frozenset({"metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"})
"""Their names, for where a proxy looks names up."""
METADATA = tuple(
    map(
        ipaddress.ip_network,
        (
            "169.254.169.0/24",  # AWS, Azure, Google, OpenStack, DigitalOcean, ...
            "169.254.170.0/24",  # AWS containers
            "168.63.129.16/32",  # Azure's host: a public number that never leaves the machine
            "100.100.100.200/32",  # Alibaba
            "192.0.0.192/32",  # Oracle
            "fd00:ec2::/32",  # AWS
            "fd20:ce::254/128",  # Google
        ),
    )
)
"""Where cloud machines answer with their own credentials: no feed lives there, whoever typed the address."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


def unwrapped(ip: IP) -> IP:
    """Return the IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64), else the same."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip


@lru_cache(maxsize=1024)
def is_public(address: str) -> bool:
    """Whether an IP address lies in the open internet; anything that is no IP address does not."""
    try:
        ip = unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    kept_apart = ip.is_multicast or ip.is_reserved or (ip.version == 6 and ip.is_site_local)
    return ip.is_global and not kept_apart


def is_local(address: str) -> bool:
    """Whether an IP address is this machine or in a private network, whatever a test hook says of it."""
    return not is_public(address)


def is_metadata(address: str) -> bool:
    """Whether a cloud's metadata service answers at this IP address."""
    ip = unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    return any(ip in network for network in METADATA if network.version == ip.version)


def is_literal(host: str) -> bool:
    """Whether a host is given as an IP address."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_own(host: str) -> bool:
    """Whether a host is this machine or in a private network as far as one sees without looking it up."""
    if is_literal(host):
        return not is_public(host)
    return "." not in host or host.endswith(OWN_NAMES)


def exceptions(env: Mapping[str, str]) -> frozenset[Endpoint]:
    """Return the endpoints that PUBLIC_ENV names as public."""
    host, _, port = env.get(PUBLIC_ENV, "").rpartition(":")
    return frozenset({(host.strip("[]"), int(port))}) if host and port.isdecimal() else frozenset()


def approved(
    addresses: Iterable[str], host: str, port: int, *, private_ok: bool, public: frozenset[Endpoint]
) -> tuple[tuple[str, ...], bool]:
    """Return the addresses of a host that may be connected to, and whether they are public ones.

    A host with public addresses is a public one: its private ones are left out. Raises FetchError when
    nothing may be reached.
    """
    known = tuple(addresses)
    safe = tuple(address for address in known if not is_metadata(address))
    if open_ones := tuple(a for a in safe if is_public(a) or (a, port) in public):
        return open_ones, True
    if safe and private_ok:
        return safe, False
    if known and not safe:
        raise _metadata(host)
    raise _private(host)


def proxied(host: str, *, private_ok: bool) -> bool:
    """Return whether a name that the user's proxy looks up is a public one; raises FetchError as `approved`.

    The proxy stands within the user's network: what the name alone tells is all that can be judged.
    """
    if host in METADATA_NAMES:
        raise _metadata(host)
    if not is_own(host):
        return True
    if not private_ok:
        raise _private(host)
    return False


def _metadata(host: str) -> FetchError:
    return FetchError(f"{host} is a cloud's metadata service: newsread never asks there")


def _private(host: str) -> FetchError:
    return FetchError(
        f"{host} lies on this machine or in a private network, where a public feed must not lead: "
        "type its address yourself if you trust it"
    )
