"""The checks that are the project's own: class names, commit subjects, no Qt in the core."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "tools"))
import check_commit  # noqa: E402 - found only once packaging/ is on the path
import check_names  # noqa: E402


@pytest.mark.parametrize(
    "subject",
    [
        "stream: retry after a dropped frame",
        "ui/timeline: process drops in one pass",
        "tests: feed the probe an empty file",
        "fixup! media: bring thumbnails back after a relink",
        "area: " + "x" * 66,
    ],
)
def test_accepts_imperative_subjects(subject):
    assert check_commit.find_fault(subject) is None


@pytest.mark.parametrize(
    ("subject", "fault"),
    [
        ("A line that fits", "form"),
        ("Stream: retry after a dropped frame", "form"),
        ("stream: Retry after a dropped frame", "form"),
        ("stream retry", "form"),
        ("stream: retried after a dropped frame", "'retried'"),
        ("stream: retries after a dropped frame", "'retries'"),
        ("stream: retrying after a dropped frame", "'retrying'"),
        ("stream: retry after a dropped frame.", "period"),
        ("area: " + "x" * 67, "73 characters"),
        ("", "form"),
    ],
)
def test_names_the_fault_of_other_subjects(subject, fault):
    assert fault in check_commit.find_fault(subject)


def test_reads_the_subject_past_comments_and_empty_lines(tmp_path, capsys):
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text("\n# Please enter the commit message\nFixed things\n\nBody: text.\n")
    assert check_commit.main([str(message)]) == 1
    assert "Fixed things" in capsys.readouterr().out
    message.write_text("docs: name the port of the server\n")
    assert check_commit.main([str(message)]) == 0


def git(folder, *arguments):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_checks_commits_since_the_rule_was_introduced(tmp_path):
    assert check_commit.list_subjects(tmp_path) == []
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Anything went before")
    assert check_commit.list_subjects(tmp_path) == []
    script = tmp_path / "packaging" / "tools" / "check_commit.py"
    script.parent.mkdir(parents=True)
    script.write_text("")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "lint: check commit subjects")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Broke the rule")
    assert check_commit.list_subjects(tmp_path) == ["Broke the rule"]
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", tmp_path.as_uri(), str(shallow))
    assert check_commit.list_subjects(shallow) == []


def test_finds_class_names_that_two_modules_share(tmp_path, capsys):
    for package, text in (("editor", "class Track: pass\nclass _Row: pass\n"), ("ui", "class Track: pass\n")):
        (tmp_path / package).mkdir()
        (tmp_path / package / "module.py").write_text(text)
    (tmp_path / "ui" / "other.py").write_text("class _Row: pass\nclass Panel: pass\n")
    assert check_names.find_duplicate_classes(tmp_path) == {"Track": ["editor/module.py:1", "ui/module.py:1"]}
    assert check_names.main([str(tmp_path)]) == 1
    assert "class Track is defined 2 times" in capsys.readouterr().out


def test_every_public_class_name_stands_for_one_thing():
    assert check_names.find_duplicate_classes(ROOT) == {}


QT_WORD = re.compile(
    r"\bQt\b|\bQT_|PySide|shiboken|\bQ(Object|Widget|Thread|Timer|Image|Core|Gui|Application)\w*|lupdate"
)


def test_the_editors_core_does_not_mention_qt():
    mentions = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "editor").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if QT_WORD.search(line)
    ]
    assert mentions == []


MAX_LINES = 450
# Written by a tool, from sources that people read instead.
GENERATED = {"hosting/web/src/live/generated.ts"}


def test_files_written_by_hand_are_short_enough_to_read():
    completed = subprocess.run(
        ["git", "ls-files", "*.py", "*.ts", "*.css", "*.qss"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    # Catalogues of translations are .ts files, too.
    names = {name for name in completed.stdout.splitlines() if not name.startswith("resources/i18n/")} - GENERATED
    lines = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in names if (ROOT / name).exists()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}
