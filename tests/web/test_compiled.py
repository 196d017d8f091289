"""Compiled templates are kept beside their sources, and never believed against them."""

import stat
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from classroom.web.compiled import CompiledTemplates


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("Good morning, {{ name }}.")
    return tmp_path


def environment(templates: Path, monkeypatch: pytest.MonkeyPatch | None = None) -> Environment:
    """As a process that has just begun; with `monkeypatch`, one that must not compile."""
    made = Environment(loader=FileSystemLoader(templates), bytecode_cache=CompiledTemplates(templates))
    if monkeypatch:
        monkeypatch.setattr(made, "_generate", lambda *_, **__: pytest.fail("compiled once more"))
    return made


def test_the_next_process_does_not_compile(templates, monkeypatch):
    assert environment(templates).get_template("page.html").render(name="Noor") == "Good morning, Noor."
    again = environment(templates, monkeypatch).get_template("page.html")
    assert again.render(name="Noor") == "Good morning, Noor."


def test_a_changed_template_is_compiled_anew(templates):
    environment(templates).get_template("page.html")
    (templates / "page.html").write_text("Good evening, {{ name }}.")
    assert environment(templates).get_template("page.html").render(name="Noor") == "Good evening, Noor."


def test_a_broken_or_foreign_file_is_not_taken(templates):
    environment(templates).get_template("page.html")
    (kept,) = (templates / "__pycache__").iterdir()
    kept.write_bytes(b"half a file")
    assert environment(templates).get_template("page.html").render(name="Noor") == "Good morning, Noor."


def test_a_folder_that_is_not_ours_is_no_error(templates):
    (templates / "__pycache__").write_text("a file where the folder would be")
    assert environment(templates).get_template("page.html").render(name="Noor") == "Good morning, Noor."


def test_nobody_else_may_write_what_is_run(templates):
    environment(templates).get_template("page.html")
    (kept,) = (templates / "__pycache__").iterdir()
    assert not kept.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
