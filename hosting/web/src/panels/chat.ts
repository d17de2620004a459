/** The chat: the messages and a field to write. Messages enter the page as text, never as markup. */

import type { MessageKey } from "../i18n/catalogue";
import { findErrorMessage } from "../i18n/error_messages";
import type { Translator } from "../i18n/translator";
import { h } from "../lib/dom";
import type { RoomApi } from "../live/api";
import { MAX_MESSAGES_PER_WINDOW, MESSAGE_WINDOW_MS } from "../live/generated";
import type { ChatMode } from "../live/protocol";
import type { ChatMessage } from "../live/room_state";
import { ChatRateLimit, countCharacters, MAX_MESSAGE_LENGTH } from "./chat_limits";

/** The number of remaining characters is shown from this number on. */
const SHOW_REMAINING_FROM = 150;

/** A message that the hosting has not confirmed yet. */
interface PendingMessage {
  id: string;
  text: string;
  error: MessageKey | null;
}

/** What the chat shows. */
export interface ChatPanelState {
  messages: readonly ChatMessage[];
  mode: ChatMode;
  /** The message that says why nobody can write, or null while the chat is open. */
  closedReason: MessageKey | null;
  /** A note under the messages that replaces the note of the mode. */
  note?: MessageKey;
}

/** The chat of a room. */
export class ChatPanel {
  readonly element: HTMLElement;
  /** Called with the number of new messages by others. */
  onUnread: (count: number) => void = () => undefined;
  private readonly list = h("ol", { class: "messages" });
  private readonly empty = h("p", { class: "empty" });
  private readonly field = h("textarea", { rows: 1, enterkeyhint: "send" });
  private readonly button = h("button", { type: "submit", class: "send" });
  private readonly note = h("p", { class: "note", id: "chat-note" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly form: HTMLFormElement;
  private readonly items = new Map<string, { item: HTMLLIElement; renderKey: string }>();
  private readonly pendingMessages = new Map<string, PendingMessage>();
  private readonly rateLimit = new ChatRateLimit();
  private waitTimer: ReturnType<typeof setTimeout> | undefined;
  private state: ChatPanelState = { messages: [], mode: "none", closedReason: "chat.none" };

  constructor(
    private readonly translator: Translator,
    private readonly api: Pick<RoomApi, "sendMessage">,
    private readonly newId: () => string = randomId,
  ) {
    const log = h("div", { class: "scroll", role: "log", "aria-live": "polite", tabindex: 0 }, this.empty, this.list);
    translator.setAttribute(log, "aria-label", "tab.chat");
    translator.setAttribute(this.field, "placeholder", "chat.placeholder");
    translator.setAttribute(this.field, "aria-label", "chat.field");
    this.field.setAttribute("aria-describedby", "chat-note");
    this.button.append(translator.setText(h("span"), "chat.send"));
    this.form = h("form", { class: "compose" }, h("div", { class: "field" }, this.field, this.button));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    });
    this.field.addEventListener("input", () => this.handleInput());
    const footer = h("div", { class: "foot" }, this.problem, this.form, this.note);
    this.element = h("div", { class: "chat" }, log, footer);
  }

  /** Show a newer state of the chat. */
  show(state: ChatPanelState): void {
    const earlierCount = this.state.messages.length;
    this.state = state;
    for (const message of state.messages) this.pendingMessages.delete(message.message);
    this.form.hidden = state.closedReason !== null;
    const modeNote: MessageKey = state.mode === "answer_later" ? "chat.answer_later" : "chat.moderated";
    this.translator.setText(this.note, state.note ?? state.closedReason ?? modeNote);
    this.render();
    const newCount = state.messages.slice(earlierCount).filter((message) => !message.isOwn).length;
    if (newCount > 0 && earlierCount > 0) this.onUnread(newCount);
  }

  private handleInput(): void {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
    clearTimeout(this.waitTimer);
    const length = countCharacters(this.field.value);
    const remaining = MAX_MESSAGE_LENGTH - length;
    this.field.setAttribute("aria-invalid", String(remaining < 0));
    if (remaining < 0) this.translator.setText(this.problem, "chat.too_long", { n: length, most: MAX_MESSAGE_LENGTH });
    else if (remaining <= SHOW_REMAINING_FROM) this.translator.setText(this.problem, "chat.left", { n: remaining });
    else this.translator.setPlainText(this.problem);
  }

