"""Links at the desk: the browser, the clipboard, the numbered links of an article."""

from __future__ import annotations

from time import monotonic

from reader.text import NewsreadError, address
from reader.tui.desk.inside import Inside
from reader.tui.speaking import spoken


class Linking(Inside):
    """The part of the desk that follows links."""

    _number = ""  # digits of a link typed so far
    _visits: tuple[float, ...] = ()  # when addresses were opened a moment ago

    def action_browse(self) -> None:
        """Open the article in the browser."""
        self.start("browse", self._browse)

    @spoken
    async def _browse(self) -> None:
        self.visit(await self._address())

    async def _address(self) -> str:
        id = self.aimed_at()
        article = await self.ask(self.shelf.store.articles.get, id) if id is not None else None
        url = address(article.url) if article else ""  # a library that others filled may hold anything
        if not url:
            raise NewsreadError("this article gives no web address")
        return url

    def follow(self, url: str) -> None:
        """Open an address outside, and say so where that fails."""
        self.start("browse", self._follow_link, url)

    @spoken
    async def _follow_link(self, url: str) -> None:
        self.visit(url)

    def visit(self, url: str) -> None:
        """Open an address outside, after a question where it is a doubtful one. Raises BrowserError."""
        from reader.tui.desk import browser

        now = monotonic()
        self._visits = tuple(when for when in self._visits if now - when < browser.OPENED_WITHIN)
        crowd = f"{len(self._visits)} addresses were opened just now"
        if doubt := browser.doubt(url) or crowd * (len(self._visits) >= browser.OPENED_MAX):
            self.start("choose", self._visit_after_all, url, doubt)
        else:
            self._open_outside(url)

    @spoken
    async def _visit_after_all(self, url: str, doubt: str) -> None:
        from reader.tui.screens.choose import Choice, Choose

        choices = [Choice("Leave it"), Choice("Open it", url, url)]
        if await self.app.push_screen_wait(Choose("Open this address?", choices, about=(url, doubt))):
            self._open_outside(url)

    def _open_outside(self, url: str) -> None:
        from reader.tui.desk import browser

        self._visits = (*self._visits, monotonic())
        command = browser.opener(self.config.opener)
        if browser.needs_terminal(command):
            with self.app.suspend():
                browser.open_here(url, command)
        else:
            browser.open_outside(url, command)
            self.say(f"opened in the browser: {url}")

    def action_copy_link(self) -> None:
        """Copy the article's address."""
        self.start("browse", self._copy_link)

    @spoken
    async def _copy_link(self) -> None:
        url = await self._address()
        self.app.copy_to_clipboard(url)
        self.say(f"copied: {url}")

    def on_text_selected(self) -> None:
        """Copy what was marked with the mouse."""
        if text := self.get_selected_text():
            self.app.copy_to_clipboard(text)
            self.say(f"copied: {text}")

    def action_links(self) -> None:
        """List the article's links to choose from."""
        self.start("choose", self._choose_link)

    @spoken
    async def _choose_link(self) -> None:
        from reader.tui.screens.choose import Choice, Choose

        links = self.article.links
        if not links:
            self.say("this article has no links")
            return
        choices = [
            Choice(f"{n} {link.text or link.url}", link.url, link.url) for n, link in enumerate(links, 1)
        ]
        url = await self.app.push_screen_wait(Choose("Links", choices))
        if url:
            self.visit(url)

    def type_digit(self, digit: str) -> None:
        """Add a digit to the number of a link; Enter opens it."""
        self._number = (self._number + digit)[-4:]
        url = self.article.link(int(self._number))
        opens = self.hint("open", "opens it")
        self.say(f"link {self._number}: {url}{opens}" if url else f"there is no link {self._number}")

    @spoken
    async def open_number(self) -> None:
        """Open the link whose number was typed."""
        number, self._number = self._number, ""
        if url := self.article.link(int(number or 0)):
            self.visit(url)

    def forget_number(self) -> None:
        """Begin a new number."""
        self._number = ""
