/** Two tabs with their panels, by the ARIA pattern: arrows move between them, one is in the tab order. */

import type { Key, Words } from "../i18n/translator";
import { h } from "../lib/dom";

export interface Tab {
  id: string;
  key: Key;
  panel: HTMLElement;
}

export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons = new Map<string, { button: HTMLButtonElement; badge: HTMLElement; tab: Tab }>();
  private chosen: string;
  private news = new Map<string, number>();

  constructor(words: Words, tabs: readonly Tab[]) {
    const list = h("div", { role: "tablist", class: "tabs" });
    words.label(list, "aria-label", "side.label");
    this.element = h("div", { class: "tabbed" }, list);
    this.chosen = tabs[0]!.id;
    for (const tab of tabs) {
      const badge = h("span", { class: "badge", hidden: true });
      const button = h(
        "button",
        { type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}` },
        words.say(h("span"), tab.key),
        badge,
      );
      button.addEventListener("click", () => this.choose(tab.id));
      button.addEventListener("keydown", (event) => this.move(event));
      list.append(button);
      this.buttons.set(tab.id, { button, badge, tab });
      const attributes = {
        role: "tabpanel",
        id: `panel-${tab.id}`,
        "aria-labelledby": `tab-${tab.id}`,
        class: "panel",
      };
      this.element.append(h("div", attributes, tab.panel));
    }
    this.choose(this.chosen);
  }

  choose(id: string): void {
    this.chosen = id;
    this.news.delete(id);
    for (const [name, { button, tab }] of this.buttons) {
      const on = name === id;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      tab.panel.parentElement!.hidden = !on;
      if (on && name === "chat") this.badge(name, 0);
    }
  }

  /** Whether a tab is there at all. */
  offer(id: string, there: boolean): void {
    this.buttons.get(id)!.button.hidden = !there;
    if (!there && this.chosen === id) this.choose([...this.buttons.keys()].find((name) => name !== id)!);
  }

  /** Give a tab the keyboard, without opening it. */
  focus(id: string): void {
    this.buttons.get(id)!.button.focus({ preventScroll: true });
  }

  /** How many things a tab holds. */
  count(id: string, count: number): void {
    this.badge(id, count);
  }

  /** News in a tab that is not looked at. */
  unread(id: string, more: number): void {
    if (id === this.chosen) return;
    this.news.set(id, (this.news.get(id) ?? 0) + more);
    this.badge(id, this.news.get(id)!);
  }

  private badge(id: string, count: number): void {
    const { badge } = this.buttons.get(id)!;
    badge.hidden = count === 0;
    badge.textContent = String(count);
  }

  private move(event: KeyboardEvent): void {
    const names = [...this.buttons.keys()].filter((name) => !this.buttons.get(name)!.button.hidden);
    const at = names.indexOf(this.chosen);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: names.length - 1 - at }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = names[(at + step + names.length) % names.length]!;
    this.choose(next);
    this.buttons.get(next)!.button.focus();
  }
}
