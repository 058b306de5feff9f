"""Program text in colours, when its page names the language and Pygments knows it; plain otherwise."""

from __future__ import annotations

from reader.tui.typeset.lines import Ink, Marked, Run

COLOURED_MAX = 10_000
"""Characters of one block that are coloured: a lexer takes about 2 µs for each before anything is drawn."""
LANGUAGES = frozenset(
    (
        *("bash", "c", "console", "cpp", "css", "diff", "elixir", "go", "haskell", "html", "ini", "java"),
        *("javascript", "js", "json", "kotlin", "lua", "make", "nix", "perl", "php", "py", "python", "rs"),
        *("ruby", "rust", "sh", "shell", "sql", "swift", "toml", "ts", "typescript", "xml", "yaml", "yml"),
    )
)
"""What news shows. The page chooses the lexer, so only well-worn ones are offered."""

_PLAIN = Ink("code")
_ROLES = (
    ("Comment", Ink("code-comment")),
    ("Keyword", Ink("code-keyword")),
    ("Literal.String", Ink("code-string")),
    ("Literal.Number", Ink("code-number")),
    ("Name.Function", Ink("code-name")),
    ("Name.Class", Ink("code-name")),
    ("Name.Builtin", Ink("code-name")),
    ("Name.Tag", Ink("code-keyword")),
    ("Name.Attribute", Ink("code-name")),
    ("Operator.Word", Ink("code-keyword")),
    ("Generic.Inserted", Ink("code-string")),
    ("Generic.Deleted", Ink("code-removed")),
    ("Generic.Heading", Ink("code-keyword")),
    ("Generic.Subheading", Ink("code-keyword")),
    ("Generic.Prompt", Ink("code-comment")),
    ("Generic.Output", Ink("code-comment")),
)


def coloured(text: str, lang: str) -> Marked:
    """Return program text with inks; the lexers are imported only for text that names its language."""
    if lang.lower() not in LANGUAGES or len(text) > COLOURED_MAX:
        return Marked.of((Run(text, _PLAIN),))
    from pygments import lexers, token, util  # type: ignore[import-untyped]  # Pygments carries no types

    try:
        lexer = lexers.get_lexer_by_name(lang.lower(), stripnl=False, ensurenl=False)
    except util.ClassNotFound:
        return Marked.of((Run(text, _PLAIN),))
    roles = [(token.string_to_tokentype(name), ink) for name, ink in _ROLES]
    runs = [
        Run(value, next((ink for kind, ink in roles if found in kind), _PLAIN))
        for found, value in lexer.get_tokens(text)
    ]
    marked = Marked.of(runs)
    return marked if marked.text == text else Marked.of((Run(text, _PLAIN),))
