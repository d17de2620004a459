/** Pages that only say something: cancelled, nothing found, out of reach, over. */

import type { Facts, Key, Words } from "../i18n/translator";
import { h } from "../lib/dom";

export interface Notice {
  title: Key;
  text: Key;
  facts?: Facts;
  action?: { key: Key; run: () => void };
  below?: HTMLElement;
  note?: Key;
}

export function notice(words: Words, { title, text, facts, action, below, note }: Notice): HTMLElement {
  const inner = h("section", { class: "notice" }, words.say(h("h1"), title), words.say(h("p", {}), text, facts));
  if (action) {
    const button = h("button", { type: "button", class: "button primary", onclick: action.run });
    inner.append(words.say(button, action.key));
  }
  if (note) inner.append(words.say(h("p", { class: "note" }), note));
  const page = h("main", { class: "notice-page", id: "content" }, inner);
  if (below) page.append(below);
  return page;
}
