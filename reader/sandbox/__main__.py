"""The worker's end of the sandbox: `python -P -m reader.sandbox SECONDS BYTES [MODULE ...]`.

It answers a request after the other; the modules are imported while none has come.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from importlib import import_module
from typing import Any

from reader.parse import ParseError
from reader.sandbox import tasks, wire


def serve() -> None:
    """Serve requests from standard input until it closes: the worker's end."""
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints does not print into a reply
    for module in sys.argv[3:]:
        import_module(module)
    with requests, replies:
        while len(lengths := requests.read(wire.LENGTHS.size)) == wire.LENGTHS.size:
            header_size, body_size = wire.LENGTHS.unpack(lengths)
            header, body = json.loads(requests.read(header_size)), requests.read(body_size)
            signal.setitimer(signal.ITIMER_REAL, seconds)  # its signal is not caught: the kernel ends us
            reply = _answer(body, header)
            replies.write(wire.LENGTH.pack(len(reply)) + reply)
            replies.flush()
            signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(what: int, value: int) -> None:
    """Lower a limit of the process, never above what the system allows."""
    _, hard = resource.getrlimit(what)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (most, hard))


def _answer(body: bytes, header: dict[str, Any]) -> bytes:
    try:
        reply = json.dumps(tasks.done(body, header), ensure_ascii=False).encode()
        if len(reply) <= wire.REPLY_MAX:
            return reply
        said = f"this {wire.NOUNS[header['task']]} becomes too long when its addresses are written out"
        return json.dumps({"error": f"{said}: it was not read"}).encode()
    except ParseError as error:
        failure = {"error": str(error)}
    except MemoryError:
        most = int(sys.argv[2]) >> 20
        what = wire.NOUNS[header["task"]]
        failure = wire.stopped(f"this {what} took more than {most} MB of memory to read: it was given up")
    except Exception:
        failure = {"error": f"the parser broke down over this {wire.NOUNS[header['task']]}: it was not read"}
    return json.dumps(failure).encode()


if __name__ == "__main__":
    serve()
