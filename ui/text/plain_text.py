"""Text of users where Qt reads markup: names of files and titles are shown as they are, whatever is in them.

A tooltip takes `<img src="file:///dev/zero">` for a picture, and reads the file; a button or menu takes & for a
mnemonic, a window's title [*] for the place of a mark. Labels and message boxes come from `ui.widgets.basics`.
"""


def to_tooltip(text: str) -> str:
    """Return what to give a tooltip or "What's this?" help, so that it shows a text as it is."""
    if "<" not in text and "&lt;" not in text:
        return text  # nothing that Qt could take for markup
    import html

    lines = html.escape(text, quote=False).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"


def to_mnemonic_text(text: str) -> str:
    """Return what to give a button, menu or action, so that it shows a text as it is."""
    return text.replace("&", "&&")


def from_mnemonic_text(text: str) -> str:
    """Return the text that a button, menu or action shows, without the mark of its mnemonic."""
    return "&".join(part.replace("&", "") for part in text.split("&&"))


def to_window_title(text: str) -> str:
    """Return what to give the title of a window, so that it shows a text as it is."""
    return text.replace("[*]", "[*][*]")
