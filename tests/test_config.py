"""Settings: the defaults, the file, its mistakes named with line and key, the places, the default file."""

import os
import string
import sys
import tomllib
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import Config, ConfigError, load, paths
from reader.config.files import read_file, write_file
from reader.config.lines import key_lines
from reader.config.places import cache_path, state_path
from reader.config.values import TABLES
from reader.config.writing import default_toml, settings, toml
from reader.model import Mute, SavedView, TopicRule
from reader.tui.keys import KEYS


@pytest.fixture
def write(tmp_path):
    """Write a config file; return its path."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def read(path: Path, **more) -> Config:
    return load(path, Path("/nowhere/library.db"), env={}, **more)


def mistakes(path: Path, **more) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read(path, **more)
    assert all("\n" not in problem for problem in caught.value.problems)
    return tuple(problem.removeprefix(f"{path}:") for problem in caught.value.problems)


# What holds without a file, and with one


def test_without_a_file_the_defaults_hold(tmp_path):
    config = load(
        env={"NEWSREAD_CONFIG": str(tmp_path / "none.toml"), "NEWSREAD_LIBRARY": str(tmp_path / "l.db")}
    )
    assert config.library == tmp_path / "l.db"
    assert config.fetch.max_bytes == 16 * 1024 * 1024
    assert (config.fetch.timeout, config.fetch.connections, config.fetch.per_host) == (30.0, 64, 2)
    assert config.topics == ()
    assert config.opener == ()
    assert dict(config.keys) == {}


def test_every_kind_of_setting_is_read(write):
    config = read(
        write(
            'opener = ["w3m", "-N"]\n[topics]\nVotes = ["election", "ballot box"]\nCats = "cat"\n'
            "[fetch]\nmax_mib = 2\ntimeout = 5\nprivate = true\n[refresh]\ninterval = 15\non_start = false\n"
            '[ui]\ntheme = "newsread-paper"\nticker_speed = 2.5\n'
            '[keys]\nbrowse = ["o", "O"]\nquit = "ctrl+w"\n'
        )
    )
    assert config.opener == ("w3m", "-N")
    assert config.topics == (TopicRule("Votes", ("election", "ballot box")), TopicRule("Cats", ("cat",)))
    assert config.fetch.max_bytes == 2 * 1024 * 1024
    assert isinstance(config.fetch.timeout, float)
    assert config.fetch.private is True
    assert (config.refresh.interval, config.refresh.on_start) == (15, False)
    assert (config.ui.theme, config.ui.ticker_speed) == ("newsread-paper", 2.5)
    assert dict(config.keys) == {"browse": "o,O", "quit": "ctrl+w"}


def test_topics_take_keywords_a_query_or_both(write):
    path = write(
        "[topics]\nA = { query = 'election -sport \"run-off\"', keywords = ['ballot'] }\n"
        "B = { query = 'mekong' }\n[topics.C]\nkeywords = 'sea'\n"
    )
    config = read(path)
    assert config.topics == (
        TopicRule("A", ("ballot",), 'election -sport "run-off"'),
        TopicRule("B", (), "mekong"),
        TopicRule("C", ("sea",)),
    )
    shown = {item.key: toml(item.value) for item in settings(config)}
    assert (
        read(write(f"[topics]\nA = {shown['topics.A']}\nB = {shown['topics.B']}")).topics == config.topics[:2]
    )


def test_a_byte_order_mark_and_dos_line_ends_are_taken(write):
    assert read(write(b"\xef\xbb\xbf[fetch]\r\ntimeout = 5\r\n")).fetch.timeout == 5


def test_the_library_of_option_environment_and_file(write, tmp_path):
    path = write('library = "news/library.db"')
    assert load(path, env={}).library == tmp_path / "news/library.db", "relative to the config file"
    assert load(path, env={"NEWSREAD_LIBRARY": "/env/library.db"}).library == Path("/env/library.db")
    env = {"NEWSREAD_LIBRARY": "/env/library.db"}
    assert load(path, Path("/option/library.db"), env).library == Path("/option/library.db")


def test_a_tilde_is_the_home_folder(write, monkeypatch):
    monkeypatch.setenv("HOME", "/home/reader")
    assert load(write('library = "~/news.db"'), env={}).library == Path("/home/reader/news.db")


def test_places_follow_xdg(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if sys.platform.startswith("linux"):
        assert paths({}).config == tmp_path / "config/newsread/config.toml"
        assert paths({}).library == tmp_path / "data/newsread/library.db"
    assert paths({"NEWSREAD_CONFIG": "/c.toml"}).config == Path("/c.toml")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have other places")
@pytest.mark.parametrize("given", [None, "", "  ", "relative", "/abs"])
def test_the_plain_places_are_those_of_platformdirs(monkeypatch, tmp_path, given):
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        if given is not None:
            monkeypatch.setenv(f"XDG_{kind}_HOME", given)
    places = platformdirs.PlatformDirs("newsread", appauthor=False)
    assert paths({}).config == places.user_config_path / "config.toml"
    assert paths({}).library == places.user_data_path / "library.db"
    assert cache_path() == places.user_cache_path
    assert state_path() == places.user_state_path / "desk.json"


# Mistakes


def test_an_unknown_key_is_named_with_line_and_the_likely_one(write):
    assert mistakes(write("# settings\n\n[fetch]\ntimout = 3\n")) == (
        "4: unknown key 'fetch.timout'; did you mean 'timeout'?",
    )
    assert mistakes(write("\n[refesh]\ninterval = 3\n")) == (
        "2: unknown key 'refesh'; did you mean 'refresh'?",
    )
    assert mistakes(write("theme = 'dark'")) == (
        "1: unknown key 'theme'; did you mean 'theme' in the table [ui]?",
    )
    assert mistakes(write("zzz = 1")) == ("1: unknown key 'zzz'",)


def test_all_mistakes_are_kept_in_the_order_of_the_file(write):
    path = write("[ui]\nticker = 'yes'\n[fetch]\nconnections = 1000\ntimeout = true\nmax_mib = 1.5\n")
    assert mistakes(path) == (
        "2: ui.ticker takes true or false, not the text 'yes'",
        "4: fetch.connections takes a whole number from 1 to 256 (connections), not 1000",
        "5: fetch.timeout takes a number from 1 to 600 (seconds), not the flag true",
        "6: fetch.max_mib takes a whole number from 1 to 256 (MiB), not the number 1.5",
    )
    with pytest.raises(ConfigError, match=r"and 3 more: `newsread config` lists them"):
        read(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[fetch]\ntimeout = nan",
            "2: fetch.timeout takes a number from 1 to 600 (seconds), not the number nan",
        ),
        ("[fetch]\ntimeout = []", "2: fetch.timeout takes a number from 1 to 600 (seconds), not a list"),
        ("[refresh]\ninterval = 2026-01-01", "not a date"),
        ("fetch = 3", "1: fetch is a table, written as [fetch], not the number 3"),
        ("opener = []", "1: opener takes a list of texts such as"),
        ("opener = [3]", "not the number 3"),
        ("opener = ' '", "not a blank one"),
        ("library = 3", "1: library takes the path of a file"),
        ('library = "a\\u0000b"', "1: library takes the path of a file"),
        ("[topics]\nVotes = []", "2: topics.Votes takes a list of texts such as"),
        ("[topics]\n'' = ['x']", "is no name for a topic"),
        ("[topics]\nA = { querry = 'x' }", "2: unknown key 'topics.A.querry'; did you mean 'query'?"),
        ("[topics]\nA = {}", "2: topics.A takes keywords, a query, or both"),
        ("[topics]\nA = { query = 3 }", "2: topics.A.query takes a text as for the search, such as"),
        ("[topics]\nA = { query = ' ' }", "2: topics.A.query takes a text as for the search, such as"),
        ("[topics]\nA = { query = '-sport' }", "2: topics.A.query takes a word that must be there"),
        ("[topics]\nA = { keywords = [] }", "2: topics.A.keywords takes a list of texts such as"),
        ("[topics.A]\nkeywords = ['a']\nquery = 3", "3: topics.A.query takes a text"),
        ("[ui]\ntheme = 'x" + "y" * 80 + "'", "2: ui.theme takes at most 64 characters, not 81"),
        ("[keys]\ndown = ['j', 'ctrl+z']", "2: keys.down: ctrl+z is the terminal's own: choose another"),
        ("[keys]\ndown = 'ctrl+c'", "2: keys.down: ctrl+c is the terminal's own"),
        ("[keys]\nquit = 'ctrl+s'", "2: keys.quit: ctrl+s is the terminal's own"),
        ("[keys]\nbrowse = 'a,b'", "2: keys.browse takes names of keys"),
        ("[keys]\n'Browse it' = 'a'", "2: unknown action 'Browse it'; `newsread keys` lists them"),
        ('[fetch]\ncontact = "me) evil/1 (x"', "fetch.contact takes an address of the web or of mail"),
        ("[fetch]\ncontact = 5", "fetch.contact takes an address of the web or of mail, not"),
    ],
)
def test_a_wrong_value_is_named(write, text, words):
    assert words in mistakes(write(text))[0]


def test_actions_are_checked_where_they_are_known(write):
    path = write("[keys]\nbrwse = 'o'\n")
    assert read(path).keys == {"brwse": "o"}
    assert mistakes(path, actions=("browse", "quit")) == (
        "2: unknown action 'brwse'; did you mean 'browse'?",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[fetch]\ntimeout 3", "2: this is not TOML: Expected '=' after a key in a key/value pair"),
        ("a = 1\na = 2\n", "2: this is not TOML: Cannot overwrite a value"),
        ('a = """\nopen', "2: "),
        (b"a = 1\nb = '\xff'\n", "2: this is not UTF-8 text"),
        ("a = " + "[" * 20_000, "brackets are nested too deeply"),
        ("a = " + "9" * 5_000, "Exceeds the limit"),
    ],
)
def test_broken_toml_names_file_and_line(write, text, words):
    problem = mistakes(write(text))[0]
    assert words in problem
    assert "(at line" not in problem


