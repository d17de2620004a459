"""How long texts may be: the one source of each limit, in characters (code points).

The API's structs (`editor.protocol.api`), the rules of the room and the window's fields take their limits from here.
The pages' copies are generated from the same structs (`packaging/tools/generate_web_types.py`).
"""

MAX_SHORT_TEXT_CHARS = 200
"""A field of one line: names of devices, of accounts, e-mail addresses at sign-in, titles in the window."""
MIN_PASSWORD_CHARS, MAX_PASSWORD_CHARS = 10, 1_000
"""A password that is chosen; the upper limit keeps hashing it cheap."""
MAX_ATTENDEE_NAME_CHARS = 80
MAX_EMAIL_CHARS = 254
"""An e-mail address (RFC 5321, erratum 1690)."""
MAX_LANGUAGE_CHARS = 20
"""A BCP 47 language tag."""
MAX_MESSAGE_CHARS = 1_000
"""A chat message."""
MAX_ANSWER_CHARS = 2_000
"""An answer in words to a survey's question."""
MAX_TROUBLE_CHARS = 1_000
"""What an attendee writes about missing picture or sound."""
MAX_TROUBLE_FACTS_CHARS = 2_000
"""What the page itself adds to such a report."""
MAX_PAUSE_NOTE_CHARS = 500
"""The note that attendees see while a session is paused."""
MAX_VERSION_NOTE_CHARS = 2_000
"""The note of a saved version."""
MAX_SPEAKER_NOTE_CHARS = 20_000
"""A presenter's note beside one segment."""
MAX_BUTTON_CHARS = 60
"""The label of a call to action's button, as the window lets one type it."""
MAX_LINK_CHARS = 2_000
"""The link of a call to action, as the window lets one type it."""
MAX_QUESTION_CHARS = 500
"""A question of a survey, as the window lets one type it."""
MAX_PREVIEW_CHARS = 300
"""A description in a link's preview; programs that show previews cut them shorter."""


def as_dict() -> dict[str, int]:
    """Return the limits of all texts, in characters, by the names of their constants.

    Programs that generate code or documents use them.
    """
    return {name: value for name, value in globals().items() if name.endswith("_CHARS")}
