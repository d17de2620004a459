"""`matinee sync`: what was done, in sentences."""

import json

import pytest

from editor.cli import main
from editor.schedule.operations import Plan
from editor.sync.account import Account
from editor.sync.exchange import exchange
from hosting import backups
from tests.editor.sync.tools import edit


@pytest.fixture
def command(ada, hosting, token, capfd):
    """Run the command on Ada's library; gives the exit code and what was printed."""
    workspace, _ = ada
    workspace.accounts.keep(Account(address=hosting.url, email="ada@example.org"), token)

    def run(*words):
        code = main(["sync", "--library", str(workspace.root), *words])
        return code, "".join(capfd.readouterr())

    return run


def test_what_was_done_is_said(command, ada, organizer):
    workspace, _ = ada
    other, others = organizer("bo")
    assert command() == (0, "There is nothing to sync: no version is saved here, and nothing is on the hosting.\n")
    edit(workspace, workspace.new("Talk", zone="UTC"), Plan(description="Saved"))
    assert command() == (0, "“Talk”: sent.\n")
    assert command() == (0, "“Talk”: the same on both sides.\n")
    theirs = other.new("Bo's", zone="UTC")
    edit(other, theirs, Plan(description="Saved"))
    exchange(others)
    assert "“Bo's”: only on the hosting" in command()[1]
    assert "“Bo's”: fetched." in command("--fetch")[1]
    for each, title in ((other, "Bo's first"), (workspace, "Ada's first")):
        edit(each, theirs, Plan(title=title))
    exchange(others)
    code, said = command("--json")
    assert code == 1
    found = {item["title"]: item["state"] for item in json.loads(said)["items"]}
    assert found == {"Talk": "same", "Ada's first": "apart"}


def test_a_hosting_that_went_back_is_not_synced_with_until_accepted(command, ada, hosting, tmp_path):
    workspace, _ = ada
    backups.make(hosting.folder, tmp_path / "backup.db")
    edit(workspace, workspace.new("Talk", zone="UTC"), Plan(description="Saved"))
    command()
    hosting.restore(tmp_path / "backup.db")
    code, said = command()
    assert (code, "restored from a backup" in said) == (1, True)
    assert command("--accept") == (0, "“Talk”: sent.\n")


def test_without_a_hosting_it_says_how_to_get_one(ada, capfd):
    workspace, _ = ada
    assert main(["sync", "--library", str(workspace.root)]) == 1
    assert "Sign in to one" in capfd.readouterr().err
