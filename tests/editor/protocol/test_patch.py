"""Patches of documents: applying a patch gives the document, and hostile patches are refused."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import KnownError
from editor.protocol import patch
from editor.schedule import serialization
from editor.schedule.model import Image, Media, Webinar

BASE = "b" * 64
MOST = 10_000_000
PIECES = st.text(alphabet='ab{}é"💡', max_size=60)
DOCUMENTS = st.lists(PIECES, max_size=30).map("".join)


def large(count=10_000):
    pictures = tuple(
        Image(id=f"{n:032x}", start_ms=n * 3_000, length_ms=2_000, media="ab" * 32, title=f"Bühne {n}")
        for n in range(count)
    )
    media = {"ab" * 32: Media(sha256="ab" * 32, kind="image", name="picture.png")}
    return Webinar(id="w", title="Large", programme=pictures, media=media, description="Für alle. " * 300)


def moved(webinar, number, delta_ms):
    pictures = list(webinar.programme)
    one = pictures.pop(number)
    pictures.append(msgspec.structs.replace(one, start_ms=one.start_ms + delta_ms))
    return msgspec.structs.replace(webinar, programme=tuple(sorted(pictures, key=lambda each: each.start_ms)))


def size_of(found):
    return len(msgspec.json.encode(found))


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it,
        lambda it: moved(it, 5_000, 500),
        lambda it: moved(it, 0, 30_000_000),
        lambda it: msgspec.structs.replace(it, title="Grün"),
        lambda it: msgspec.structs.replace(it, description=it.description.replace("alle", "älle", 1)),
        lambda it: msgspec.structs.replace(it, programme=it.programme[:4_000] + it.programme[4_003:]),
        lambda it: moved(moved(moved(it, 7, 400), 9_000, 400), 4_000, 30_000_000),
    ],
)
def test_small_changes_of_large_webinars_are_small(change):
    webinar = large()
    old, new = serialization.encode(webinar), serialization.encode(change(webinar))
    found = patch.make(BASE, old, new)
    assert patch.apply(found, old, len(new)) == new
    assert size_of(found) < 2_000


@given(old=DOCUMENTS, new=DOCUMENTS)
@settings(max_examples=300)
def test_applying_a_patch_gives_the_new_document(old, new):
    found = patch.make(BASE, old.encode(), new.encode())
    if found is not None:
        sent = msgspec.json.decode(msgspec.json.encode(found), type=patch.Patch)
        assert patch.apply(sent, old.encode(), MOST).decode() == new


@given(document=st.lists(st.text(max_size=40).filter(bool), min_size=8, max_size=40, unique=True), data=st.data())
@settings(max_examples=200)
def test_pieces_in_another_order_and_with_others_between(document, data):
    """Documents like lanes: many pieces, of which some are removed, added or moved."""
    old = "{".join(document).encode()
    pieces = data.draw(st.permutations(document))[: data.draw(st.integers(1, len(document)))]
    new = "{".join([*pieces, data.draw(st.text(max_size=20))]).encode()
    found = patch.make(BASE, old, new)
    if found is not None:
        assert patch.apply(found, old, len(new)) == new
        assert size_of(found) < 3 * len(new) + 200


RANGES = st.tuples(st.integers(0, 300), st.integers(0, 300))
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)


@given(old=st.binary(max_size=200), pieces=st.lists(RANGES | TEXTS, max_size=30), most=st.integers(0, 500))
@settings(max_examples=300)
def test_whatever_is_sent_it_is_text_of_that_size_at_most_or_refused(old, pieces, most):
    try:
        patched = patch.apply(patch.Patch(base=BASE, pieces=tuple(pieces)), old, most)
    except KnownError as error:
        patched, code = b"", error.code
    else:
        code = ""
    assert code in {"", "patch.outside", "patch.large", "patch.torn"}
    assert len(patched) <= most
    patched.decode()


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        (((0, 7),), "patch.outside"),
        (((7, 0),), "patch.outside"),
        (((2**40, 1),), "patch.outside"),
        (((0, 6),) * 20_000, "patch.large"),
        (("x" * 1_001,), "patch.large"),
        (("é" * 501,), "patch.large"),
        (((0, 3),), "patch.torn"),
        (("\ud800",), "patch.torn"),
    ],
)
def test_malformed_patches_are_refused_with_the_reason(pieces, code):
    with pytest.raises(KnownError) as error_info:
        patch.apply(patch.Patch(base=BASE, pieces=pieces), "abéab".encode(), 1_000)
    assert error_info.value.code == code


def test_documents_with_nothing_in_common_are_sent_whole():
    assert patch.make(BASE, b"", b"{}") is None
    assert patch.make(BASE, serialization.encode(large(10)), serialization.encode(Webinar(id="other"))) is None
