"""Completions as shell code, from the described command line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.cli.described import Argument, Described

_BASH = r"""# completion of newsread for bash, made by `newsread completion bash`
_newsread_names() {
    local name begun=${cur#[\"\']}
    compopt +o filenames 2>/dev/null
    while IFS= read -r name; do
        [[ $name == "${begun//\\/}"* ]] || continue
        if [[ $begun == "$cur" ]]; then
            printf -v name %q "$name"
        elif [[ $name == *[\"\'\`\$\\!]* ]]; then
            continue  # between quotes it would not be just a name
        fi
        COMPREPLY+=("$name")
    done < <(newsread "$1" 2>/dev/null | cut -f "$2")
}
_newsread() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= words= files= names= i
    if [[ $cur == = ]]; then
        cur=
    elif [[ $prev == = && COMP_CWORD -gt 2 ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            @VALUED@) [[ ${COMP_WORDS[i+1]} == = ]] && ((i++)); ((i++)) ;;
            -*) ;;
            *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    local IFS=$'\n'
    case $command:$prev in
@VALUES@
    esac
    case $command in
@COMMANDS@
        *) files=1 ;;
    esac
    if [[ $names && $cur != -* ]]; then
        COMPREPLY=($(IFS=' '; compgen -W "${words%%-*}" -- "$cur"))
        IFS=' '
        _newsread_names $names
        return
    fi
    COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$cur"))
    if [[ $files && $cur != -* ]]; then
        COMPREPLY+=($(compgen -f -- "$cur"))
    fi
}
complete -o filenames -F _newsread newsread
"""

_ZSH = """#compdef newsread
# completion of newsread for zsh, made by `newsread completion zsh`
_newsread_names() {
    local -a names
    names=(${(f)"$(newsread $1 2>/dev/null | cut -f $2)"})
    compadd -a names
}
_newsread() {
    local curcontext="$curcontext" state line
    typeset -A opt_args
    local -a commands
    commands=(
@COMMANDS@
    )
    _arguments -C \\
@DESK@
        '1: :->command' \\
        '*:: :->words' && return
    case $state in
        command) _describe -t commands command commands; _files ;;
        words)
            case $words[1] in
@CASES@
                *) _files ;;
            esac ;;
    esac
}
if [ "$funcstack[1]" = "_newsread" ]; then
    _newsread "$@"
else
    compdef _newsread newsread
