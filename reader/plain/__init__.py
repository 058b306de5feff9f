"""Plain mode: the news as lines, asked for by words, for screen readers, dumb terminals and pipes.

No line is ever drawn over another, nothing moves, and no character only draws: what is said can be spoken.

- `words`    the words that are understood, and reading them
- `saying`   headlines, articles and counts as lines
- `session`  what is being read, and what each word does
- `marking`  marks and taking them back
- `loop`     asking and answering until the end
"""

from reader.plain.loop import run
from reader.plain.session import Hands, Session

__all__ = ["Hands", "Session", "run"]
