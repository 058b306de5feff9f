"""TLS against a loopback server with a certificate made for one host name."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.config import Fetch
from reader.fetch import Fetcher, FetchError
from tests.server import Reply, Server

HOST = "feeds.example"
FEED = b"<rss/>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate and its key in one file."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed: no certificate can be made")
    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(
        [
            *(openssl, "req", "-x509", "-nodes", "-days", "1"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
        ],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("this openssl makes no certificate with these options")
    return folder


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    monkeypatch.setattr(socket, "getaddrinfo", _loopback)
    with Server(context) as it:
        it.routes["/f"] = Reply(FEED)
        yield it


def _loopback(_: str, port: int, **__: Any) -> list[tuple[Any, ...]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


async def get(url: str) -> bytes:
    async with Fetcher(Fetch(timeout=10)) as fetcher:
        return (await fetcher.get(url, private_ok=True)).body


async def test_a_certificate_that_nobody_vouches_for_is_refused(server: Server) -> None:
    with pytest.raises(FetchError, match=r"certificate of feeds\.example cannot be trusted"):
        await get(f"https://{HOST}:{server.port}/f")


async def test_the_name_is_checked_although_the_connection_goes_to_a_number(
    server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "certificate.pem"))
    assert await get(f"https://{HOST}:{server.port}/f") == FEED
    assert server.hits[0].headers["host"] == f"{HOST}:{server.port}"
    for other in ("other.example", "127.0.0.1"):
        with pytest.raises(FetchError, match=f"certificate of {other} cannot be trusted"):
            await get(f"https://{other}:{server.port}/f")
    assert len(server.hits) == 1