fi
"""


_COLUMNS = {"topics": 3, "feeds": 5, "views": 3}
"""Where a command that lists names has them."""


def bash(commands: Sequence[Described]) -> str:
    """Return the completion for bash (3.2 and later)."""
    desk, *named = commands
    values = _bash_values(commands)
    cases = [_bash_case("''", [*(one.name for one in named), *_names(desk)], desk)]
    cases += [_bash_case(one.name, [*_choices(one), *_names(one)], one) for one in named]
    return (
        _BASH.replace("@VALUED@", "|".join(name for one in desk.options if one.value for name in one.names))
        .replace("@VALUES@", "\n".join(values))
        .replace("@COMMANDS@", "\n".join(cases))
    )


def _bash_values(commands: Sequence[Described]) -> list[str]:
    """Return what to complete behind an option that takes a value, by the answer."""
    everywhere = set.intersection(*({one for one in command.options if one.value} for command in commands))
    patterns: dict[str, list[str]] = {}
    for command in commands:
        for option in command.options:
            if option.value and (command is commands[0] or option not in everywhere):
                name = "*" if option in everywhere else command.name
                patterns.setdefault(_bash_answer(option), []).extend(
                    f"{name}:{word}" for word in option.names
                )
    return [f"        {'|'.join(found)}) {answer}; return ;;" for answer, found in patterns.items()]


def _bash_answer(option: Argument) -> str:
    if option.choices:
        return f"COMPREPLY=($(IFS=' '; compgen -W '{' '.join(option.choices)}' -- \"$cur\"))"
    if option.names_of:
        return f"COMPREPLY=(); _newsread_names {_listed(option)}"
    return 'COMPREPLY=($(compgen -f -- "$cur"))' if option.files else "COMPREPLY=()"


def _listed(argument: Argument) -> str:
    return f"{argument.names_of} {_COLUMNS[argument.names_of]}"


def _bash_case(pattern: str, words: Iterable[str], command: Described) -> str:
    files = any(one.files for one in command.words)
    names = "".join(f" names='{_listed(one)}'" for one in command.words if one.names_of)
    return f"        {pattern}) words='{' '.join(words)}'{' files=1' * files}{names} ;;"


def _names(command: Described) -> list[str]:
    return [name for one in command.options for name in one.names]


def _choices(command: Described) -> list[str]:
    return [choice for one in command.words for choice in one.choices]


def zsh(commands: Sequence[Described]) -> str:
    """Return the completion for zsh."""
    desk, *named = commands
    lines = [f"        {_quoted(f'{one.name}:{one.text}')}" for one in named]
    options = [f"        {spec} \\" for one in desk.options for spec in _zsh_option(one)]
    cases = []
    for command in named:
        specs = [spec for one in command.options for spec in _zsh_option(one)]
        specs += [_zsh_words(one) for one in command.words]
        cases.append(f"                {command.name}) _arguments {' '.join(specs)} ;;")
    return (
        _ZSH.replace("@COMMANDS@", "\n".join(lines))
        .replace("@DESK@", "\n".join(options))
        .replace("@CASES@", "\n".join(cases))
    )


def _zsh_option(option: Argument) -> list[str]:
    """Return the specs of an option, one for each of its names."""
    value = f":{_plain(option.value)}:{_zsh_action(option)}" if option.value else ""
    alone = "*" if option.many else f"({' '.join(option.names)})" if len(option.names) > 1 else ""
    return [_quoted(f"{alone}{name}[{_plain(option.text)}]{value}") for name in option.names]


def _zsh_words(word: Argument) -> str:
    return _quoted(f"{'*' if word.many else ''}:{_plain(word.value)}:{_zsh_action(word)}")


def _zsh_action(argument: Argument) -> str:
    if argument.names_of:
        choices = f"compadd {' '.join(argument.choices)}; " if argument.choices else ""
        return f"{{{choices}_newsread_names {_listed(argument)}}}"
    if argument.choices and argument.files:
        return f"{{_alternative 'words:word:({' '.join(argument.choices)})' 'files:file:_files'}}"
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return "_files" if argument.files else " "


def _plain(text: str) -> str:
    """Return text for a spec: brackets and colons mean something there."""
    for sign in "\\[]:":
        text = text.replace(sign, f"\\{sign}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def fish(commands: Sequence[Described]) -> str:
    """Return the completion for fish."""
    desk, *named = commands
    lines = ["# completion of newsread for fish, made by `newsread completion fish`"]
    bare = "-n __fish_use_subcommand"
    lines += [f"complete -c newsread {bare} -a {one.name} -d {_fish(one.text)}" for one in named]
    lines += [f"complete -c newsread {bare} {_fish_option(one)}" for one in desk.options]
    for command in named:
        start = f"complete -c newsread -n '__fish_seen_subcommand_from {command.name}'"
        if not any(one.files for one in command.words):
            lines.append(f"{start} -f")
        lines += [f"{start} -a {_fish(offer)}" for one in command.words for offer in _fish_offers(one)]
        lines += [f"{start} {_fish_option(one)}" for one in command.options]
    return "\n".join(lines) + "\n"


def _fish_option(option: Argument) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    takes = [] if not option.value else ["-r -F"] if option.files else ["-x"]
    offers = [f"-a {_fish(offer)}" for offer in _fish_offers(option)]
    return " ".join([*names, *takes, *offers, f"-d {_fish(option.text)}"])


def _fish_offers(argument: Argument) -> list[str]:
    listed = f"(newsread {argument.names_of} 2>/dev/null | cut -f {_COLUMNS.get(argument.names_of)})"
    return [" ".join(argument.choices)] * bool(argument.choices) + [listed] * bool(argument.names_of)


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
