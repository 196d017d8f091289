"""The live site, Chromium, and worlds that are as new for each journey."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from classroom.accounts.commands import create_person
from classroom.core.db import db
from tests.journeys.site import Site, begin_course, build_class, served
from tests.journeys.walker import Walker

TEACHER = "adaeze.okafor@example.edu"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture(scope="session")
def copies(site: Site) -> dict[str, Path]:
    """A site where only an instructor is, and one with the demo's class."""
    bare = site.keep_as("bare")
    with site.app.app_context():
        create_person("Adaeze Okafor", TEACHER, may_teach=True)
        db.session.commit()
    fresh = site.keep_as("fresh")
    begin_course(site, TEACHER)
    begun = site.keep_as("begun")
    site.put_back(bare)
    build_class(site)
    return {"bare": bare, "fresh": fresh, "begun": begun, "class": site.keep_as("class")}


@pytest.fixture
def bare(site: Site, copies: dict[str, Path]) -> Site:
    """Nobody is here yet."""
    site.put_back(copies["bare"])
    return site


@pytest.fixture
def fresh(site: Site, copies: dict[str, Path]) -> Site:
    """An instructor, and nothing else."""
    site.put_back(copies["fresh"])
    return site


@pytest.fixture
def begun(site: Site, copies: dict[str, Path]) -> Site:
    """A course with guidelines, a running project, and posts by Maya and Kofi."""
    site.put_back(copies["begun"])
    return site


@pytest.fixture
def lively(site: Site, copies: dict[str, Path]) -> Site:
    """The demo's class."""
    site.put_back(copies["class"])
    return site


@pytest.fixture(scope="module")
def still(site: Site, copies: dict[str, Path]) -> Site:
    """The demo's class, for a module that changes nothing in it."""
    site.put_back(copies["class"])
    return site


@pytest.fixture
def walk(chromium: Browser, site: Site) -> Iterator[Callable[..., Walker]]:
    """`walk("maya@…", width=390, …)`: somebody's own browser; what it complains about fails the test."""
    opened: list[tuple[BrowserContext, Walker]] = []

    def begin(email: str | None = None, *, width: int = 1280, height: int = 800, **options: Any) -> Walker:
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        if email:
            context.add_cookies([site.cookie_of(email)])  # type: ignore[list-item]
        walker = Walker(context, site.url)
        opened.append((context, walker))
        return walker

    yield begin
    complaints = [
        said
        for _, walker in opened
        for said in walker.complaints
        if not any(a in said for a in walker.allowed)
    ]
    for context, _walker in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def phone() -> dict[str, Any]:
    """A phone's screen, with a finger."""
    return {"width": 390, "height": 844, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
