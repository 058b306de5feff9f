"""Which addresses may be reached."""

from __future__ import annotations

import pytest

from reader.fetch import FetchError, guard

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.1.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "no address",
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
METADATA = [
    "169.254.169.254",
    "169.254.170.2",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
]
NONE: frozenset[guard.Endpoint] = frozenset()


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not guard.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert guard.is_public(address)
    assert guard.approved([address], "host", 80, private_ok=False, public=NONE) == ((address,), True)


@pytest.mark.parametrize("address", METADATA)
def test_metadata_services_are_never_asked(address: str) -> None:
    public = frozenset({(address, 80)})
    with pytest.raises(FetchError, match="metadata"):
        guard.approved([address], "host", 80, private_ok=True, public=public)


def test_private_addresses_need_the_users_word() -> None:
    with pytest.raises(FetchError, match="private network"):
        guard.approved(["10.0.0.1"], "host", 80, private_ok=False, public=NONE)
    assert guard.approved(["10.0.0.1"], "host", 80, private_ok=True, public=NONE) == (("10.0.0.1",), False)


def test_a_host_with_a_public_address_is_only_reached_there() -> None:
    """Else a name with two addresses would be a way around the rule."""
    known = ["127.0.0.1", "93.184.216.34", "169.254.169.254"]
    assert guard.approved(known, "host", 80, private_ok=True, public=NONE) == (("93.184.216.34",), True)


def test_no_address_at_all_is_refused() -> None:
    with pytest.raises(FetchError):
        guard.approved([], "host", 80, private_ok=True, public=NONE)


def test_the_hook_names_one_endpoint() -> None:
    public = guard.exceptions({guard.PUBLIC_ENV: "127.0.0.1:4000"})
    assert guard.approved(["127.0.0.1"], "host", 4000, private_ok=False, public=public)[1]
    with pytest.raises(FetchError):
        guard.approved(["127.0.0.1"], "host", 4001, private_ok=False, public=public)


@pytest.mark.parametrize("value", ["", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:x"])
def test_a_broken_hook_names_nothing(value: str) -> None:
    assert guard.exceptions({guard.PUBLIC_ENV: value}) == NONE
