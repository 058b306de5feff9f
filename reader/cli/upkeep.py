"""`newsread config`, `paths` and `keys`: the settings, where the files are, and the keys of the desk."""

from __future__ import annotations

from reader.cli.border import FAILED, OK
from reader.cli.opening import settings
from reader.cli.output import Column, Output
from reader.cli.parser import Arguments, Parser, one_of
from reader.config import Config, ConfigError, cache_path, paths
from reader.config.files import reason, write_file
from reader.config.places import full, state_path
from reader.config.themes import FOLDER as THEMES
from reader.config.writing import Setting, default_toml, toml
from reader.config.writing import settings as effective
from reader.text import NewsreadError, one_line


def config_arguments(parser: Parser) -> None:
    """Add the act of writing a first file."""
    parser.add_argument(
        "act",
        nargs="?",
        type=one_of("init"),
        metavar="init",
        help="init: write a file with every option explained",
    )
    parser.add_argument("--force", action="store_true", help="with init: replace the file that is there")


def config_run(args: Arguments, out: Output) -> int:
    """Show what holds, or every mistake of the file; with `init` write a commented one."""
    if args.act:
        return _init(args, out)
    try:
        config = settings(args, keys=True)
    except ConfigError as error:
        for problem in error.problems:
            out.say(f"newsread: {problem}")
        return FAILED
    if not out.json:
        state = "" if config.path.exists() else " (there is no such file: the defaults hold)"
        out.say(f"{config.path}{state}")
    _say_taken(config, out)
    for item in effective(config):
        if out.json:
            out.record(item)
        else:
            out.text(one_line(f"{_dotted(item.key)} = {toml(item.value)}  # {_source(item)}", 2_000))
    return OK


def _source(item: Setting) -> str:
    """Return where a setting comes from, and its default where it has another value."""
    default = f"; default: {toml(item.default)}" if item.default not in (None, item.value) else ""
    return f"{item.source}{item.where and f' {item.where}'}{default}"


def _dotted(key: str) -> str:
    """Return a setting's key as TOML writes it: the name of a topic may need quotes."""
    table, dot, name = key.partition(".")
    bare = name.replace("_", "").replace("-", "")
    return key if not dot or (bare.isascii() and bare.isalnum()) else f"{table}.{toml(name)}"


def _init(args: Arguments, out: Output) -> int:
    path = full(args.config) if args.config else paths().config
    if path.exists() and not args.force:
        raise NewsreadError(f"{path} is there already: change it by hand, or replace it with --force")
    try:
        write_file(path, default_toml().encode())
    except OSError as error:
        raise NewsreadError(f"{path} cannot be written: {reason(error)}") from None
    if out.json:
        out.record({"path": str(path)})
    else:
        out.say(f"{path} is written; every option in it is explained")
    return OK


def paths_arguments(_parser: Parser) -> None:
    """Add nothing."""


def paths_run(args: Arguments, out: Output) -> int:
    """Say where the files are, also when the config cannot be read."""
    try:
        config = settings(args)
        places = {"config": config.path, "library": config.library}
    except ConfigError as error:
        out.say(f"newsread: {error}")
        known = paths()
        places = {
            "config": full(args.config) if args.config else known.config,
            "library": full(args.library) if args.library else known.library,
        }
    places["themes"] = places["config"].parent / THEMES
    places["cache"] = cache_path()  # what can be fetched or drawn again
    places["pictures"] = places["cache"] / "pictures"
    places["state"] = state_path().parent
    places["desk"] = state_path()  # how it was left
    rows = [(name, str(path), path.exists()) for name, path in places.items()]
    if out.json:
        for name, path, there in rows:
            out.record({"name": name, "path": path, "exists": there})
    else:
        columns = (Column("", 10), Column(""), Column("", 15))
        out.table(columns, [(n, p, "" if there else "(not there yet)") for n, p, there in rows], header=False)
    return OK


def _say_taken(config: Config, out: Output) -> None:
    """Say which keys do something else since the user bound them."""
    from reader.tui.keys import taken
    from reader.tui.screens import feedkeys

    for words in (*taken(config.keys, config.preset), *feedkeys.taken(config.keys, config.preset)):
        out.say(f"newsread: {words}")


def keys_arguments(_parser: Parser) -> None:
    """Add nothing."""


def keys_run(args: Arguments, out: Output) -> int:
    """Print the keys of the desk, those of the config in place of the defaults."""
    from reader.tui.keys import TABLES, rebound, shown

    config = settings(args, keys=True)
    table = [key for each in TABLES for key in rebound(config.keys, config.preset, each)]
    _say_taken(config, out)
    if out.json:
        for key in table:
            out.record({"action": key.action, "keys": key.keys, "text": key.text, "group": key.group})
        return OK
    columns = (Column("keys", 16), Column("action", 20), Column("group", 10), Column("what it does"))
    out.table(columns, [("  ".join(map(shown, k.keys)), k.action, k.group, k.text) for k in table])
    return OK
