/** Pages that show only a message: cancelled, not found, unreachable, over. */

import type { MessageKey } from "../i18n/catalogue";
import type { MessageParams, Translator } from "../i18n/translator";
import { h } from "../lib/dom";

/** The texts of a message page, with an optional button and content below. */
export interface MessagePageContent {
  title: MessageKey;
  text: MessageKey;
  params?: MessageParams;
  action?: { key: MessageKey; run: () => void };
  below?: HTMLElement;
  note?: MessageKey;
}

/** Create a page that shows a message. */
export function createMessagePage(
  translator: Translator,
  { title, text, params, action, below, note }: MessagePageContent,
): HTMLElement {
  const inner = h(
    "section",
    { class: "notice" },
    translator.setText(h("h1"), title),
    translator.setText(h("p", {}), text, params),
  );
  if (action) {
    const button = h("button", { type: "button", class: "button primary", onclick: action.run });
    inner.append(translator.setText(button, action.key));
  }
  if (note) inner.append(translator.setText(h("p", { class: "note" }), note));
  const page = h("main", { class: "notice-page", id: "content" }, inner);
  if (below) page.append(below);
  return page;
}
