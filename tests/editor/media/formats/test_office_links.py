"""The copy of a presentation that LibreOffice is given names nothing outside of it, whatever the file tries."""

import base64
import gzip
import io
import zipfile
from pathlib import Path

import pytest

from editor.errors import KnownError
from editor.media.formats.office_links import copy_without_links, count_external_links
from tests.editor.media.hostile_decks import ADDRESSES, PNG, Parts, make_odp_parts, make_pptx_parts, write_package

OFFICE_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def copy_parts(tmp_path: Path, kind, parts: Parts) -> tuple[Parts, int]:
    source = write_package(tmp_path / f"deck.{kind}", parts)
    removed = copy_without_links(source, kind, tmp_path / "copy")
    with zipfile.ZipFile(tmp_path / "copy") as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}, removed


def refusal(tmp_path: Path, kind, parts: Parts) -> str:
    with pytest.raises(KnownError) as caught:
        copy_parts(tmp_path, kind, parts)
    return caught.value.code


def svg(reference: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{reference}"/></svg>'.encode()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", ["pptx", "odp"])
def test_a_copy_names_nothing_outside_of_it(tmp_path, kind, address):
    make = make_pptx_parts if kind == "pptx" else make_odp_parts
    copied, removed = copy_parts(tmp_path, kind, make(address))
    assert removed >= 1
    assert all(address.encode() not in content for content in copied.values())
    assert all(b"secret" not in content and b"evil" not in content for content in copied.values())


@pytest.mark.parametrize("kind", ["pptx", "odp"])
def test_a_presentation_without_links_keeps_all_that_it_shows(tmp_path, kind):
    make = make_pptx_parts if kind == "pptx" else make_odp_parts
    parts = make(None)
    copied, removed = copy_parts(tmp_path, kind, parts)
    assert removed == 0
    assert set(copied) == set(parts)
    assert next(content for name, content in copied.items() if name.endswith(".png")) == PNG
    assert any(b"Tom &amp; Ana &lt;3" in content for content in copied.values())
    # A copy of the copy is the same: what was written is read again as it is.
    (tmp_path / "again").mkdir()
    assert copy_parts(tmp_path / "again", kind, copied) == (copied, 0)


def test_hyperlinks_go_without_a_notice(tmp_path):
    parts = make_odp_parts(None)
    link = b'<text:p><text:a xlink:href="https://example.org">Tom</text:a></text:p>'
    parts["content.xml"] = parts["content.xml"].replace(b"</draw:text-box>", link + b"</draw:text-box>")
    copied, removed = copy_parts(tmp_path, "odp", parts)
    assert removed == 0
    assert b"<text:a>Tom</text:a>" in copied["content.xml"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04" + bytes(60),
        b"#EXTM3U\nhttp://evil.example/x.ts\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n(secret) run\n",
        b"\0\0\0\x18ftypmp42" + bytes(40),
        gzip.compress(b"no picture"),
        b"\x1f\x8b broken",
    ],
    ids=["ole", "package", "playlist", "postscript", "video", "gzip", "broken gzip"],
)
def test_what_is_neither_picture_nor_font_is_left_out(tmp_path, content):
    copied, removed = copy_parts(tmp_path, "pptx", make_pptx_parts(None) | {"ppt/media/image9.png": content})
    assert "ppt/media/image9.png" not in copied
    assert removed == 0


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: data.decode().encode("utf-16")])
@pytest.mark.parametrize("name", ["Pictures/a.svg", "Pictures/a.png"])
def test_a_drawing_within_a_presentation_is_cleaned_too(tmp_path, name, pack):
    nested = "data:image/svg+xml;base64," + base64.b64encode(svg("file:///secret")).decode()
    pixels = "data:image/png;base64," + base64.b64encode(PNG).decode()
    for reference, is_kept in (("file:///secret", False), ("/secret", False), (nested, False), (pixels, True)):
        copied, _ = copy_parts(tmp_path, "odp", make_odp_parts(None) | {name: pack(svg(reference))})
        assert (reference.encode() in copied[name]) == is_kept
    style = b'<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(secret.css);</style><g fill="url(#a)"/></svg>'
    copied, _ = copy_parts(tmp_path, "odp", make_odp_parts(None) | {name: pack(style)})
    assert b"secret" not in copied[name]
    assert b"url(#a)" in copied[name]