def test_what_a_file_says_reaches_the_terminal_clean(write):
    problem = mistakes(write('"\\u001b]0;x\\u0007\\u202Ename" = 1'))[0]
    assert problem.isprintable()


def test_a_named_file_that_is_not_there_is_said(tmp_path):
    missing = tmp_path / "none.toml"
    with pytest.raises(ConfigError, match=r"none\.toml: there is no such file; .*config init` writes one"):
        load(missing, env={})
    assert load(missing, env={"NEWSREAD_CONFIG": str(missing)}).path == missing, (
        "a child is told its own place"
    )


def test_what_is_no_file_is_said(tmp_path):
    with pytest.raises(ConfigError, match="this is a folder, not a file"):
        load(tmp_path, env={})
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with pytest.raises(ConfigError, match="this is not a regular file"):
        load(fifo, env={})
    assert load(Path(os.devnull), env={}).topics == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_said(write):
    path = write("")
    path.chmod(0)
    with pytest.raises(ConfigError, match="cannot be read: permission denied"):
        read(path)


def test_a_huge_file_is_refused(tmp_path):
    path = tmp_path / "config.toml"
    path.touch()
    os.truncate(path, 2**40)
    with pytest.raises(ConfigError, match="larger than the 1 MiB"):
        load(path, env={})


