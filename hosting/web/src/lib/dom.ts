/** Creating elements and icons. Strings become text nodes; nothing here sets HTML, so no text can inject markup. */

type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;
type Child = Node | string | null | undefined | false;

/** Create an element with attributes, event listeners (`onclick` …) and children; false and null are left out. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Outlines of the icons on a grid of 24. */
const ICONS = {
  volume: "M4 10v4h3l5 4V6L7 10zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  muted: "M4 10v4h3l5 4V6L7 10zM16 9.5l5 5M21 9.5l-5 5",
  captions: "M4 6h16v12H4zM10.5 10.5a2 2 0 1 0 0 3M17 10.5a2 2 0 1 0 0 3",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  small: "M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5",
  play: "M7 5v14l12-7z",
  pause: "M8 5v14M16 5v14",
  back: "M11 7l-6 5 6 5zM19 7l-6 5 6 5z",
  forward: "M5 7l6 5-6 5zM13 7l6 5-6 5z",
  send: "M4 12l16-8-6 16-3-6.5z",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
  sound: "M5 10v4M9 7v10M13 4v16M17 8v8M21 11v2",
  out: "M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.6 9.5a2.5 2.5 0 1 1 3.4 2.4c-.7.3-1 .8-1 1.6M12 16.6v.4",
  survey: "M5 4h14v16H5zM8.5 9l1.2 1.2L12 8M14 9.5h2.5M8.5 15l1.2 1.2L12 14M14 15.5h2.5",
  cta: "M4 8h16v8H4zM8 12h7M13 10l2 2-2 2",
  check: "M5 12.5l4.5 4.5L19 7.5",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** Create an icon as SVG, hidden from screen readers. */
export function createIcon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Mark a button as busy, so that it is not pressed again; unlike a disabled button it keeps the focus. */
export function setBusy(button: HTMLButtonElement, isAtWork: boolean): void {
  button.setAttribute("aria-disabled", String(isAtWork));
}

/** Whether a button is busy. */
export function isBusy(button: HTMLButtonElement): boolean {
  return button.getAttribute("aria-disabled") === "true";
}

/** Return black or white, whichever has the higher contrast on a colour (WCAG relative luminance). */
export function chooseTextColour(colour: string): "#000000" | "#ffffff" {
  const channel = (from: number): number => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? "#000000" : "#ffffff";
}

/** Whether a text is a colour in the form #rrggbb. */
export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}
