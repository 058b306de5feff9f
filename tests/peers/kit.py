"""The adapter of the hostile kit: its verbs, told to the real program as a user would.

    python shared/hostile/run_kit.py --adapter "python tests/peers/kit.py" --only feeds,opml
    python shared/hostile/make_files.py FOLDER && \\
        python shared/hostile/run_kit.py --adapter "python tests/peers/kit.py" --only files --files FOLDER
    python shared/hostile/run_kit.py --adapter "python tests/peers/kit.py" --only server      # some minutes

The kit's README states the protocol. `feed` and `file` are `newsread list --json --source`, `fetch` is
`newsread add` and then `newsread list --json`, `opml` is `newsread import --json`; each run has a home and a
library of its own. A file whose name says that it is a page or a text is news to `list --source` (that is
what `file` asks for), so `feed` serves such a one on loopback to `newsread add`, which takes feeds only.
Nothing is judged or mended here: the words of a refusal are those on standard error, and the text of an
article is what the desk draws of its markup. Only the test hook of private networks is set
(KIT_PUBLIC becomes NEWSREAD_PUBLIC: the kit's port counts as a public server).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader import document
from reader.fetch.guard import PUBLIC_ENV
from tests.server import Reply, Server

ROOT = Path(__file__).resolve().parents[2]
PAGES = frozenset({".html", ".htm", ".md", ".txt"})
Json = dict[str, Any]


class Program:
    """The real `newsread`, in a home of its own."""

    def __init__(self, home: str) -> None:
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("NEWSREAD_")}
        self.env |= {
            "HOME": home,
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_DATA_HOME": f"{home}/data",
            "PYTHONPATH": str(ROOT),
        }
        if public := os.environ.get("KIT_PUBLIC"):
            self.env[PUBLIC_ENV] = public

    def run(self, *words: str) -> tuple[int, list[Json], str]:
        """Return the exit code, the JSON lines and the words of a command; a crash ends the adapter."""
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "reader", *words],
            capture_output=True,
            check=False,
            env=self.env,
            stdin=subprocess.DEVNULL,
        )
        said = ran.stderr.decode("utf-8", "replace").strip()
        if ran.returncode not in {0, 1, 2, 3} or "should not have" in said or "Traceback" in said:
            sys.exit(f"newsread crashed ({ran.returncode}): {said}")
        lines = ran.stdout.decode("utf-8").split("\n")
        return ran.returncode, [json.loads(line) for line in lines if line], said


def articles(program: Program, *words: str) -> tuple[int, list[Json], str]:
    """Return the articles that a list prints, in the order of their document: what comes first is newest."""
    code, records, said = program.run("list", "--json", *words)
    return code, sorted((one for one in records if not one["bare"]), key=lambda one: -one["id"]), said


def feed(code: int, records: list[Json], said: str, link: str = "") -> Json:
    """Return what was read as the kit asks for it."""
    title = records[0]["source"] if records else ""
    items = [
        {
            "id": str(one["id"]),
            "title": one["title"],
            "link": one["url"],
            "published": one["published"],
            "author": one["author"],
            "text": drawn(one),
            "enclosures": [{"url": each["url"]} for each in one["enclosures"]],
        }
        for one in records
    ]
    return verdict(code, said) | {"feed": {"title": title, "link": link}, "items": items}


def added(program: Program, address: str) -> Json:
    """Return what a feed that was subscribed to brought."""
    code, feeds, said = program.run("add", "--json", address)
    _, found, _ = articles(program) if code == 0 else (0, [], "")
    return feed(code, found, said, feeds[0].get("site", "") if feeds else "")


def served(program: Program, path: Path) -> Json:
    """Return what becomes of a file's bytes as the answer of a server."""
    with Server() as server:
        server.routes["/feed"] = Reply(path.read_bytes())
        return added(program, server.url("/feed"))


def file(code: int, records: list[Json], said: str) -> Json:
    """Return a local file, or the files of a folder, as the kit asks for it."""
    title = records[0]["title"] if records else ""
    return verdict(code, said) | {"title": title, "text": "\n\n".join(map(drawn, records))}


def opml(code: int, records: list[Json], said: str) -> Json:
    """Return the subscriptions that were taken over."""
    taken = [one for one in records if one["result"] != "refused"]
    feeds = [{"url": one["url"], "title": one["title"], "folder": one["topic"]} for one in taken]
    return verdict(code, said) | {"feeds": feeds}


def verdict(code: int, said: str) -> Json:
    """Return whether something was read (a part of it is something), and the refusal's words."""
    done = code in {0, 3}
    return {"ok": done, "error": None if done else said}


def drawn(article: Json) -> str:
    """Return an article's text as the desk and `newsread show` draw it."""
    markup = article["html"] or article["summary"]
    return document.to_text(document.from_html(markup, article["url"], article["title"]))


def main() -> None:
    """Answer one question of the kit."""
    verb, what = sys.argv[1:3]
    with TemporaryDirectory() as home:
        program = Program(home)
        if verb == "feed" and Path(what).suffix in PAGES:
            answer = served(program, Path(what))
        elif verb == "feed":
            answer = feed(*articles(program, "--source", what))
        elif verb == "file":
            answer = file(*articles(program, "--source", what))
        elif verb == "opml":
            answer = opml(*program.run("import", "--json", what))
        elif verb == "fetch":
            answer = added(program, what)
        else:
            sys.exit(f"the kit asks for {verb!r}, which this adapter does not know")
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