# The generated default


def test_the_default_file_states_the_defaults(write):
    plain = read(write(default_toml()))
    live = "\n".join(
        line.removeprefix("#") if line.startswith("#") and not line.startswith("# ") else line
        for line in default_toml().splitlines()
    )
    stated = tomllib.loads(live)
    full = read(write(live))
    assert full.fetch == plain.fetch
    assert full.ui == plain.ui
    assert full.refresh == plain.refresh
    for table, cls in TABLES.items():
        assert set(stated[table]) == {item.metadata["name"] or item.name for item in fields(cls)}


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("What plays a podcast (the key {};", "play"),
        ("what shows an article (the key {};", "pager"),
        ("The feeds screen (the key {})", "feeds"),
        ("Programs that the key {} gives", "pipe"),
    ],
)
def test_the_comments_name_the_keys_as_they_are(words, action):
    key = next(key.keys[0] for key in KEYS if key.action == action)
    assert words.format(key) in " ".join(default_toml().replace("\n#", "").split())


def test_every_option_is_explained():
    text = default_toml()
    for cls in TABLES.values():
        for item in fields(cls):
            assert item.metadata["text"].split()[0] in text
            assert item.metadata["text"].endswith("."), item.name
            assert (
                item.metadata["check"](
                    item.default // item.metadata["scale"] if item.metadata["name"] else item.default
                )
                is not None
            )


def test_settings_show_what_holds(write):
    shown = {item.key: item for item in settings(read(write("[fetch]\nmax_mib = 3\n[topics]\nA = ['b']\n")))}
    assert (shown["fetch.max_mib"].value, shown["fetch.max_mib"].default) == (3, 16)
    assert shown["topics.A"].value == ["b"]
    assert shown["library"].value == "/nowhere/library.db"


@given(st.one_of(st.booleans(), st.integers(), st.text(), st.lists(st.text())))
def test_written_values_are_read_back(value):
    assert tomllib.loads(f"a = {toml(value)}")["a"] == value


# Lines


