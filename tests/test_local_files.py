"""Opening what a path names: kinds told apart, danger refused in words, folders walked."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import local, pages, text
from reader.local import LocalError, files
from reader.pages import sniff
from reader.parse import ParseError
from reader.sandbox import tasks

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>
<item><title>One</title></item></channel></rss>"""
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": []}'


class Recorder:
    """Stands in for the sandbox: notes what it was given, and reads it here."""

    def __init__(self, error=""):
        self.bodies = []
        self.error = error

    def news(self, body, origin, limit=0):
        self.bodies.append(body)
        self.limit = limit
        if self.error:
            raise ParseError(self.error)
        return tasks.news(body, origin, limit)


def words(path, sandbox=None):
    with pytest.raises(LocalError) as caught:
        local.load(path, sandbox or Recorder())
    line = str(caught.value)
    assert line == text.one_line(line) != ""
    return line


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.txt", b"Headline\n\nText", "text"),
        ("a", b"Headline\n\nText", "text"),
        ("a.md", b"# Head", "markdown"),
        ("a.exe", b"# Head\n\nWith [link](https://e.org)", "markdown"),
        ("a.txt", b"# Head\n\nWith [link](https://e.org)", "text"),
        ("a.html", b"<p>x", "html"),
        ("a.html", b"just words", "html"),
        ("a", b"<!DOCTYPE html>\n<!-- x --><title>x</title>", "html"),
        ("a.xml", b"<?xml version='1.0'?><html xmlns='x'><body/></html>", "html"),
        ("a.html", RSS, "feed"),
        ("a.txt", b"\xef\xbb\xbf \n" + RSS, "feed"),
        ("a.rdf", b"<?xml version='1.0'?><!-- c --><rdf:RDF/>", "feed"),
        ("a", b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "feed"),
        ("a.xml", b"not xml at all", "feed"),
        ("a.xml", b"<urlset/>", "feed"),
        ("a", JSON, "feed"),
        ("a.json", b"[1]", "feed"),
        ("a.txt", b'{"a": 1}', "text"),
        ("a.xml", RSS.decode().encode("utf-16"), "feed"),
        ("a.txt", "Überschrift\n\nText".encode("utf-16"), "text"),
        ("a.gz", b"\x1f\x8b\x08...", "feed"),
    ],
)
def test_what_a_file_holds(name, body, kind):
    origin = pages.Origin(name=name, ending=Path(name).suffix)
    assert pages.tell(body, origin).kind == kind


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x7fELF\x02\x01", "a program"),
        (bytes(range(256)) * 40, "binary data"),
        (b"<opml version='2.0'><body/></opml>", "newsread import"),
    ],
)
def test_what_is_no_news_is_refused_in_words(tmp_path, body, said):
    path = tmp_path / "a.txt"
    path.write_bytes(body)
    assert said in words(path)


