"""Somebody who walks through the product with a browser, and counts their steps."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

QUIET = ("net::ERR_ABORTED", "net::ERR_INTERNET_DISCONNECTED")


class Walker:
    """One person in one browser. Pages are documents that came after `start`; a press is a click, a tap or a
    key that sends; a field is one that was filled in."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.complaints: list[str] = []
        self.allowed: tuple[str, ...] = ()
        self.page = self.tab()
        self.start()

    def tab(self) -> Page:
        """One more tab of the same browser."""
        page = self.context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("domcontentloaded", self._arrived)
        return page

    def _arrived(self) -> None:
        self.pages += 1

    pages = presses = fields = 0

    def start(self) -> "Walker":
        """The count begins here: on the page where the person stands now."""
        self.pages = self.presses = self.fields = 0
        return self

    @property
    def steps(self) -> tuple[int, int, int]:
        return self.pages, self.presses, self.fields

    def open(self, path: str) -> Page:
        """An address typed, or a link of a letter followed."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.settled()
        return self.page

    def settled(self) -> None:
        self.page.wait_for_load_state("load")
        if self.page.evaluate("document.documentElement.classList.contains('js')"):
            self.page.wait_for_selector("html[data-awake]", state="attached")

    def press(
        self, what: str | Locator, role: Any = "button", *, leads: bool = False, exact: bool = False
    ) -> None:
        """A button or a link by its words; `leads` when another page follows."""
        target = self.page.get_by_role(role, name=what, exact=exact) if isinstance(what, str) else what
        self.presses += 1
        if leads:
            with self.page.expect_navigation():
                target.click()
            self.settled()
        else:
            target.click()

    def follow(self, what: str | Locator, *, exact: bool = False) -> None:
        self.press(what, "link", leads=True, exact=exact)

    def fill(self, what: str | Locator, text: str) -> None:
        target = self.page.get_by_role("textbox", name=what) if isinstance(what, str) else what
        self.fields += 1
        target.fill(text)

    def write(self, what: str | Locator, text: str) -> None:
        """Typed key by key, as people do."""
        target = self.page.get_by_role("textbox", name=what) if isinstance(what, str) else what
        self.fields += 1
        target.press_sequentially(text)
