"""The README says what is so: who may do what, the settings, the commands, the files it names."""

import re
import tomllib
from pathlib import Path

import pytest

from classroom.cli import main
from classroom.cli.access import as_markdown
from classroom.config import read_settings

TOP = Path(__file__).parents[2]
README = (TOP / "README.md").read_text(encoding="utf-8")


def test_it_carries_the_table_of_who_may_do_what(app):
    found = re.search(r"<!-- access -->\n(.*?)\n<!-- /access -->", README, re.DOTALL)
    assert found
    assert found[1].strip() == as_markdown(), "put what `classroom access` prints between the two markers"


def test_every_command_that_it_names_is_there():
    named = set(re.findall(r"\.venv/bin/classroom ([a-z]+)", README))
    assert named >= {"serve", "demo", "backup", "restore", "people", "db"}
    assert named <= set(main.commands)


def test_every_setting_that_is_read_is_told(tmp_path):
    read = set()

    class Noting(dict):
        def get(self, name, default=None):
            read.add(name)
            return super().get(name, default)

    given = {
        "CLASSROOM_INSTANCE": str(tmp_path),
        "SMTP_HOST": "mail.example.edu",
        "MAIL_FROM": "a@example.edu",
    }
    read_settings(Noting(given))
    assert {name for name in read - {"CLASSROOM_DEMO"} if f"`{name}`" not in README} == set()


@pytest.mark.parametrize("line", [line for line in README.splitlines() if "pip install" in line])
def test_what_it_installs_exists(line):
    extras = re.search(r"\[([a-z,]+)\]", line)
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    assert set(extras[1].split(",")) <= set(project["optional-dependencies"]) if extras else True
    assert (TOP / "constraints.txt").exists()


def test_every_file_that_it_links_is_there():
    linked = {path for path in re.findall(r"\]\(([\w./-]+)\)", README) if not path.startswith("docs/")}
    assert {path for path in linked if not (TOP / path).exists()} == set()
