/**
 * The end page: thanks, the replay if there is one, the offers once more, and the chat as long as somebody may speak.
 * What was being said at the end may still be sent; after that the team's replies are still seen to come in.
 */

import type { Words } from "../i18n/translator";
import { h } from "../lib/dom";
import type { RoomState } from "../live/room_state";
import type { Chat } from "../panels/chat";
import type { Offers } from "../panels/offers";
import { notice } from "./message_page";

/** Messages in flight are taken so long after the end … */
export const MESSAGES_MS = 30_000;
/** … and the team's replies so long. */
export const REPLIES_MS = 15 * 60_000;

export interface EndMeans {
  words: Words;
  chat: Chat;
  offers: Offers;
  now: () => number;
  replay?: () => void;
  /** Nothing more will come: the stream may be closed. */
  onQuiet: () => void;
}

export class EndPage {
  readonly element: HTMLElement;
  private readonly talk: HTMLElement;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private state: RoomState,
    private readonly means: EndMeans,
  ) {
    const { words, chat, offers, replay } = means;
    const below = h("div", { class: "end" });
    if (state.offers.length) {
      below.append(h("section", { class: "end-offers" }, words.say(h("h2"), "over.offers"), offers.panel));
    }
    this.talk = h("section", { class: "end-chat" }, words.say(h("h2"), "tab.chat"), chat.element);
    below.append(this.talk);
    this.element = notice(words, {
      title: "over.title",
      text: "over.text",
      facts: { title: state.snapshot.title },
      ...(replay ? { action: { key: "over.replay" as const, run: replay } } : { note: "over.close" as const }),
      below,
    });
    this.tell(state);
    offers.unfoldBegun();
    this.timer = setInterval(() => this.tick(), 500);
  }

  tell(state: RoomState): void {
    this.state = state;
    const { offers, clicked, answered, messages, chat } = state;
    this.means.offers.show({ open: [], soFar: offers, clicked, answered });
    const open = chat !== "none" && this.since() < MESSAGES_MS;
    const closed = this.since() < REPLIES_MS ? "chat.replies" : "chat.closed";
    this.talk.hidden = !open && messages.length === 0;
    this.means.chat.show({
      messages,
      mode: chat,
      closed: open ? null : chat === "moderated" ? closed : "chat.closed",
      ...(open && { note: "chat.last" as const }),
    });
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** How long it has been over. */
  private since(): number {
    const over = this.state.cues.findLast((cue) => cue.type === "stage" && cue.phase === "over");
    return over ? this.means.now() - over.at : Infinity;
  }

  private tick(): void {
    this.tell(this.state);
    if (this.since() < REPLIES_MS) return;
    this.close();
    this.means.onQuiet();
  }
}
