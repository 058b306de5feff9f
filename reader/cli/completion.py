"""`newsread completion bash|zsh|fish`: what a shell needs to complete newsread's words."""

from __future__ import annotations

from reader.cli.border import OK
from reader.cli.output import Output
from reader.cli.parser import Arguments, Parser, one_of

SHELLS = ("bash", "zsh", "fish")

_HOW = {
    "bash": "newsread completion bash > ~/.local/share/bash-completion/completions/newsread",
    "zsh": "newsread completion zsh > ~/.zfunc/_newsread    (with ~/.zfunc in fpath before compinit)",
    "fish": "newsread completion fish > ~/.config/fish/completions/newsread.fish",
}


def completion_arguments(parser: Parser) -> None:
    """Add the shell, and say where its file belongs."""
    parser.add_argument("shell", type=one_of(*SHELLS), metavar="|".join(SHELLS), help="your shell")
    parser.epilog = "\n".join(["install it:", *(f"  {line}" for line in _HOW.values())])


def completion_run(args: Arguments, out: Output) -> int:
    """Print the completion of a shell."""
    from reader.cli import shells
    from reader.cli.described import described

    out.text(getattr(shells, args.shell)(described()))
    return OK
