"""Which of a webinar's versions follows which: told by their parents, never by clocks or by the order they came in.

Versions that went from a colleague to the hosting and on were perhaps never here; `Version.over` then says which of
those that are it follows.
"""

from collections.abc import Iterable, Sequence

from editor.library.records import Version


def find_ancestors(versions: Iterable[Version], version_hash: str) -> frozenset[str]:
    """The versions that one came of, however far back, and itself."""
    versions_by_hash = {version.hash: version for version in versions}
    ancestors: set[str] = set()
    pending = [version_hash]
    while pending:
        current = pending.pop()
        if current in ancestors:
            continue
        ancestors.add(current)
        version = versions_by_hash.get(current)
        if version is not None:
            pending += [*version.parents, *([version.over] if version.over else [])]
    return frozenset(ancestors)


def find_heads(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The versions that no other one came of, newest first."""
    superseded: set[str] = set()
    for version in versions:
        superseded.update(version.parents)
        if version.over:
            superseded.add(version.over)
    return tuple(version for version in _sort_newest_first(versions) if version.hash not in superseded)


def find_draft_base(versions: Iterable[Version]) -> Version | None:
    """The version that the draft goes on from."""
    return next((version for version in _sort_newest_first(versions) if version.line == "own"), None)


def find_current_head(versions: Sequence[Version]) -> Version | None:
    """What this library stands for: what the draft goes on from, or what came of that since on the hosting.

    A version of a colleague's that lies beside ours (they are apart) is not, and neither is one left for another.
    """
    candidates = find_heads([version for version in versions if version.line != "left"])
    draft_base = find_draft_base(versions)
    if draft_base is not None:
        candidates = tuple(head for head in candidates if draft_base.hash in find_ancestors(versions, head.hash))
    return candidates[0] if candidates else None


def find_merge_base(versions: Sequence[Version], first: str, second: str) -> str | None:
    """The newest version that two came of; None where they have nothing in common."""
    shared = find_ancestors(versions, first) & find_ancestors(versions, second)
    # A version is kept after those it came of, so none of the shared ones came of the newest among them.
    return next((version.hash for version in _sort_newest_first(versions) if version.hash in shared), None)


def _sort_newest_first(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.ordinal, reverse=True)
