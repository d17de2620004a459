"""What each foreseen failure and problem is called in plain English: code → sentence with its way out.

The terminal prints these; the window shows the same ones through `ui.words`, which translates them. A sentence names
the thing in braces by the fact of that name; facts ending in ``_ms`` are shown as times.
"""

from collections.abc import Mapping

from editor import timetext


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a sentence for the translators; it is translated where it is shown."""
    return text


SENTENCES: dict[str, str] = {
    # -- edits that are refused (editor.schedule.edits)
    # -- problems that preflight finds (editor.schedule.rules)
    # -- the wire format (editor.schedule.wire)
    # -- the library (editor.library)
    "library.damaged": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} is damaged ({reason}) and was left as it is. "
        "Put one of the daily copies from {copies} back, or open another library.",
    ),
    "library.newer": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} was written by a newer Matinee and was left as it is. "
        "Update this one, or open another library.",
    ),
    "library.missing": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} is not there, but copies of it are. Put one from {copies} back, "
        "or move that folder away to begin with an empty library.",
    ),
    "library.gone": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} is no longer where it was, so the last edit was not made. "
        "Connect its drive, or put it back, and open it again; every edit before is in it.",
    ),
    "library.unwritable": QT_TRANSLATE_NOOP(
        "sentences",
        "The library {path} cannot be written ({reason}). Allow writing there, or open a library in another folder.",
    ),
    "library.full": QT_TRANSLATE_NOOP(
        "sentences",
        "The drive of {path} is full. Nothing was lost and nothing changed; free some space and do it again.",
    ),
    "library.busy": QT_TRANSLATE_NOOP(
        "sentences",
        "Another program has been writing to the library {path} for too long. Wait until it is done, or close it.",
    ),
    "library.stale": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” was changed by another program meanwhile. Nothing was overwritten; "
        "reload it to see the change, then edit again.",
    ),
    "library.exists": QT_TRANSLATE_NOOP("sentences", "“{title}” is in this library already."),
    "library.no_webinar": QT_TRANSLATE_NOOP(
        "sentences", "This webinar is no longer in the library. Another program may have removed it for good."
    ),
    "library.no_version": QT_TRANSLATE_NOOP(
        "sentences", "There is no version {hash} of this webinar. Choose another from its history."
    ),
    "library.no_copy": QT_TRANSLATE_NOOP("sentences", "There is no copy in {path} that could be put back."),
    "library.unknown": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” holds what only a newer Matinee knows ({unknown}). It can be looked at; update Matinee to go on.",
    ),
    "document.read_only": QT_TRANSLATE_NOOP(
        "sentences",
        "“{title}” can only be looked at: it holds what only a newer Matinee knows ({unknown}). "
        "Update Matinee to edit it.",
    ),
    "document.nothing_to_undo": QT_TRANSLATE_NOOP("sentences", "There is nothing to undo."),
    "document.nothing_to_redo": QT_TRANSLATE_NOOP("sentences", "There is nothing to redo."),
    # -- media (editor.media)
    # -- bundles and the command line (editor.interchange, editor.cli)
    "bundle.unreadable": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” is not a Matinee bundle, or it is torn. Ask for it to be exported again."
    ),
    "bundle.newer": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” was made by a newer Matinee. Update this one, then open the bundle again."
    ),
    "bundle.unsafe": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” holds more than a bundle may, so it was not opened. Ask for a new export of the webinar."
    ),
    "bundle.damaged": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” inside the bundle is damaged. Nothing was taken in; ask for a new export."
    ),
    "bundle.full": QT_TRANSLATE_NOOP(
        "sentences",
        "“{path}” has not enough room for the bundle's media ({size} bytes). Free some space and try again.",
    ),
    "bundle.unwritable": QT_TRANSLATE_NOOP(
        "sentences", "“{path}” cannot be written: {reason}. Choose another place, or mend this one and try again."
    ),
    "cli.no_webinar": QT_TRANSLATE_NOOP(
        "sentences", "There is no webinar “{name}” in this library. `matinee list` shows what there is."
    ),
    "cli.several": QT_TRANSLATE_NOOP(
        "sentences", "“{name}” may be any of several webinars ({ids}). Give the id, or more of it."
    ),
    "cli.no_version": QT_TRANSLATE_NOOP(
        "sentences", "There is no version “{name}” of this webinar. `matinee versions` shows what there is."
    ),
    "cli.bad_time": QT_TRANSLATE_NOOP("sentences", "“{text}” is no time. Write it as 0:12:03, 12:03, 723s or 12m."),
    "cli.bad_edits": QT_TRANSLATE_NOOP(
        "sentences", "This is not a list of edits: {reason}. docs/edits.md (`matinee operations`) tells what one is."
    ),
    "cli.bug": QT_TRANSLATE_NOOP(
        "sentences", "Something went wrong in Matinee itself. Nothing was lost; please report it with the file {path}."
    ),
    "cli.unreadable": QT_TRANSLATE_NOOP("sentences", "“{path}” cannot be read: {reason}."),
    # -- what a step is called in Undo and in the history (editor.document, editor.schedule.compare)
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """The plain English sentence for a code, filled with its facts; a code without one is told as it is.

    Facts ending in ``_ms`` become times; lists become "a, b".
    """
    return fill(SENTENCES.get(code, code), facts)


def fill(text: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts in their places. A fact that nobody gave is shown as "?", never as a failure."""
    told = {name: _plain(name, value) for name, value in facts.items()}
    return text.format_map(_Facts(told))


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "?"


def _plain(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("_ms"):
        return timetext.write(value)
    if isinstance(value, (tuple, list)):
        return ", ".join(_plain(name, part) for part in value)
    return "" if value is None else str(value)
