/**
 * Showing the texts of the catalogue in the language of the reader, and dates and times in their locale.
 *
 * The language is that of the browser until the reader chooses another; the choice is stored for the browser tab. The
 * translator remembers which message each element shows, so a change of language updates the texts in place.
 */

import { CATALOGUES, type Language, type MessageKey } from "./catalogue";

const LANGUAGE_STORAGE_KEY = "matinee.language";
const FALLBACK_LANGUAGE: Language = "en";

/** The value of a placeholder; a function where the value depends on the language, as a formatted time does. */
export type MessageParam = string | number | (() => string);
/** The values of the placeholders of a message by name. */
export type MessageParams = Record<string, MessageParam>;

interface BoundMessage {
  key: MessageKey;
  params: MessageParams;
}

/** Sets texts in the chosen language and keeps them up to date when the language changes. */
export class Translator {
  language: Language;
  private readonly textMessages = new Map<Element, BoundMessage>();
  private readonly attributeMessages = new Map<Element, Map<string, BoundMessage>>();

  constructor(
    preferredLanguages: readonly string[],
    private readonly storage: Pick<Storage, "getItem" | "setItem">,
  ) {
    const savedLanguage = storage.getItem(LANGUAGE_STORAGE_KEY);
    const candidates = [savedLanguage ?? "", ...preferredLanguages].map((tag) => tag.slice(0, 2).toLowerCase());
    this.language = candidates.find((tag) => tag in CATALOGUES) ?? FALLBACK_LANGUAGE;
  }

  /** Return a message with its placeholders filled in. */
  translate(key: MessageKey, params: MessageParams = {}): string {
    return CATALOGUES[this.language]![key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const param = params[name];
      if (typeof param === "number") return new Intl.NumberFormat(this.language).format(param);
      return typeof param === "function" ? param() : (param ?? "");
    });
  }

  /** Set the text of an element, now and whenever the language changes. */
  setText<E extends Element>(element: E, key: MessageKey, params: MessageParams = {}): E {
    this.textMessages.set(element, { key, params });
    updateText(element, this.translate(key, params));
    return element;
  }

  /** Set an attribute that people read (label, placeholder, tooltip), now and whenever the language changes. */
  setAttribute<E extends Element>(element: E, attribute: string, key: MessageKey, params: MessageParams = {}): E {
    const attributes = this.attributeMessages.get(element) ?? new Map<string, BoundMessage>();
    attributes.set(attribute, { key, params });
    this.attributeMessages.set(element, attributes);
    element.setAttribute(attribute, this.translate(key, params));
    return element;
  }

  /** Set a text that does not depend on the language. */
  setPlainText(element: Element, text = ""): void {
    this.textMessages.delete(element);
    updateText(element, text);
  }

  /** Change the language and update all texts in the page. */
  setLanguage(language: Language): void {
    this.language = language;
    this.storage.setItem(LANGUAGE_STORAGE_KEY, language);
    document.documentElement.lang = language;
    for (const [element, { key, params }] of this.textMessages) {
      if (element.isConnected) updateText(element, this.translate(key, params));
      else this.textMessages.delete(element);
    }
    for (const [element, attributes] of this.attributeMessages) {
      if (!element.isConnected) this.attributeMessages.delete(element);
      else
        for (const [attribute, { key, params }] of attributes)
          element.setAttribute(attribute, this.translate(key, params));
    }
  }

  /** Format an instant as hour and minute, in the zone of the reader or another. */
  formatTime(at: number, zone?: string): string {
    return this.format(at, { hour: "2-digit", minute: "2-digit" }, zone);
  }

  /** Format an instant as day and time, in the zone of the reader or another. */
  formatDateTime(at: number, zone?: string): string {
    const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
    return this.format(at, { ...day, hour: "2-digit", minute: "2-digit" }, zone);
  }

  private format(at: number, options: Intl.DateTimeFormatOptions, zone?: string): string {
    const locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(this.language)) ?? this.language;
    try {
      return new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options).format(at);
    } catch {
      return new Intl.DateTimeFormat(locale, options).format(at);
    }
  }
}

function updateText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Format a duration as `M:SS` or `H:MM:SS`; a countdown rounds up, so that it shows 0:00 only at the end. */
export function formatDuration(ms: number, roundUp = false): string {
  const totalSeconds = Math.max(0, roundUp ? Math.ceil(ms / 1000) : Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [
    Math.floor(totalSeconds / 3600),
    Math.floor(totalSeconds / 60) % 60,
    totalSeconds % 60,
  ];
  const pad = (n: number): string => String(n).padStart(2, "0");
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}
