"""Heads, ancestors and merge bases of a webinar's versions: pure functions of their parents.

Clocks and the order of arrival decide nothing. A version may have parents that never came to this library, because they
went from a colleague to the hosting and were followed there; `Version.over` then names the newest version here that it
follows.
"""

from collections.abc import Iterable, Sequence

from editor.library.records import Version


def find_ancestors(versions: Iterable[Version], version_hash: str) -> frozenset[str]:
    """Return the hashes of all versions that the one with a hash descends from, its own included.

    Parents that are not among `versions` are included too, but not followed further.
    """
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


def is_merged_into(versions: Iterable[Version], version_hash: str, into: str) -> bool:
    """Return whether a version is another one, or went into it by merges alone, without an edit saved in between.

    Args:
        versions: The versions of the webinar that are here.
        version_hash: The hash of the version to look for.
        into: The hash of the version that may be its merge with others.
    """
    versions_by_hash = {version.hash: version for version in versions}
    seen: set[str] = set()
    pending = [into]
    while pending:
        current = pending.pop()
        if current == version_hash:
            return True
        version = versions_by_hash.get(current)
        if version is None or current in seen:
            continue
        seen.add(current)
        # Saving an edit makes a version of one parent; `over` stands where a colleague's version holds all of ours.
        pending += [*(version.parents if len(version.parents) > 1 else ()), *([version.over] if version.over else [])]
    return False


def find_heads(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return the versions that no other one descends from, newest first.

    Versions that were given up (the line "left") count as well.
    """
    superseded: set[str] = set()
    for version in versions:
        superseded.update(version.parents)
        if version.over:
            superseded.add(version.over)
    return tuple(version for version in _sort_newest_first(versions) if version.hash not in superseded)


def find_draft_base(versions: Iterable[Version]) -> Version | None:
    """Return the version that a webinar's draft continues: the newest of the line "own"; None where there is none."""
    return next((version for version in _sort_newest_first(versions) if version.line == "own"), None)


def find_current_head(versions: Sequence[Version]) -> Version | None:
    """Return the version that this library stands for: the draft's base, or the head on the hosting that follows it.

    A colleague's version that has diverged from ours is not it, and neither is one that was given up for another. None
    where there is no version.
    """
    candidates = find_heads([version for version in versions if version.line != "left"])
    draft_base = find_draft_base(versions)
    if draft_base is not None:
        candidates = tuple(head for head in candidates if draft_base.hash in find_ancestors(versions, head.hash))
    return candidates[0] if candidates else None


def find_merge_base(versions: Sequence[Version], first: str, second: str) -> str | None:
    """Return the hash of the newest common ancestor of two versions, named by hash; None where `versions` has none.

    Where one of the two descends from the other, it is that other one.
    """
    shared = find_ancestors(versions, first) & find_ancestors(versions, second)
    # A version is stored after its ancestors, so none of the shared ones descends from the newest among them.
    return next((version.hash for version in _sort_newest_first(versions) if version.hash in shared), None)


def _sort_newest_first(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.ordinal, reverse=True)