@pytest.mark.parametrize("name", ["ppt/slides/_rels/slide1.xml.rels", "ppt/slides/slide1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE a [<!ENTITY x "file:///secret">]>', '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///secret"> %x;]>'],
)
def test_declared_entities_are_refused(tmp_path, name, declaration):
    parts = make_pptx_parts(None)
    parts[name] = declaration.encode() + parts[name].partition(b"?>")[2]
    assert refusal(tmp_path, "pptx", parts) == "media.office_unsafe"


def test_a_document_type_and_instructions_are_left_out(tmp_path):
    parts = make_odp_parts(None)
    start, _, rest = parts["content.xml"].partition(b"?>")
    odd = (
        b'<!DOCTYPE x PUBLIC "-//X//Y" "http://evil.example/x.dtd"><?xml-stylesheet href="http://evil.example/s.xsl"?>'
    )
    parts["content.xml"] = start + b"?>" + odd + rest
    copied, removed = copy_parts(tmp_path, "odp", parts)
    assert removed == 0
    assert b"evil" not in copied["content.xml"]


def test_embedded_objects_in_the_text_are_judged_by_what_they_are(tmp_path):
    for content, is_kept in ((PNG, True), (svg("file:///secret"), False), (b"\xd0\xcf\x11\xe0" + bytes(90), False)):
        text = base64.b64encode(content).decode()
        body = (
            f"<office:document-content {OFFICE_NAMESPACES}><draw:image><office:binary-data>{text}</office:binary-data>"
        )
        parts = make_odp_parts(None) | {
            "Object 1/content.xml": f"{body}</draw:image></office:document-content>".encode()
        }
        copied, _ = copy_parts(tmp_path, "odp", parts)
        assert (text.encode() in copied["Object 1/content.xml"]) == is_kept


def test_macros_and_settings_that_name_files_are_left_out(tmp_path):
    setting = (
        '<office:document-settings xmlns:office="o" xmlns:config="c"><config:config-item config:name="BitmapTableURL">'
        "http://evil.example/x.sob</config:config-item><config:config-item>true</config:config-item>"
        "</office:document-settings>"
    )
    parts = make_odp_parts(None) | {"settings.xml": setting.encode(), "Basic/Standard/Module1.xml": b"<x>Shell(1)</x>"}
    copied, _ = copy_parts(tmp_path, "odp", parts)
    assert "Basic/Standard/Module1.xml" not in copied
    assert b"evil" not in copied["settings.xml"]
    assert b">true<" in copied["settings.xml"]


def test_packages_that_readers_may_take_differently_are_refused(tmp_path):
    file = tmp_path / "twice.pptx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("ppt/presentation.xml", "<b/>")
    with pytest.raises(KnownError) as caught:
        copy_without_links(file, "pptx", io.BytesIO())
    assert caught.value.code == "media.office_unsafe"
    assert refusal(tmp_path, "pptx", make_pptx_parts(None) | {"ppt/slides/slide1.xml": b"<a>"}) == "media.office_unsafe"
    outside, _ = copy_parts(tmp_path, "pptx", make_pptx_parts(None) | {"../evil.xml": b"<a/>", "/evil.xml": b"<a/>"})
    assert not any("evil" in name for name in outside)
    cut = tmp_path / "cut.odp"
    cut.write_bytes((tmp_path / "deck.pptx").read_bytes()[:-40])
    with pytest.raises(KnownError) as caught:
        count_external_links(cut, "odp")
    assert caught.value.code == "media.truncated"
