// Put into a page before anything of its own: sets its clock wrong and writes down every frame that is seen.
// WRONG is replaced by milliseconds. What measures here reads the clock as it was before.
(() => {
  const wrong = WRONG;
  const now = performance.now.bind(performance);
  const RealDate = Date;
  window.Date = class Date extends RealDate {
    constructor(...given) {
      if (given.length) super(...given);
      else super(RealDate.now() + wrong);
    }
    static now() {
      return RealDate.now() + wrong;
    }
  };
  const origin = performance.timeOrigin;
  Object.defineProperty(Performance.prototype, "timeOrigin", { get: () => origin + wrong });

  const probe = { frames: [], events: [], marks: [], shown: [] };
  window.probe = probe;
  const watched = new WeakSet();
  const watch = (video) => {
    watched.add(video);
    const which = Number(video.previousElementSibling?.tagName === "VIDEO");
    const seen = (_at, about) => {
      if (video.classList.contains("on") || document.body.dataset.bare) {
        probe.frames.push([about.expectedDisplayTime, about.mediaTime * 1000, which, now()]);
      }
      video.requestVideoFrameCallback(seen);
    };
    video.requestVideoFrameCallback(seen);
    for (const kind of ["seeking", "ratechange", "waiting", "playing", "pause", "emptied", "loadeddata"]) {
      video.addEventListener(kind, () => {
        const on = video.classList.contains("on");
        probe.events.push([now(), kind, which, on, video.currentTime * 1000, video.playbackRate, video.paused]);
      });
    }
  };
  new MutationObserver(() => {
    for (const video of document.querySelectorAll("video")) if (!watched.has(video)) watch(video);
  }).observe(document, { childList: true, subtree: true });
  let last = null;
  const look = () => {
    const video = document.querySelector("video.on");
    if (video !== last) {
      last = video;
      const which = video ? Number(video.previousElementSibling?.tagName === "VIDEO") : -1;
      probe.shown.push([now(), which, video ? video.readyState : 0, video ? video.seeking : false]);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  document.addEventListener("click", (event) => probe.marks.push([now(), event.target.closest("button")?.className ?? ""]), true);
})();