def test_lines_of_keys_in_all_their_forms():
    text = (
        'a = 1 # [x]\n"b c".d = """\n[no]\nkey = 1"""""\n\n[t] # here\nx = [\n  "]", # ]\n  {y = 1},\n]\n'
        "'q.r'.s = '''\n'''\n[[list]]\nz = 2026-01-01\n[ u . \"v\" ]\nw={a={b=1}}\nlast=1"
    )
    tomllib.loads(text)
    assert key_lines(text) == {
        ("a",): 1,
        ("b c", "d"): 2,
        ("t",): 6,
        ("t", "x"): 7,
        ("t", "q.r", "s"): 11,
        ("list",): 13,
        ("list", "z"): 14,
        ("u", "v"): 15,
        ("u", "v", "w"): 16,
        ("u", "v", "last"): 17,
    }


_KEY = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=8)
_VALUE = st.sampled_from(
    ["1", "'#'", '"\\""', "[1, [2]]", "[\n1, # ]\n2\n]", '"""\n[x]\n"""', "{a = '}'}", "'''\n'\n'''"]
)


@given(
    st.lists(
        st.tuples(_KEY, _VALUE, st.sampled_from(["", "\n", "# [c]\n", " "])), unique_by=lambda row: row[0]
    )
)
def test_each_key_is_found_in_its_line(rows):
    text, lines = "", {}
    for key, value, gap in rows:
        text += gap
        lines[key,] = text.count("\n") + 1
        text += f"{key} = {value}\n"
    assert key_lines(text) == lines


@given(st.text(alphabet="[]{}\"'=#.ab\\\n ", max_size=60))
def test_any_accepted_text_has_lines_for_its_top_keys(text):
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {key[0] for key in key_lines(text)} >= set(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_settings_or_words(tmp_path_factory, body):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(body)
    problems = ()
    try:
        read(path)
    except ConfigError as error:
        problems = error.problems
    assert all(problem.isprintable() for problem in problems)


# Files


def test_a_file_is_written_whole_for_its_owner_only(tmp_path):
    path = tmp_path / "new" / "config.toml"
    write_file(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    link = tmp_path / "link"
    link.symlink_to(path)
    write_file(link, b"y")
    assert link.is_symlink()
    assert path.read_bytes() == b"y"


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "config.toml"
    path.write_bytes(b"old")

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_reading_stops_at_the_limit(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_file(path, 5) == b"12345"
    with pytest.raises(ValueError, match="larger"):
        read_file(path, 4)


def test_what_ends_programs_elsewhere_may_quit(write):
    assert read(write("[keys]\nquit = ['ctrl+c', 'ctrl+q']\n")).keys == {"quit": "ctrl+c,ctrl+q"}


def test_views_and_rules_are_read_in_their_order(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(
        '[views]\n"Votes" = "topic:world election"\nFresh = "unread since:2d"\n'
        '[[rules]]\nname = "No sport"\nhide = "topic:sport"\n'
        '[[rules]]\nname = "Cup"\nhide = "title:cup"\nuntil = 2026-12-01T00:00:00Z\n'
    )
    config = load(path)
    assert config.views == (SavedView("Votes", "topic:world election"), SavedView("Fresh", "unread since:2d"))
    assert config.rules == (
        Mute("No sport", "topic:sport"),
        Mute("Cup", "title:cup", datetime(2026, 12, 1, tzinfo=UTC)),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[views]\nA = 'titel:x'", ":2: views.A is no query: column 1: there is no field 'titel'; did"),
        ("[views]\nA = 3", ":2: views.A takes a text"),
        ("[views]\nA = '-'", ":2: views.A takes a word, a field or a mark"),
        ("[topics]\nA = { query = 'unread x' }", ":2: topics.A.query asks for words (and title: alone), not"),
        ("[topics]\nA = { query = '-x' }", ":2: topics.A.query takes a word that must be there"),
        ("[[rules]]\nname = 'A'", ":1: rule 1: hide takes a text as for the search"),
        ("[[rules]]\nhide = 'a'", ":1: rule 1: name takes a name"),
        ("[[rules]]\nname = 'A'\nhide = '(a'", ":1: rule 1: hide is no query: column 1: this bracket"),
        ("[[rules]]\nname = 'A'\nhide = 'a'\nuntil = '7 days'", ":1: rule 1: until takes a date, such as"),
        ("[[rules]]\nname = 'A'\nhide = 'a'\n[[rules]]\nname = 'a'\nhide = 'b'", ":1: two rules are named"),
        ("[[rules]]\nname = 'A'\nhide = 'a'\nday = 1", ":1: rule 1: unknown key 'day'"),
        ("rules = 3", ":1: rules are written as [[rules]]"),
    ],
)
def test_a_wrong_view_or_rule_is_named(tmp_path, text, words):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert words in caught.value.problems[0]
