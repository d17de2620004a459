"""HLS playlists, rendered from a manifest for one moment (RFC 8216, gaps from its successor draft 8216bis).

The time axis of a playlist is the media's own. Chunks that are not delivered, or not yet, are listed as gaps, so a
player seeks to a millisecond of the media whatever was cut from it. Video and audio are separate rungs; all audio is
one group.
"""

from editor.protocol.manifest import Manifest, Rung
from hosting.delivery.gate import Windows, list_chunks, overlaps

HEADER_LINES = ("#EXTM3U", "#EXT-X-VERSION:8")
AUDIO_GROUP = "sound"


def render_master(manifest: Manifest) -> str:
    """Render the master playlist: video rungs, best first, each with the best audio; without video, the audio rungs.

    The media playlists are named relative to it: ``{rung}.m3u8``. Without rungs it lists none.
    """
    lines = [*HEADER_LINES, "#EXT-X-INDEPENDENT-SEGMENTS"]
    sounds = sorted((rung for rung in manifest.rungs if rung.kind == "audio"), key=_get_bandwidth, reverse=True)
    pictures = sorted((rung for rung in manifest.rungs if rung.kind == "video"), key=_get_bandwidth, reverse=True)
    if not pictures:
        for rung in sounds:
            lines += [f'#EXT-X-STREAM-INF:BANDWIDTH={rung.bandwidth},CODECS="{rung.codecs}"', f"{rung.name}.m3u8"]
        return "\n".join([*lines, ""])
    if sounds:
        attributes = f'TYPE=AUDIO,GROUP-ID="{AUDIO_GROUP}",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES'
        lines.append(f'#EXT-X-MEDIA:{attributes},URI="{sounds[0].name}.m3u8"')
    for rung in pictures:
        combined = (rung, *sounds[:1])
        attributes = f"BANDWIDTH={sum(one.bandwidth for one in combined)},RESOLUTION={rung.width}x{rung.height}"
        attributes += f',CODECS="{",".join(one.codecs for one in combined)}"'
        lines += [
            f"#EXT-X-STREAM-INF:{attributes}" + (f',AUDIO="{AUDIO_GROUP}"' if sounds else ""),
            f"{rung.name}.m3u8",
        ]
    return "\n".join([*lines, ""])


def render_media_playlist(rung: Rung, windows: Windows, *, complete: bool) -> str:
    """Render the media playlist of a rung, from the beginning up to the last chunk that is delivered now.

    Chunks before it that are not delivered are listed as gaps. The file is named relative to it: ``{rung}.mp4``.

    Args:
        rung: Its chunks have lengths in milliseconds.
        windows: The spans of the media that are delivered now, in milliseconds.
        complete: Whether nothing will be added; without the end mark, players reload the playlist.
    """
    chunks = list_chunks(rung, windows)
    # Rounded up: no chunk may be longer than the target duration, which must never change (RFC 8216 §4.3.3.1, §6.2.1).
    target_s = max((-(-chunk.length_ms // 1_000) for chunk in rung.chunks), default=1)
    lines = [
        *HEADER_LINES,
        f"#EXT-X-TARGETDURATION:{target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        f'#EXT-X-MAP:URI="{rung.name}.mp4",BYTERANGE="{rung.init_size}@0"',
    ]
    for chunk in chunks:
        if not overlaps(windows, chunk):
            lines.append("#EXT-X-GAP")
        lines += [
            f"#EXTINF:{chunk.length_ms // 1_000}.{chunk.length_ms % 1_000:03d},",
            f"#EXT-X-BYTERANGE:{chunk.size}@{chunk.offset}",
            f"{rung.name}.mp4",
        ]
    if complete:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""])


def _get_bandwidth(rung: Rung) -> int:
    return rung.bandwidth
