"""Presentations that name files and addresses outside of them, in every place where a format allows it."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image

Parts = dict[str, bytes]

ADDRESSES = (
    "http://evil.example/secret.png",
    "HTTPS://evil.example/secret.png",
    "file:///secret.png",
    "file:/secret.png",
    "smb://evil.example/share/secret.png",
    "\\\\evil.example\\share\\secret.png",
    "//evil.example/share/secret.png",
    "vnd.sun.star.webdav://evil.example/secret.png",
    "../../../../secret.png",
)


def _make_png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 18), "red").save(file, "PNG")
    return file.getvalue()


PNG = _make_png()
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:r="{_RELATIONSHIPS}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_TREE = "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
_TYPES = {
    "ppt/presentation.xml": "presentation.main",
    "ppt/slideMasters/slideMaster1.xml": "slideMaster",
    "ppt/slideLayouts/slideLayout1.xml": "slideLayout",
    "ppt/slides/slide1.xml": "slide",
}


def write_package(path: Path, parts: Parts) -> Path:
    """Write parts as a ZIP, the first one uncompressed, as OpenDocument wants its type."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return path


def _relationships(*entries: str) -> bytes:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'.encode()


def _relationship(key: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    quoted = escape(target, {'"': "&quot;"})
    return f'<Relationship Id="{key}" Type="{_RELATIONSHIPS}/{kind}" Target="{quoted}"{mode}/>'


def _picture(key: str, attribute: str, top: int) -> str:
    return (
        f"<p:pic><p:nvPicPr><p:cNvPr id='{top}' name='P'/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>"
        f'<a:blip r:{attribute}="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        f"<a:off x='0' y='{top * 900000}'/><a:ext cx='1800000' cy='900000'/></a:xfrm><a:prstGeom prst='rect'>"
        "<a:avLst/></a:prstGeom></p:spPr></p:pic>"
    )


def make_pptx_parts(address: str | None) -> Parts:
    """Make a pptx of one slide with a text and a picture, and with an address, links to it of every kind."""
    pictures = _picture("rId2", "embed", 1)
    links = [_relationship("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")]
    links.append(_relationship("rId2", "image", "../media/image1.png"))
    if address is not None:
        pictures += _picture("rId3", "link", 2) + _picture("rId4", "embed", 3)
        for number, kind in enumerate(("image", "oleObject", "video", "audio", "hyperlink"), 3):
            links.append(_relationship(f"rId{number}", kind, address, external=True))
        links.append(_relationship("rId9", "image", address))
    slide = (
        f"{_XML}<p:sld {_NAMESPACES}><p:cSld><p:spTree>{_TREE}<p:sp><p:nvSpPr><p:cNvPr id='9' name='T'/><p:cNvSpPr/>"
        "<p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x='3000000' y='0'/><a:ext cx='5000000' cy='900000'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>"
        f"<a:t>Tom &amp; Ana &lt;3</a:t></a:r></a:p></p:txBody></p:sp>{pictures}</p:spTree></p:cSld></p:sld>"
    )
    master = (
        f"{_XML}<p:sldMaster {_NAMESPACES}><p:cSld><p:spTree>{_TREE}</p:spTree></p:cSld><p:clrMap bg1='lt1' tx1='dk1'"
        " bg2='lt2' tx2='dk2' accent1='accent1' accent2='accent2' accent3='accent3' accent4='accent4'"
        " accent5='accent5' accent6='accent6' hlink='hlink' folHlink='folHlink'/><p:sldLayoutIdLst>"
        "<p:sldLayoutId id='2147483649' r:id='rId1'/></p:sldLayoutIdLst></p:sldMaster>"
    )
    presentation = (
        f"{_XML}<p:presentation {_NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id='2147483648' r:id='rId1'/>"
        "</p:sldMasterIdLst><p:sldIdLst><p:sldId id='256' r:id='rId2'/></p:sldIdLst>"
        "<p:sldSz cx='9144000' cy='5143500'/><p:notesSz cx='6858000' cy='9144000'/></p:presentation>"
    )
    layout = f"{_XML}<p:sldLayout {_NAMESPACES}><p:cSld><p:spTree>{_TREE}</p:spTree></p:cSld></p:sldLayout>"
    prefix = "application/vnd.openxmlformats-officedocument.presentationml"
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{prefix}.{kind}+xml"/>' for name, kind in _TYPES.items()
    )
    types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    parts = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": _relationships(_relationship("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": presentation.encode(),
        "ppt/_rels/presentation.xml.rels": _relationships(
            _relationship("rId1", "slideMaster", "slideMasters/slideMaster1.xml"),
            _relationship("rId2", "slide", "slides/slide1.xml"),
        ),
        "ppt/slideMasters/slideMaster1.xml": master.encode(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relationships(
            _relationship("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
        ),
        "ppt/slideLayouts/slideLayout1.xml": layout.encode(),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _relationships(
            _relationship("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/slides/slide1.xml": slide.encode(),
        "ppt/slides/_rels/slide1.xml.rels": _relationships(*links),
        "ppt/media/image1.png": PNG,
    }
    if address is not None:
        drawing = f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="{escape(address)}"/></xml>'
        parts["ppt/drawings/vmlDrawing1.vml"] = drawing.encode()
    return parts


_ODP_NAMES = (
    ("office", "office"),
    ("draw", "drawing"),
    ("svg", "svg-compatible"),
    ("text", "text"),
    ("presentation", "presentation"),
    ("style", "style"),
    ("table", "table"),
)
_ODP_FRAME = '<draw:frame svg:width="4cm" svg:height="2cm" svg:x="{left}cm" svg:y="{top}cm">{content}</draw:frame>'
_ODP_LINKS = (
    '<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>',
    '<draw:object xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>',
    '<draw:object-ole xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>',
    '<draw:plugin xlink:href="{address}" draw:mime-type="application/vnd.sun.star.media"/>',
    '<draw:floating-frame xlink:href="{address}" draw:frame-name="f"/>',
    '<draw:applet xlink:href="{address}" draw:code="X"/>',
    '<table:table table:name="t"><table:table-source xlink:href="{address}" table:table-name="s"/></table:table>',
)


def make_odp_parts(address: str | None) -> Parts:
    """Make an odp of one page with a text and a picture, and with an address, links to it of every kind."""
    text = "<draw:text-box><text:p>Tom &amp; Ana &lt;3</text:p></draw:text-box>"
    frames = [text, '<draw:image xlink:href="Pictures/1.png" xlink:type="simple"/>']
    styles = ""
    if address is not None:
        quoted = escape(address, {'"': "&quot;"})
        frames += [link.format(address=quoted) for link in _ODP_LINKS]
        styles = (
            f'<draw:fill-image draw:name="i" xlink:href="{quoted}" xlink:type="simple" xlink:show="embed"/>'
            '<style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties'
            ' draw:background-size="full" draw:fill="bitmap" draw:fill-image-name="i"/></style:style>'
        )
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for name, long in _ODP_NAMES
    )
    body = "".join(
        _ODP_FRAME.format(left=1 + number % 3 * 6, top=1 + number // 3 * 4, content=content)
        for number, content in enumerate(frames)
    )
    page = f'<draw:page draw:name="p" draw:style-name="dp1">{body}</draw:page>'
    content = (
        f'{_XML}<office:document-content {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:presentation>{page}"
        "</office:presentation></office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    listed = (
        ("/", "application/vnd.oasis.opendocument.presentation"),
        ("content.xml", "text/xml"),
        ("Pictures/1.png", "image/png"),
    )
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.2">{"".join(entry.format(*each) for each in listed)}</manifest:manifest>'
    )
    return {
        "mimetype": b"application/vnd.oasis.opendocument.presentation",
        "META-INF/manifest.xml": manifest.encode(),
        "content.xml": content.encode(),
        "Pictures/1.png": PNG,
    }
