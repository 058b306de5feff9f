"""What the config keeps out of itself: passwords, from the environment or from a command."""

from __future__ import annotations

import asyncio
import os
import subprocess
from base64 import b64encode
from collections.abc import Mapping

from reader.config.access import Access
from reader.text import NewsreadError, one_line

PATIENCE = 30.0
"""Seconds that a command may take: a password store may ask for its own key first."""
PASSWORD_MAX = 4_096
"""Bytes of a command's first line that count."""


class SecretError(NewsreadError):
    """A password cannot be had. Never says what it is."""


class Logins:
    """The logins of one run: a command, which may ask for a key, is run once for all its feeds."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, tuple[str, ...]], asyncio.Task[str]] = {}

    async def of(self, access: Access) -> str:
        """Return a feed's Authorization header, as `login` does."""
        if not access.user:
            return ""
        key = (access.user, access.password_env, access.password_command)
        if key not in self._known:
            self._known[key] = asyncio.create_task(asyncio.to_thread(login, access))
        return await asyncio.shield(self._known[key])


def login(access: Access, env: Mapping[str, str] = os.environ) -> str:
    """Return an Authorization header (Basic, RFC 7617), "" where the feed needs none.

    Runs the command that prints the password: call it off the event loop. Raises SecretError in words.
    """
    if not access.user:
        return ""
    pair = access.user.encode() + b":" + _password(access, env)
    return f"Basic {b64encode(pair).decode()}"


def _password(access: Access, env: Mapping[str, str]) -> bytes:
    if access.password_env:
        if access.password_env not in env:
            raise SecretError(f"the password is missing: the environment has no {access.password_env}")
        return env[access.password_env].encode("utf-8", "surrogateescape")
    return _said(access.password_command) if access.password_command else b""


def _said(command: tuple[str, ...]) -> bytes:
    """Return the first line that a command prints."""
    name = one_line(command[0], 80)
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise SecretError(f"the password command {name} took longer than {PATIENCE:g} s") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no command"
        raise SecretError(f"the password command {name} cannot be run: {reason}") from None
    line = done.stdout.split(b"\n", 1)[0].rstrip(b"\r")
    if done.returncode or not line:
        raise SecretError(f"the password command {name} gave none (exit code {done.returncode})")
    return line[:PASSWORD_MAX]