def test_a_page_comes_with_the_name_and_time_of_its_file(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Headline\n\nText.\n")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    feed = local.load(path, Recorder())
    (entry,) = feed.entries
    assert feed.title == "report.txt"
    assert entry.guid == str(path)
    assert entry.published == datetime.fromtimestamp(1_700_000_000, UTC)


def test_a_feed_file_goes_through_the_sandbox(tmp_path):
    path, sandbox = tmp_path / "feed.xml", Recorder()
    path.write_bytes(RSS)
    assert local.load(path, sandbox).title == "A feed"
    assert sandbox.bodies == [RSS]


def test_a_feed_that_is_refused_names_its_file(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    assert words(path, Recorder("there is nothing here")) == f"{path}: there is nothing here"


def test_latin_1_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Café déjà vu à Besançon\n\nÉté".encode("latin-1"))
    assert local.load(path, Recorder()).entries[0].title == "Café déjà vu à Besançon"


@pytest.mark.parametrize(
    "name", ["a\x1b]0;x\x07b.txt", "a\nb.txt", "[bold]x.txt", "a\u202etxt.exe", b"a\xff.txt"]
)
def test_odd_names_are_shown_safely(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    path.write_text("\n")
    feed = local.load(path, Recorder())
    (entry,) = feed.entries
    for line in (feed.title, entry.title, entry.guid):
        assert line == text.one_line(line) != ""
        line.encode()
    path.write_bytes(b"")
    words(path)


def test_a_pipe_is_never_waited_for(tmp_path):
    path = tmp_path / "fifo.txt"
    os.mkfifo(path)
    assert "a pipe" in words(path)


def test_sockets_and_devices_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket is limited to 108 bytes
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("sock.txt")
    words(tmp_path / "sock.txt")
    (tmp_path / "zero").symlink_to("/dev/zero")
    assert "a device" in words(tmp_path / "zero")


def test_links_that_lead_nowhere(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c").symlink_to("nothing")
    assert "circle" in words(tmp_path / "a")
    assert "no such file" in words(tmp_path / "c")
    assert "no such file" in words(tmp_path / "zero\0byte")


def test_a_link_to_a_file_is_followed_and_one_to_a_folder_is_not(tmp_path):
    (tmp_path / "a.txt").write_text("Headline\n")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "here").symlink_to(".")
    assert local.load(tmp_path / "b.txt", Recorder()).entries[0].title == "Headline"
    assert f"name the folder itself: {tmp_path}" in words(tmp_path / "here")


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))
    assert "over 20 MiB" in words(path)


def test_a_file_that_grows_is_read_to_the_limit(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("x" * 5000)
    monkeypatch.setattr(files, "FILE_MAX", 1000)
    real = os.fstat
    monkeypatch.setattr(os, "fstat", lambda fd: os.stat_result((*real(fd)[:6], 0, *real(fd)[7:])))
    assert "too large" in words(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert "permission" in words(path)


def tree(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Headline of {path.stem}\n\nText.\n")


def test_a_folder_is_read_in_order_and_a_bad_file_stops_nothing(tmp_path):
    tree(tmp_path, "b.txt", "a/c.md", "A.txt", ".hidden.txt", ".git/x.txt", "d.py")
    (tmp_path / "bad.txt").write_bytes(b"%PDF")
    (tmp_path / "link.txt").symlink_to("b.txt")
    (tmp_path / "loop").symlink_to(".")
    found = local.folder(tmp_path, Recorder())
    assert [page.path.name for page in found.pages] == ["A.txt", "b.txt", "c.md"]
    assert [page.feed.title for page in found.pages] == [tmp_path.name] * 3
    assert len(found.problems) == 1
    assert "bad.txt is a PDF file" in found.problems[0]
    feed = local.load(tmp_path, Recorder())
    assert len({entry.guid for entry in feed.entries}) == 3


def test_a_folder_without_articles_says_so(tmp_path):
    assert "holds nothing to read" in words(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"")
    assert "a.txt is empty" in words(tmp_path)


def test_folders_have_a_depth_and_a_number_of_files(tmp_path, monkeypatch):
    tree(tmp_path, *("/".join(["d"] * depth + [f"{depth}.txt"]) for depth in range(20)))
    assert len(files.walk(tmp_path, sniff.ENDINGS).files) == files.DEPTH_MAX + 1
    monkeypatch.setattr(files, "FOLDER_MAX", 5)
    found = local.folder(tmp_path, Recorder())
    assert len(found.pages) < 5
    assert "more than 5 files" in found.problems[-1]


def test_only_what_changed_is_read_again(tmp_path, monkeypatch):
    tree(tmp_path, "a.txt", "b.txt")
    before = local.folder(tmp_path, Recorder())
    tree(tmp_path, "c.txt")
    (tmp_path / "b.txt").write_text("A longer headline than before\n")
    read, opened = files.read, []
    monkeypatch.setattr(files, "read", lambda path, **how: opened.append(path.name) or read(path, **how))
    after = local.folder(tmp_path, Recorder(), before)
    assert opened == ["b.txt", "c.txt"]
    assert [page.feed.entries[0].title for page in after.pages][1] == "A longer headline than before"


def test_a_stamp_changes_with_the_content(tmp_path):
    tree(tmp_path, "a.txt", "sub/b.txt")
    path = tmp_path / "sub" / "b.txt"
    before = local.stamp(tmp_path), local.stamp(path)
    assert (local.stamp(tmp_path), local.stamp(path)) == before
    path.write_text("Another headline, of another length\n")
    assert local.stamp(tmp_path) != before[0]
    assert local.stamp(path) != before[1]
    path.unlink()
    assert local.stamp(path) == b""


@given(st.binary(max_size=2000), st.sampled_from([*sorted(sniff.ENDINGS), "", ".gz", ".opml"]))
def test_any_bytes_are_read_or_refused_in_words(body, ending):
    try:
        feed = local.parse(body, f"name{ending}", Recorder(), modified=datetime(2024, 1, 1, tzinfo=UTC))
        lines = [entry.title for entry in feed.entries]
    except LocalError as error:
        lines = [str(error)]
    for line in lines:
        assert line == text.one_line(line) != ""


def test_importing_local_loads_nothing_heavy():
    heavy = ["feedparser", "selectolax", "httpx", "markdown_it", "charset_normalizer", "textual", "apsw"]
    code = f"import sys, reader.local; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("where", ["a.xml", "."])
def test_a_feed_file_is_read_as_far_as_the_caller_says(tmp_path, where):
    (tmp_path / "a.xml").write_bytes(b"<rss version='2.0'><channel></channel></rss>")
    sandbox = Recorder()
    local.load(tmp_path / where, sandbox, 7)
    assert sandbox.limit == 7
