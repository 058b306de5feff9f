"""The adapter of the hostile kit speaks its protocol; the kit itself is a slow suite."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import Reply, Server
from tests.shared import shared

KIT = Path(__file__).with_name("kit.py")
RSS = b"""<rss version="2.0"><channel><title>A feed</title><item><title>One &lt;b&gt;</title>
<link>https://a.example/1</link><description>&lt;p&gt;Text&lt;/p&gt;</description></item></channel></rss>"""
OPML = (
    b'<opml><body><outline text="F"><outline xmlUrl="https://a.example/f" text="A"/></outline></body></opml>'
)


def ask(*words, **more):
    command = [sys.executable, str(KIT), *map(str, words)]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=True, **more)
    return json.loads(ran.stdout)


def test_each_verb_is_answered(tmp_path):
    (tmp_path / "a.xml").write_bytes(RSS)
    (tmp_path / "a.opml").write_bytes(OPML)
    (tmp_path / "a.txt").write_text("Headline\n\nText.\n")
    answer = ask("feed", tmp_path / "a.xml")
    assert (answer["ok"], answer["error"], answer["feed"]["title"]) == (True, None, "A feed")
    (item,) = answer["items"]
    assert (item["link"], item["text"]) == ("https://a.example/1", "Text\n")
    assert ask("file", tmp_path / "a.txt")["title"] == "Headline"
    assert ask("opml", tmp_path / "a.opml")["feeds"] == [
        {"url": "https://a.example/f", "title": "A", "folder": "F"}
    ]
    with Server() as server:
        server.routes["/feed"] = Reply(RSS)
        assert len(ask("fetch", server.url("/feed"))["items"]) == 1


@pytest.mark.parametrize("verb", ["feed", "file", "opml"])
def test_a_refusal_is_the_users_sentence(tmp_path, verb):
    (tmp_path / "empty.xml").write_bytes(b"")
    answer = ask(verb, tmp_path / "empty.xml")
    assert not answer["ok"]
    assert answer["error"].startswith("newsread: ")


def test_a_page_is_no_feed(tmp_path):
    (tmp_path / "page.html").write_text("<html><title>A page</title><p>Text.</p></html>")
    assert ask("file", tmp_path / "page.html")["ok"]
    assert "announces no feed" in ask("feed", tmp_path / "page.html")["error"]


@pytest.mark.slow
@pytest.mark.parametrize("group", ["feeds", "opml", "files", "server"])
def test_the_kit_finds_nothing(tmp_path, group):
    kit = shared("hostile")
    files = []
    if group == "files":
        files = ["--files", str(tmp_path / "files")]
        subprocess.run([sys.executable, kit / "make_files.py", files[1]], check=True, timeout=120)
    command = [sys.executable, kit / "run_kit.py", "--adapter", f"{sys.executable} {KIT}", "--only", group]
    ran = subprocess.run([*command, *files], capture_output=True, timeout=1800, check=False)
    assert ran.returncode == 0, ran.stdout.decode()
