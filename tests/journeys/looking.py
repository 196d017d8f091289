"""What may be wrong with a page that is looked at: axe's rules, sideways scroll."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A scheme changes the colours of the tokens and nothing else (tests/ui/test_tokens.py holds us to it).
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """async only => (await axe.run(document, {runOnly: only, resultTypes: ['violations']}))
    .violations.map(r => `${r.id}: ${r.nodes.slice(0, 2).map(n => n.html.slice(0, 99)).join(' | ')}`)"""
OVER = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => 'scrolls sideways: ' + e.outerHTML.slice(0, 200)).concat('scrolls sideways')"""


def faults(page: Page) -> list[str]:
    """Wide and at 360 pixels, and the colours in the dark."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = []
    for scheme, rules in (("light", TAGS), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {rule}" for rule in page.evaluate(RUN, rules)]
    before = page.viewport_size
    # Tall: what merely lies scrolled under the pen's sticky press is no small target.
    page.set_viewport_size({"width": 360, "height": 1600})
    found += page.evaluate(OVER)
    found += [f"at 360: {rule}" for rule in page.evaluate(RUN, TAGS)]
    if before:
        page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    return found