  private submit(): void {
    const text = this.field.value.trim();
    if (!text || countCharacters(text) > MAX_MESSAGE_LENGTH) {
      this.field.focus();
      return;
    }
    if (this.checkRateLimit()) return;
    const pending: PendingMessage = { id: this.newId(), text, error: null };
    this.pendingMessages.set(pending.id, pending);
    this.field.value = "";
    this.handleInput();
    void this.send(pending);
  }

  /** Return whether a message has to wait, and count down until it may be sent; its text stays in the field. */
  private checkRateLimit(): boolean {
    clearTimeout(this.waitTimer);
    const waitMs = this.rateLimit.computeWait(performance.now());
    if (waitMs > 0) {
      this.translator.setText(this.problem, "chat.wait", {
        most: MAX_MESSAGES_PER_WINDOW,
        seconds: MESSAGE_WINDOW_MS / 1_000,
        n: Math.ceil(waitMs / 1_000),
      });
      this.waitTimer = setTimeout(() => this.checkRateLimit() || this.handleInput(), waitMs % 1_000 || 1_000);
    }
    return waitMs > 0;
  }

  /** Send a message, also after a failure; the id stays the same, so the hosting does not store it twice. */
  private async send(pending: PendingMessage): Promise<void> {
    pending.error = null;
    this.rateLimit.recordMessage(performance.now());
    this.render();
    try {
      await this.api.sendMessage(pending.id, pending.text);
    } catch (error) {
      pending.error = findErrorMessage(error);
      this.render();
    }
  }

  private render(): void {
    const scroll = this.list.parentElement!;
    const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    const shownIds = new Set([...this.state.messages.map(({ message }) => message), ...this.pendingMessages.keys()]);
    for (const [id, { item }] of this.items) {
      if (shownIds.has(id)) continue;
      item.remove();
      this.items.delete(id);
    }
    for (const message of this.state.messages)
      this.placeItem(message.message, renderKeyOf(message), () => this.createMessageItem(message));
    for (const pending of this.pendingMessages.values()) {
      this.placeItem(pending.id, `sending/${pending.error}`, () => this.createPendingItem(pending));
    }
    const isEmpty = shownIds.size === 0;
    this.empty.hidden = !isEmpty;
    if (isEmpty)
      this.translator.setText(
        this.empty,
        this.state.closedReason || this.state.note ? "chat.empty_replay" : "chat.empty",
      );
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  }

  /** Add the item of a message to the list, or replace it if it looks different now. */
  private placeItem(id: string, renderKey: string, createItem: () => HTMLLIElement): void {
    const existing = this.items.get(id);
    if (existing?.renderKey === renderKey) return;
    const item = createItem();
    if (existing) existing.item.replaceWith(item);
    else this.list.append(item);
    this.items.set(id, { item, renderKey });
  }

  private createMessageItem(message: ChatMessage): HTMLLIElement {
    const item = h("li", { class: message.isOwn ? "message mine" : "message" });
    const who = h("span", { class: "who" });
    if (message.isOwn) this.translator.setText(who, "chat.you");
    else who.textContent = message.name;
    const { at } = message;
    const time =
      at === null
        ? null
        : this.translator.setText(h("time"), "chat.when", { time: () => this.translator.formatTime(at) });
    item.append(h("p", { class: "meta" }, who, time), h("p", { class: "text" }, message.text));
    if (message.waits) {
      item.classList.add("waits");
      const key: MessageKey = this.state.mode === "answer_later" ? "chat.to_team" : "chat.waits";
      item.append(this.translator.setText(h("p", { class: "state" }), key));
    }
    return item;
  }

  private createPendingItem(pending: PendingMessage): HTMLLIElement {
    const item = h("li", { class: "message mine waits" });
    item.append(
      h("p", { class: "meta" }, this.translator.setText(h("span", { class: "who" }), "chat.you")),
      h("p", { class: "text" }, pending.text),
    );
    if (!pending.error) item.append(this.translator.setText(h("p", { class: "state" }), "chat.sending"));
    else {
      const retryButton = h("button", { type: "button", class: "link", onclick: () => void this.send(pending) });
      const reason = this.translator.setText(h("span"), pending.error);
      item.append(h("p", { class: "state failed" }, reason, " ", this.translator.setText(retryButton, "chat.again")));
    }
    return item;
  }
}

function renderKeyOf(message: ChatMessage): string {
  return `${message.waits}/${message.name}/${message.text}`;
}

/** Return a random id; `crypto.randomUUID` exists only over HTTPS, and a hosting on a local computer has none. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
