/** Tabs with their panels by the ARIA pattern: arrow keys move between tabs, and only one is in the tab order. */

import type { MessageKey } from "../i18n/catalogue";
import type { Translator } from "../i18n/translator";
import { h } from "../lib/dom";

/** A tab: its id, its label and its panel. */
export interface Tab {
  id: string;
  key: MessageKey;
  panel: HTMLElement;
}

/** A row of tabs with their panels. */
export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons = new Map<string, { button: HTMLButtonElement; badge: HTMLElement; tab: Tab }>();
  private selectedId: string;
  private unreadCounts = new Map<string, number>();

  constructor(translator: Translator, tabs: readonly Tab[]) {
    const list = h("div", { role: "tablist", class: "tabs" });
    translator.setAttribute(list, "aria-label", "side.label");
    this.element = h("div", { class: "tabbed" }, list);
    this.selectedId = tabs[0]!.id;
    for (const tab of tabs) {
      const badge = h("span", { class: "badge", hidden: true });
      const button = h(
        "button",
        { type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}` },
        translator.setText(h("span"), tab.key),
        badge,
      );
      button.addEventListener("click", () => this.select(tab.id));
      button.addEventListener("keydown", (event) => this.handleKey(event));
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
    this.select(this.selectedId);
  }

  /** Show the panel of a tab. */
  select(id: string): void {
    this.selectedId = id;
    this.unreadCounts.delete(id);
    for (const [name, { button, tab }] of this.buttons) {
      const isSelected = name === id;
      button.setAttribute("aria-selected", String(isSelected));
      button.tabIndex = isSelected ? 0 : -1;
      tab.panel.parentElement!.hidden = !isSelected;
      if (isSelected && name === "chat") this.setBadge(name, 0);
    }
  }

  /** Show or hide a tab. */
  setAvailable(id: string, isAvailable: boolean): void {
    this.buttons.get(id)!.button.hidden = !isAvailable;
    if (!isAvailable && this.selectedId === id) this.select([...this.buttons.keys()].find((name) => name !== id)!);
  }

  /** Focus a tab without selecting it. */
  focus(id: string): void {
    this.buttons.get(id)!.button.focus({ preventScroll: true });
  }

  /** Show how many items a tab has. */
  setCount(id: string, count: number): void {
    this.setBadge(id, count);
  }

  /** Add to the number of unread items of a tab, unless it is selected. */
  addUnread(id: string, count: number): void {
    if (id === this.selectedId) return;
    this.unreadCounts.set(id, (this.unreadCounts.get(id) ?? 0) + count);
    this.setBadge(id, this.unreadCounts.get(id)!);
  }

  private setBadge(id: string, count: number): void {
    const { badge } = this.buttons.get(id)!;
    badge.hidden = count === 0;
    badge.textContent = String(count);
  }

  private handleKey(event: KeyboardEvent): void {
    const visibleIds = [...this.buttons.keys()].filter((name) => !this.buttons.get(name)!.button.hidden);
    const index = visibleIds.indexOf(this.selectedId);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: visibleIds.length - 1 - index }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const nextId = visibleIds[(index + step + visibleIds.length) % visibleIds.length]!;
    this.select(nextId);
    this.buttons.get(nextId)!.button.focus();
  }
}
