"""Checks commit subjects: `area: imperative subject`, at most 72 characters, such as "stream: retry a dropped frame".

    packaging/tools/check_commit.py FILE    checks the message in a file; pre-commit calls it so (commit-msg hook)
    packaging/tools/check_commit.py         checks the commits since the rule was introduced, as `./matinee lint` does

Where there is no history (an unpacked archive, a shallow clone) there is nothing to check.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_LENGTH = 72
"""Characters of a subject: what `git log --oneline` and mails show of it without cutting it."""

SUBJECT_PATTERN = re.compile(r"(?P<area>[a-z0-9_./ -]+): (?P<verb>[a-z][\w-]*)")
# Prefixes of commits that are going to be melted into the one they name (`git commit --fixup`).
AUTOSQUASH_PATTERN = re.compile(r"^((fixup|squash|amend)! )+")
# Verbs that look like another form: "process" is no third person, "embed" no past, "bring" no participle.
VERB_EXCEPTIONS = re.compile(r"(ss|us|ias)$|^(embed|feed|need|seed|shed|speed|proceed|exceed|heed)$|^\w{0,3}ing$")
OTHER_FORMS = re.compile(r"(ed|ing|s)$")


def find_fault(subject: str) -> str | None:
    """Return what is wrong with a commit's subject, or None."""
    subject = AUTOSQUASH_PATTERN.sub("", subject)
    if len(subject) > MAX_LENGTH:
        return f"has {len(subject)} characters; {MAX_LENGTH} are allowed"
    match = SUBJECT_PATTERN.match(subject)
    if match is None:
        return "is not of the form 'area: imperative subject', in lower case"
    verb = match["verb"]
    if OTHER_FORMS.search(verb) and not VERB_EXCEPTIONS.search(verb):
        return f"begins with {verb!r}: write an imperative such as 'add' or 'remove'"
    if subject.endswith("."):
        return "ends with a period"
    return None


def read_message_subject(path: Path) -> str:
    """Return the first line of a commit message that is neither empty nor git's comment."""
    lines = path.read_text("utf-8").splitlines()
    return next((line for line in lines if line.strip() and not line.startswith("#")), "")


def list_subjects(root: Path) -> list[str]:
    """Return the subjects of the commits made since this check was added, newest first."""
    script = Path(__file__).resolve().relative_to(ROOT).as_posix()
    if _run_git(root, "rev-parse", "--is-shallow-repository") != ["false"]:
        return []
    introduced = _run_git(root, "log", "--diff-filter=A", "--format=%H", "--", script)
    if not introduced:
        return []
    return _run_git(root, "log", "--no-merges", "--format=%s", f"{introduced[-1]}..HEAD")


def _run_git(root: Path, *arguments: str) -> list[str]:
    """Return the lines that a git command prints; none where git fails or is not installed."""
    try:
        completed = subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return []
    return completed.stdout.splitlines() if completed.returncode == 0 else []


def main(arguments: list[str]) -> int:
    """Print the subjects that break the rule; the exit code is 1 if there are any."""
    subjects = [read_message_subject(Path(arguments[0]))] if arguments else list_subjects(ROOT)
    faults = [(subject, fault) for subject in subjects if (fault := find_fault(subject))]
    for subject, fault in faults:
        print(f"commit subject {subject!r} {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
