"""Makes the scene of a stage: which picture, which words over it, and what to show until the right picture is there.

It never waits. A picture that is not at hand is asked for, and what was shown before stays until it comes: a flash of
black or of a card between two pictures would be worse than an old picture for some hundredths of a second. Where
nothing comes for long, the name of the media stands in its place.
"""

from collections import OrderedDict
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from editor.errors import Known
from editor.media.canvas import Frame
from editor.schedule.model import TIMED, Webinar
from editor.schedule.stage import Stage, stage_at
from ui import theme
from ui.media_desk import MediaDesk
from ui.preview.scene import Card, Ground, Scene, Shown, Wave
from ui.preview.stills import Step, Stills, Wish
from ui.words import Words

PATIENCE_MS = 700
AHEAD_MS = 1_500
"""How long before a hold its picture is decoded."""
KEPT = 4
"""Decoded pictures that are kept at hand."""
LOST = frozenset({"media.missing", "media.gone"})
"""Troubles that end when the file is found."""


class Composer(QObject):
    """Scenes of one webinar's preview.

    Args:
        desk: images, pages, waveforms, captions, and where files are.
        words: sentences for what cannot be shown.
        parent: Qt's owner.
    """

    came = Signal()
    """Something that was waited for is there: compose again."""
    stepped = Signal(int)
    """The position of the picture that `step` looked for."""

    def __init__(self, desk: MediaDesk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = words
        self.width = 1280
        """How many pixels across a picture should have."""
        self._stills = Stills(self)
        self._stills.came.connect(self._on_still)
        self._stills.failed.connect(self._on_failed)
        self._stills.stepped.connect(self._on_stepped)
        self._decoded: OrderedDict[Wish, Shown] = OrderedDict()
        self._latest: Shown | None = None
        """The last one decoded, to stand in for its neighbours while one scrubs."""
        self._pending: Wish | None = None
        self._failures: dict[Wish, Known] = {}
        self._ground: Ground | None = None
        self._frame: Shown | None = None
        self._impatient = False
        self._hurried = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience)
        desk.pictured.connect(self._on_pictured)
        desk.lost.connect(self._on_pictured)

    def close(self) -> None:
        """End the thread that decodes."""
        self._stills.close()

    def compose(
        self,
        webinar: Webinar,
        stage: Stage,
        live: object | None = None,
        trouble: Known | None = None,
        *,
        hurried: bool = False,
    ) -> Scene:
        """The scene of a stage.

        Args:
            webinar: what the stage is of.
            stage: from `stage_at`.
            live: the player's picture, where one is to be seen.
            trouble: why a player does not play.
            hurried: a player will show the place in a moment; decoding it here as well would only slow it down.
        """
        self._hurried = hurried
        missing, lost = self._trouble(webinar, stage)
        hidden = missing is not None and missing in {stage.media, stage.picture}
        found = None if hidden else self._ground_of(webinar, stage, live)
        if found is not None:
            self._ground = found
            self._impatient = False
            self._patience.stop()
        elif lost is not None or self._impatient or self._ground is None:
            self._ground = Card("") if lost is not None else self._wanting(webinar, stage)
        elif not self._patience.isActive():
            self._patience.start()
        lost = lost or trouble
        if lost is not None and lost.code in LOST and missing is None:
            missing = stage.audio or stage.media
        relink = None if lost is not None and lost.code == "stand_in.coming" else missing
        offers = (webinar.find(offer.segment) for offer in stage.offers)
        return Scene(
            ground=self._ground,
            captions=self._captions(stage),
            offers=tuple(offer for offer in offers if offer is not None),  # type: ignore[misc]
            trouble="" if lost is None else self._words.sentence(lost),
            relink=relink,
            gettable=relink is not None and self._desk.stand_ins.can_get(relink),
        )

    def prepare(self, webinar: Webinar, stage: Stage) -> None:
        """Ask for the image or page that comes next, so that it is at hand when it is due."""
        if stage.next_change_ms is not None:
            coming = stage_at(webinar, stage.next_change_ms)
            if coming.phase != "playing" and webinar.waiting_picture is not None:
                self._desk.image(webinar.waiting_picture, self.width)
            elif coming.media is not None and coming.kind == "image":
                self._desk.image(coming.media, self.width)
            elif coming.media is not None and coming.page is not None:
                self._desk.page(coming.media, coming.page, self.width)
            elif coming.picture is not None:
                self._desk.image(coming.picture, self.width)
            elif coming.holding and stage.next_change_ms - stage.position_ms <= AHEAD_MS:
                self._want(self._wish_for(coming))

    def step(self, stage: Stage, *, forwards: bool) -> bool:
        """Look for the picture after (or before) the one on stage; `stepped` tells how far it is. False: no video."""
        path = self._desk.shown(stage.media) if stage.media is not None else None
        if path is None or stage.media_ms is None or stage.holding or stage.kind not in {"video", "recording"}:
            return False
        self._stills.step(Step(path, stage.media_ms, forwards, stage.position_ms))
        return True

    # ------------------------------------------------------------------------------------------- the ground

    def _ground_of(self, webinar: Webinar, stage: Stage, live: object | None) -> Ground | None:
        """What lies under everything; None when it is not at hand yet."""
        if stage.phase != "playing" or stage.media is None:
            return self._card(webinar, stage)
        if stage.kind == "image":
            return self._pictured(stage.media, "image", 0, self._desk.image(stage.media, self.width))
        if stage.kind == "presentation":
            page = stage.page or 0
            return self._pictured(stage.media, "page", page, self._desk.page(stage.media, page, self.width))
        media = webinar.media.get(stage.media)
        if stage.kind == "audio" or (media is not None and media.kind == "audio"):
            if stage.picture is not None:
                return self._pictured(stage.picture, "image", 0, self._desk.image(stage.picture, self.width))
            return self._wave(webinar, stage)
        if live is not None:
            return self._live(webinar, stage, live)
        return self._still_of(webinar, stage)

    def _card(self, webinar: Webinar, stage: Stage) -> Card:
        title = webinar.title or self.tr("Untitled webinar")
        waiting = webinar.waiting_picture
        picture = self._desk.image(waiting, self.width) if waiting is not None else None
        if not webinar.segments:
            return Card(
                self.tr("Nothing plays yet"), self.tr("Drop a video on the programme, or press Ctrl+I."), "kind-video"
            )
        if stage.phase == "gap":
            return Card(title, self.tr("continues shortly"), picture=picture)
        if stage.phase == "before":
            return Card(title, webinar.waiting_text or self.tr("begins shortly"), picture=picture)
        return Card(title, self.tr("The webinar has ended."), picture=picture)

    def _wave(self, webinar: Webinar, stage: Stage) -> Wave | None:
        assert stage.media is not None
        assert stage.media_ms is not None
        peaks = self._desk.peaks(stage.media)
        segment = webinar.find(stage.segment or "")
        if peaks is None or not isinstance(segment, TIMED):
            return None
        name = self._name(webinar, stage)
        return Wave(name, peaks.values, peaks.step_ms, segment.in_ms, segment.out_ms, stage.media_ms)

    def _pictured(self, sha256: str, source: str, at: int, image: QImage | None) -> Shown | None:
        if image is None:
            return None
        shown = self._ground
        if isinstance(shown, Shown) and shown.image.cacheKey() == image.cacheKey() and shown.source == source:
            return shown
        return Shown(image, (0, 0), "page" if source == "page" else "image", sha256, at)

    def _live(self, webinar: Webinar, stage: Stage, live: object) -> Shown:
        assert isinstance(live, Frame)
        self._latest = None  # by the time it is wanted again it would be an old picture
        if self._frame is None or self._frame.owner is not live:
            image = QImage(live.pixels, live.width, live.height, live.pitch, QImage.Format.Format_RGB32)
            self._frame = Shown(image, self._size(webinar, stage), "live", stage.media or "", stage.media_ms or 0, live)
        return self._frame

    def _still_of(self, webinar: Webinar, stage: Stage) -> Shown | None:
        """The exact picture; until it is decoded, the last one decoded of the same media, which is near it."""
        wish = self._wish_for(stage)
        if not self._hurried:
            self._want(wish)
        shown = self._decoded.get(wish) if wish is not None else None
        if shown is None and self._latest is not None and self._latest.sha256 == stage.media:
            shown = self._latest
        if shown is not None and wish is not None and shown.size != (size := self._size(webinar, stage)):
            shown = replace(shown, size=size)
            self._keep(wish if shown.at == wish.at_ms else None, shown)
        return shown

    def _want(self, wish: Wish | None) -> None:
        """Have a picture decoded, unless it is, or is being, or cannot be."""
        if wish is not None and wish != self._pending and wish not in self._decoded and wish not in self._failures:
            self._pending = wish
            self._stills.wish(wish)

    def _keep(self, wish: Wish | None, shown: Shown) -> None:
        self._latest = shown
        if wish is not None:
            self._decoded[wish] = shown
            self._decoded.move_to_end(wish)
            while len(self._decoded) > KEPT:
                self._decoded.popitem(last=False)

    def _wish_for(self, stage: Stage) -> Wish | None:
        path = self._desk.shown(stage.media) if stage.media is not None else None
        if path is None or stage.media is None:
            return None
        return Wish(stage.media, path, stage.media_ms or 0, self.width)

    def _size(self, webinar: Webinar, stage: Stage) -> tuple[int, int]:
        media = webinar.media.get(stage.media or "")
        return (0, 0) if media is None else (media.width, media.height)

    # ------------------------------------------------------------------------------------------- the words

    def _captions(self, stage: Stage) -> tuple[str, ...]:
        if stage.captions is None or stage.caption_ms is None:
            return ()
        cues = self._desk.cues(stage.captions)
        if not cues:
            return ()
        from editor.media.captions import active  # brings its readers with it

        return active(cues, stage.caption_ms)

    def _trouble(self, webinar: Webinar, stage: Stage) -> tuple[str | None, Known | None]:
        """The media whose file is gone, and why something of this stage cannot be shown, as far as files go."""
        for sha256 in (stage.media, stage.picture, stage.audio):
            if sha256 is not None and self._desk.state(sha256) == "missing":
                media = webinar.media.get(sha256)
                name = sha256[:12] if media is None else media.name
                percent = self._desk.stand_ins.percent(sha256)
                if percent is not None:
                    return sha256, Known("stand_in.coming", name=name, percent=percent)
                return sha256, Known("media.missing", name=name)
        wish = self._wish_for(stage)
        return None, self._failures.get(wish) if wish is not None else None

    def _name(self, webinar: Webinar, stage: Stage) -> str:
        segment = webinar.find(stage.segment or "")
        media = webinar.media.get(stage.media or "")
        return (segment.title if segment is not None else "") or (media.name if media is not None else "")

    def _wanting(self, webinar: Webinar, stage: Stage) -> Card:
        """What stands for a picture that is long in coming."""
        unprepared = stage.media is not None and self._desk.state(stage.media) == "unprepared"
        icon = theme.KIND_ICONS[stage.kind] if stage.kind is not None else ""
        return Card(self._name(webinar, stage), self.tr("is being prepared") if unprepared else "", icon)

    # -------------------------------------------------------------------------------------------- what came

    @Slot(object, QImage)
    def _on_still(self, wish: Wish, image: QImage) -> None:
        self._done(wish)
        self._keep(wish, Shown(image, (0, 0), "still", wish.sha256, wish.at_ms))
        self.came.emit()

    @Slot(object, object)
    def _on_failed(self, wish: Wish, known: Known) -> None:
        self._done(wish)
        self._failures[wish] = known
        self.came.emit()

    def _done(self, wish: Wish) -> None:
        if wish == self._pending:
            self._pending = None

    @Slot(object, int)
    def _on_stepped(self, step: Step, media_ms: int) -> None:
        assert isinstance(step.token, int)
        self.stepped.emit(step.token + media_ms - step.at_ms)

    @Slot(str)
    def _on_pictured(self, sha256: str) -> None:
        for wish in [wish for wish in self._failures if wish.sha256 == sha256]:
            del self._failures[wish]
        self.came.emit()

    @Slot()
    def _on_patience(self) -> None:
        self._impatient = True
        self.came.emit()
