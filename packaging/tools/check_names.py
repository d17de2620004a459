"""Checks that a public class name stands for one thing: `.venv/bin/python packaging/tools/check_names.py [ROOT]`.

Lists each name that two or more public classes of `editor/`, `ui/`, `hosting/` and `demo/` share, with the places.
Names that begin with an underscore are private to their module and may repeat.
"""

import ast
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("editor", "ui", "hosting", "demo")


def find_duplicate_classes(root: Path) -> dict[str, list[str]]:
    """Return each public class name that is defined more than once, with its places as ``file:line``."""
    places = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(f"{path.relative_to(root)}:{node.lineno}")
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def main(arguments: list[str]) -> int:
    """Print the shared names; the exit code is 1 if there are any."""
    duplicates = find_duplicate_classes(Path(arguments[0]) if arguments else ROOT)
    for name, places in duplicates.items():
        print(f"class {name} is defined {len(places)} times: {', '.join(places)}")
    return 1 if duplicates else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
