"""Which of a webinar's versions follows which: told by their parents, never by clocks or by the order they came in.

Versions that went from a colleague to the hosting and on were perhaps never here; `Version.over` then says which of
those that are it follows.
"""

from collections.abc import Iterable, Sequence

from editor.library.values import Version


def before(versions: Iterable[Version], version_hash: str) -> frozenset[str]:
    """The versions that one came of, however far back, and itself."""
    known = {version.hash: version for version in versions}
    found: set[str] = set()
    ahead = [version_hash]
    while ahead:
        one = ahead.pop()
        if one in found:
            continue
        found.add(one)
        version = known.get(one)
        if version is not None:
            ahead += [*version.parents, *([version.over] if version.over else [])]
    return frozenset(found)


def heads(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The versions that no other one came of, newest first."""
    passed: set[str] = set()
    for version in versions:
        passed.update(version.parents)
        if version.over:
            passed.add(version.over)
    return tuple(version for version in _newest_first(versions) if version.hash not in passed)


def newest_own(versions: Iterable[Version]) -> Version | None:
    """The version that the draft goes on from."""
    return next((version for version in _newest_first(versions) if version.line == "own"), None)


def ours(versions: Sequence[Version]) -> Version | None:
    """What this library stands for: what the draft goes on from, or what came of that since on the hosting.

    A version of a colleague's that lies beside ours (they are apart) is not, and neither is one left for another.
    """
    found = heads([version for version in versions if version.line != "left"])
    own = newest_own(versions)
    if own is not None:
        found = tuple(head for head in found if own.hash in before(versions, head.hash))
    return found[0] if found else None


def common(versions: Sequence[Version], one: str, other: str) -> str | None:
    """The newest version that two came of; None where they have nothing in common."""
    shared = before(versions, one) & before(versions, other)
    # A version is kept after those it came of, so none of the shared ones came of the newest among them.
    return next((version.hash for version in _newest_first(versions) if version.hash in shared), None)


def _newest_first(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.ordinal, reverse=True)
