"""Handing an article to other programs at the desk: a player, a pager, a command of the reader's own."""

from __future__ import annotations

import asyncio
import subprocess
from typing import TYPE_CHECKING

from reader.model import Article
from reader.text import NewsreadError
from reader.tui.desk.marking import Marking
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.config.commands import Command

STOP = "stop"


class Handing(Marking):
    """The part of the desk that hands articles to other programs."""

    _playing: subprocess.Popen[bytes] | None = None

    async def _aimed(self) -> Article:
        id = self.aimed_at()
        article = await self.ask(self.shelf.store.articles.get, id) if id is not None else None
        if article is None:
            raise NewsreadError("there is no article here")
        return article

    # Playing

    def action_play(self) -> None:
        """Play what is attached, or stop what plays."""
        self.start("choose", self._play)

    @spoken
    async def _play(self) -> None:
        article = await self._aimed()
        playing = self._playing is not None and self._playing.poll() is None
        if not article.enclosures and not playing:
            self.say("nothing is attached to this article")
        elif len(article.enclosures) == 1 and not playing:
            self._start_player(article.enclosures[0].url)
        else:
            await self._choose_file(article, playing=playing)

    async def _choose_file(self, article: Article, *, playing: bool) -> None:
        from reader.tui.screens.choose import Choice, Choose
        from reader.tui.typeset.masthead import attached

        choices = [Choice("Stop what plays", "", STOP)] if playing else []
        choices += [Choice(attached(each), each.url, each.url) for each in article.enclosures]
        chosen = await self.app.push_screen_wait(Choose("Attached", choices))
        if chosen == STOP and self._playing is not None:
            self._playing.terminate()
            self.say("stopped")
        elif chosen:
            self._start_player(chosen)

    def _start_player(self, url: str) -> None:
        from reader.tui.desk import programs

        command = programs.player(self.config.player)
        self._playing = programs.play(url, command)
        self.say(f"{command[0]} plays {url}")

    # The pager

    def action_pager(self) -> None:
        """Show the article in the pager or editor."""
        self.start("pager", self._pager)

    @spoken
    async def _pager(self) -> None:
        from reader.tui.desk import programs
        from reader.tui.written import written

        article = await self._aimed()
        command = programs.pager(self.config.pager)
        text = await asyncio.to_thread(written, article, "text")
        with self.app.suspend():
            programs.show_here(text, command, ".txt")

    # Commands

    def action_pipe(self) -> None:
        """Give the article to a command of the config."""
        self.start("choose", self._pipe)

    @spoken
    async def _pipe(self) -> None:
        from reader.tui.screens.choose import Choice, Choose

        article, known = await self._aimed(), self.config.commands
        if not known:
            self.say('no commands yet: in the config, [commands] and then notes = ["tee", "-a", "notes.md"]')
            return
        choices = [Choice(each.name, " ".join(each.run), str(at)) for at, each in enumerate(known)]
        at = await self.app.push_screen_wait(Choose("Give the article to", choices))
        if at is not None:
            self.restart("pipe", self._give, article, known[int(at)])

    @spoken
    async def _give(self, article: Article, command: Command) -> None:
        from reader.tui.desk import programs
        from reader.tui.written import written

        text = await asyncio.to_thread(written, article, command.form)
        if command.terminal:
            with self.app.suspend():
                programs.pipe_here(text, command.run)
            return
        self.say(f"{command.name} …")
        answer = await programs.pipe(text, command.run)
        self.say(f"{command.name}: {answer or 'done'}")
