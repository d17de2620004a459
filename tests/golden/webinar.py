"""A valid webinar in which every field of every struct differs from its default somewhere."""

from editor.schedule.model import (
    Audio,
    CaptionTrack,
    Cta,
    Image,
    Marker,
    Media,
    Moderator,
    Page,
    Presentation,
    Price,
    Question,
    Recording,
    Survey,
    Video,
    Webinar,
)

TALK, TUNE, LOGO, SLIDES, WORDS = (letter * 64 for letter in "abcde")


def whole_webinar() -> Webinar:
    """The webinar; a new field of the model has to be set here too."""
    captions = CaptionTrack(sha256=WORDS, language="fr", name="talk.fr.srt")
    media = (
        Media(
            sha256=TALK,
            kind="video",
            name="talk “final”.mp4",
            size=123_456_789,
            duration_ms=600_000,
            width=1920,
            height=1080,
            has_audio=True,
            captions=(captions,),
        ),
        Media(sha256=TUNE, kind="audio", name="tune.mp3", size=40_000, duration_ms=60_000, has_audio=True),
        Media(sha256=LOGO, kind="image", name="logo.png", size=4_000, width=640, height=480),
        Media(sha256=SLIDES, kind="presentation", name="slides.pdf", size=90_000, pages=3),
    )
    fades = {"fade_in_ms": 500, "fade_in_offset_ms": 200, "fade_out_ms": 700, "fade_out_offset_ms": 300}
    timed = {"muted": True, "volume": 80, **fades}
    playing_fields = timed | {"in_ms": 1_000, "out_ms": 21_000, "hold_ms": 5_000, "group": "g1"}
    programme = (
        Audio(id="s1", start_ms=0, title="Tune", media=TUNE, picture=LOGO, captions=WORDS, **playing_fields),
        Video(id="s2", start_ms=30_000, title="Welcome", media=TALK, captions=WORDS, **playing_fields),
        Image(id="s3", start_ms=60_000, title="Logo 🎬", group="g1", media=LOGO, length_ms=10_000),
        Presentation(
            id="s4",
            start_ms=80_000,
            title="Figures",
            group="g2",
            media=SLIDES,
            pages=(Page(page=0, length_ms=30_000), Page(page=2, length_ms=20_000)),
            in_ms=10_000,
            out_ms=45_000,
            audio=TUNE,
            **timed,
        ),
        Recording(id="s5", start_ms=120_000, title="Meeting", media=TALK, captions=WORDS, **playing_fields),
    )
    interactions = (
        Cta(
            id="i1",
            start_ms=10_000,
            title="Offer",
            group="g2",
            offer="o1",
            length_ms=30_000,
            text="Ten percent off",
            label="Buy now",
            link="https://example.org/buy?x=1&y=2",
            look="corner",
            colour="#0072B2",
        ),
        Survey(
            id="i2",
            start_ms=60_000,
            title="Questions",
            group="g2",
            offer="o2",
            length_ms=60_000,
            questions=(
                Question(id="q1", kind="rating", text="How was it?", scale=10, required=True),
                Question(id="q2", kind="multiple", text="All of?", choices=("A", "B")),
                Question(id="q3", kind="text", text="Anything else?"),
                Question(id="q4", text="Which?", choices=("This", "That")),
            ),
        ),
    )
    return Webinar(
        id="5f0c2f4e8a1b4c0d9e7f6a5b4c3d2e1f",
        title="Soirée d’ouverture",
        description='Line one\nLine "two"',
        start="2026-12-01T19:00:00",
        zone="Europe/Paris",
        room="on_demand",
        available_until="2027-01-31T23:59:59",
        chat="answer_later",
        moderators=(Moderator(name="Zoë", email="zoe@example.org", role="owner"),),
        access="paid",
        price=Price(amount=4_900, currency="CHF"),
        language="fr",
        waiting_text="À tout de suite",
        waiting_picture=LOGO,
        programme=programme,
        interactions=interactions,
        programme_locked=True,
        interactions_locked=True,
        markers=(Marker(id="m1", at_ms=12_345, title="Begin"),),
        media={one.sha256: one for one in media},
    )
