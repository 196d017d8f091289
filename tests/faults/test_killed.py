"""kill -9 at each step: what was acknowledged is there, the rest is not, and files and rows agree."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from classroom.cli import main
from tests.faults.installation import ROOT, Installation, others_kept
from tests.faults.kills import ACTS, told_of

MOST = "12"  # steps at which each act is killed, evenly, and its last six


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """By act: what came of it at each of the steps."""
    if os.environ.get("TEST_DATABASE_URL", "").startswith("postgresql"):
        pytest.skip("PostgreSQL is another process, which rolls back what a killed one had begun")
    home = tmp_path_factory.mktemp("killed")
    place = Installation(home / "place", "")
    place.folder.mkdir()
    place.begin()
    with others_kept():
        made = CliRunner().invoke(main, ["backup", str(home / "class.zip")], env=place.environment)
    assert made.exit_code == 0, made.output
    shutil.copytree(place.folder, home / "copy")
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.kills", told_of(place), MOST, str(home / "told")],
        cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return {one["act"]: one for one in map(json.loads, (home / "told").read_text().splitlines())}


@pytest.mark.parametrize("act", ACTS)
def test_all_of_it_or_nothing(told, act):
    one = told[act]
    before, after = one["before"]["rows"], one["after"]["rows"]
    assert one["whole"]["status"] in {200, 303}
    assert before != after
    wrong = []
    for case in one["cases"]:
        rows = case["found"]["rows"]
        if case["status"] is not None and rows != after:
            wrong.append(f"{case['end']}: acknowledged, and not there: {rows}")
        if rows not in (before, after):
            wrong.append(f"{case['end']}: half of it is there: {rows}")
        if not case["found"]["sound"]:
            wrong.append(f"{case['end']}: the database is not sound")
    assert wrong == []
    ends = [case["found"]["rows"] == after for case in one["cases"]]
    assert True in ends, "some were killed after the commit"
    assert False in ends, "and some before it"


@pytest.mark.parametrize("act", ACTS)
def test_no_row_names_a_file_that_is_not_there_and_the_sweep_takes_the_rest(told, act):
    for case in told[act]["cases"]:
        assert case["found"]["files"], case["end"]
        assert case["found"]["swept"], case["end"]


@pytest.mark.parametrize("act", ACTS)
def test_the_same_press_once_more_makes_it_whole_and_makes_it_once(told, act):
    one = told[act]
    for case in one["cases"]:
        assert case["again"]["rows"] == one["after"]["rows"], case["end"]
        assert case["again"]["files"], case["end"]
        assert case["again"]["again"] in ({200, 303} if act != "restore" else {200, 500}), case["end"]


def test_it_was_killed_where_files_and_rows_might_part(told):
    """Bytes that no row names were left behind, and were swept: else nothing was tried."""
    assert any(
        case["found"]["kept"] > one["before"]["kept"] and case["found"]["rows"] == one["before"]["rows"]
        for one in (told["upload"], told["publish"])
        for case in one["cases"]
    )
