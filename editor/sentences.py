"""What each foreseen failure and problem is called in plain English: code → sentence with its way out.

The terminal prints these; the window shows the same ones through `ui.words`, which translates them. A sentence names
the thing in braces by the fact of that name; facts ending in ``_ms`` are shown as times.
"""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name Qt's string collector looks for
    """Mark a sentence for the translators; it is translated where it is shown."""
    return text


SENTENCES: dict[str, str] = {
    # -- edits that are refused (editor.schedule.edits)
    # -- problems that preflight finds (editor.schedule.rules)
    # -- the wire format (editor.schedule.wire)
    # -- the library (editor.library)
    # -- media (editor.media)
    # -- bundles and the command line (editor.interchange, editor.cli)
    # -- what a step is called in Undo and in the history (editor.document, editor.schedule.compare)
}
