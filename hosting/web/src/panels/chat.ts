/** The chat: what was said, and a field to say something. Messages enter the page as text, never as markup. */

import { sentenceOf } from "../i18n/error_messages";
import type { Key, Words } from "../i18n/translator";
import { h } from "../lib/dom";
import { Refused, type RoomApi } from "../live/api";
import type { ChatMode } from "../live/protocol";
import type { Message } from "../live/room_state";
import { lengthOf, LONGEST, Pace } from "./chat_limits";

/** From here on the field tells how much is left. */
const TELL_LEFT = 150;

interface Sending {
  id: string;
  text: string;
  error: Key | null;
}

export interface ChatState {
  messages: readonly Message[];
  mode: ChatMode;
  /** Whether anybody may write now; where not, why. */
  closed: Key | null;
  /** Said under the messages instead of what the mode says. */
  note?: Key;
}

export class Chat {
  readonly element: HTMLElement;
  /** Messages that came while the list was not looked at. */
  onUnread: (count: number) => void = () => undefined;
  private readonly list = h("ol", { class: "messages" });
  private readonly empty = h("p", { class: "empty" });
  private readonly field = h("textarea", { rows: 1, enterkeyhint: "send" });
  private readonly button = h("button", { type: "submit", class: "send" });
  private readonly note = h("p", { class: "note", id: "chat-note" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly form: HTMLFormElement;
  private readonly items = new Map<string, { item: HTMLLIElement; drawn: string }>();
  private readonly sending = new Map<string, Sending>();
  private readonly pace = new Pace();
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private state: ChatState = { messages: [], mode: "none", closed: "chat.none" };

  constructor(
    private readonly words: Words,
    private readonly api: Pick<RoomApi, "say">,
    private readonly newId: () => string = randomId,
  ) {
    const log = h("div", { class: "scroll", role: "log", "aria-live": "polite", tabindex: 0 }, this.empty, this.list);
    words.label(log, "aria-label", "tab.chat");
    words.label(this.field, "placeholder", "chat.placeholder");
    words.label(this.field, "aria-label", "chat.field");
    this.field.setAttribute("aria-describedby", "chat-note");
    this.button.append(words.say(h("span"), "chat.send"));
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
    this.field.addEventListener("input", () => this.typed());
    const foot = h("div", { class: "foot" }, this.problem, this.form, this.note);
    this.element = h("div", { class: "chat" }, log, foot);
  }

  show(state: ChatState): void {
    const before = this.state.messages.length;
    this.state = state;
    for (const message of state.messages) this.sending.delete(message.message);
    this.form.hidden = state.closed !== null;
    const moderated: Key = state.mode === "answer_later" ? "chat.answer_later" : "chat.moderated";
    this.words.say(this.note, state.note ?? state.closed ?? moderated);
    this.draw();
    const fresh = state.messages.slice(before).filter((message) => !message.mine).length;
    if (fresh > 0 && before > 0) this.onUnread(fresh);
  }

  private typed(): void {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
    clearTimeout(this.waiting);
    const left = LONGEST - lengthOf(this.field.value);
    this.field.setAttribute("aria-invalid", String(left < 0));
    if (left < 0) this.words.say(this.problem, "chat.too_long", { n: -left });
    else if (left <= TELL_LEFT) this.words.say(this.problem, "chat.left", { n: left });
    else this.words.hush(this.problem);
  }

  private submit(): void {
    const text = this.field.value.trim();
    if (!text || lengthOf(text) > LONGEST) return this.field.focus();
    if (this.tooSoon()) return;
    const sending: Sending = { id: this.newId(), text, error: null };
    this.sending.set(sending.id, sending);
    this.field.value = "";
    this.typed();
    void this.send(sending);
  }

  /** Tell how long the next message has to wait, counting down; what was written stays in the field meanwhile. */
  private tooSoon(): boolean {
    clearTimeout(this.waiting);
    const wait = this.pace.wait(performance.now());
    if (wait > 0) {
      this.words.say(this.problem, "chat.wait", { n: Math.ceil(wait / 1_000) });
      this.waiting = setTimeout(() => this.tooSoon() || this.typed(), wait % 1_000 || 1_000);
    }
    return wait > 0;
  }

  /** Send, or send again: the same id, so a repeat is no second message. */
  private async send(sending: Sending): Promise<void> {
    sending.error = null;
    this.pace.sent(performance.now());
    this.draw();
    try {
      await this.api.say(sending.id, sending.text);
    } catch (error) {
      sending.error = error instanceof Refused && error.code === "room.fast" ? "chat.too_fast" : sentenceOf(error);
      this.draw();
    }
  }

  private draw(): void {
    const scroll = this.list.parentElement!;
    const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    const wanted = new Set([...this.state.messages.map(({ message }) => message), ...this.sending.keys()]);
    for (const [id, { item }] of this.items) {
      if (wanted.has(id)) continue;
      item.remove();
      this.items.delete(id);
    }
    for (const message of this.state.messages) this.place(message.message, signOf(message), () => this.said(message));
    for (const sending of this.sending.values()) {
      this.place(sending.id, `sending/${sending.error}`, () => this.unsent(sending));
    }
    const nothing = wanted.size === 0;
    this.empty.hidden = !nothing;
    if (nothing) this.words.say(this.empty, this.state.closed || this.state.note ? "chat.empty_replay" : "chat.empty");
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  }

  private place(id: string, sign: string, make: () => HTMLLIElement): void {
    const there = this.items.get(id);
    if (there?.drawn === sign) return;
    const item = make();
    if (there) there.item.replaceWith(item);
    else this.list.append(item);
    this.items.set(id, { item, drawn: sign });
  }

  private said(message: Message): HTMLLIElement {
    const item = h("li", { class: message.mine ? "message mine" : "message" });
    const who = h("span", { class: "who" });
    if (message.mine) this.words.say(who, "chat.you");
    else who.textContent = message.name;
    const { at } = message;
    const when = at === null ? null : this.words.say(h("time"), "chat.when", { time: () => this.words.time(at) });
    item.append(h("p", { class: "meta" }, who, when), h("p", { class: "text" }, message.text));
    if (message.waits) {
      item.classList.add("waits");
      const key: Key = this.state.mode === "answer_later" ? "chat.to_team" : "chat.waits";
      item.append(this.words.say(h("p", { class: "state" }), key));
    }
    return item;
  }

  private unsent(sending: Sending): HTMLLIElement {
    const item = h("li", { class: "message mine waits" });
    item.append(
      h("p", { class: "meta" }, this.words.say(h("span", { class: "who" }), "chat.you")),
      h("p", { class: "text" }, sending.text),
    );
    if (!sending.error) item.append(this.words.say(h("p", { class: "state" }), "chat.sending"));
    else {
      const again = h("button", { type: "button", class: "link", onclick: () => void this.send(sending) });
      const why = this.words.say(h("span"), sending.error);
      item.append(h("p", { class: "state failed" }, why, " ", this.words.say(again, "chat.again")));
    }
    return item;
  }
}

function signOf(message: Message): string {
  return `${message.waits}/${message.name}/${message.text}`;
}

/** Not `randomUUID`: browsers have that over HTTPS only, and a hosting on somebody's own computer goes without. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
