"""The documents agree with the repository: the files that they name exist, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FOLDERS = ("editor", "ui", "hosting", "demo", "packaging", "resources", "tests", "docs")
# Made by a build, or by running the program.
BUILT = ("resources/web",)


def find_paths(text: str) -> set[str]:
    """Return the files and folders of the repository that a document names in backquotes."""
    quoted = re.findall(r"`([\w./-]+)`", text)
    return {path.rstrip("/") for path in quoted if path.partition("/")[0] in FOLDERS and "/" in path}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_names_files_that_exist(document):
    paths = find_paths(document.read_text("utf-8"))
    assert {path for path in paths if not path.startswith(BUILT) and not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_that_exist(document):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    assert {link for link in links if not (document.parent / link).exists()} == set()


def test_the_table_of_likely_changes_names_files():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("## If you want to change … open …")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ") and "open first" not in line]
    assert len(rows) >= 30
    without_file = [row[1].strip() for row in rows if not re.search(r"`[\w./-]+`", row[2])]
    assert without_file == []
    assert len(find_paths(table)) >= 60
