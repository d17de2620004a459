"""Every failure of this room has a sentence, and the sentence asks for no fact that is not given."""

import re
from pathlib import Path

from editor import sentences
from editor.media import probe

ROOM = Path(probe.__file__).parent
CODE = re.compile(r'"(media\.[a-z_]+)"')


def test_each_code_has_a_sentence_and_each_sentence_its_code():
    used = {code for file in ROOM.glob("*.py") for code in CODE.findall(file.read_text("utf-8"))}
    told = {code for code in sentences.SENTENCES if code.startswith("media.")}
    assert used == told
