/** Measures of the layout of a page; each function returns a list of faults. */
({
  /** Elements that overflow the page to the side, or make it scroll sideways. */
  sideways() {
    const wide = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const element of document.body.querySelectorAll("*")) {
      const { left, right, width, height } = element.getBoundingClientRect();
      const unseen = element.closest(".unseen, .skip, [hidden], dialog:not([open])");
      if (unseen || !width || !height || !element.checkVisibility()) continue;
      if (right > wide + 1 || left < -1) found.push(`${this.name(element)} reaches from ${left} to ${right} of ${wide}`);
    }
    return found;
  },

  /** Texts that their own box cuts off without an ellipsis, a limit of lines or a scroll bar. */
  cut() {
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (!hasText || !element.checkVisibility() || element.closest(".unseen, .skip, textarea, select")) continue;
      const style = getComputedStyle(element);
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      if (hides(style.overflowX) && style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1) {
        found.push(`${this.name(element)} needs a width of ${element.scrollWidth} in ${element.clientWidth}`);
      }
      const clamped = style.webkitLineClamp !== "none";
      if (hides(style.overflowY) && !clamped && element.scrollHeight > element.clientHeight + 2) {
        found.push(`${this.name(element)} needs a height of ${element.scrollHeight} in ${element.clientHeight}`);
      }
    }
    return found;
  },

  /** Texts with less contrast than WCAG 2.1 AA requires against anything that may be behind them. */
  faint() {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (!node.textContent.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest(".unseen, .skip, option, [aria-hidden=true] svg")) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const grounds = this.grounds(element);
      const contrasts = grounds.map((ground) => this.contrast(this.over(this.colour(style.color), ground), ground));
      const least = Math.min(...contrasts);
      if (least < (large ? 3 : 4.5)) found.push(`“${node.textContent.trim().slice(0, 40)}” ${least.toFixed(2)} : 1`);
    }
    return found;
  },

  /** Every solid colour that may be behind an element. A picture behind it may be black as well as white. */
  grounds(element) {
    const layers = [];
    let grounds = null;
    for (let at = element; at && !grounds; at = at.parentElement) {
      const style = getComputedStyle(at);
      // Words stand where a gradient ends, at its last colour, unless they may stand anywhere on it.
      const stops = (style.backgroundImage.match(/rgba?\([^)]*\)/g) ?? []).map((text) => this.colour(text));
      const own = style.backgroundImage.startsWith("radial") ? stops : stops.slice(-1);
      if (own.length) layers.push(own);
      layers.push([this.colour(style.backgroundColor)]);
      if (layers.some((layer) => layer.every((colour) => colour[3] === 1))) grounds = [];
      else if (at.matches(".screen > *")) grounds = [[0, 0, 0, 1], [255, 255, 255, 1]];
    }
    grounds = grounds?.length ? grounds : [[15, 16, 19, 1]];
    for (const layer of layers.reverse()) {
      grounds = grounds.flatMap((ground) => layer.map((colour) => this.over(colour, ground)));
    }
    return grounds;
  },

  colour(text) {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    const scale = text.startsWith("color(srgb") ? 255 : 1;
    return [red * scale, green * scale, blue * scale, alpha];
  },

  over([red, green, blue, alpha], ground) {
    const mixed = [red, green, blue].map((value, index) => value * alpha + ground[index] * (1 - alpha));
    return [...mixed, 1];
  },

  contrast(one, other) {
    const light = ([red, green, blue]) => {
      const [r, g, b] = [red, green, blue].map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [high, low] = [light(one), light(other)].sort((first, second) => second - first);
    return (high + 0.05) / (low + 0.05);
  },

  /** What moves by itself. */
  moving() {
    return [...document.querySelectorAll("*")]
      .filter((element) => {
        const style = getComputedStyle(element);
        return style.animationName !== "none" || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
      })
      .map((element) => this.name(element));
  },

  /** What has the keyboard, and whether that is to be seen. */
  focus() {
    const element = document.activeElement;
    const outlined = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) > 0;
    const seen = outlined(element) || outlined(element.closest("label")) || outlined(element.closest(".field"));
    return { name: this.name(element), tag: element.tagName, seen: Boolean(seen) };
  },

  name(element) {
    const label = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30);
    return `${element.tagName.toLowerCase()}.${String(element.getAttribute("class")).replaceAll(" ", ".")} “${label}”`;
  },
})
