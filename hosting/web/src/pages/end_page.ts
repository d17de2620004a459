/**
 * The end page: thanks, the replay if there is one, the offers once more, and the chat as long as somebody may speak.
 * What was being said at the end may still be sent; after that the team's replies are still seen to come in.
 */

import type { Translator } from "../i18n/translator";
import { h } from "../lib/dom";
import type { RoomState } from "../live/room_state";
import type { ChatPanel } from "../panels/chat";
import type { OffersPanel } from "../panels/offers";
import { createMessagePage } from "./message_page";

/** Messages in flight are taken so long after the end … */
export const LAST_MESSAGES_MS = 30_000;
/** … and the team's replies so long. */
export const REPLIES_MS = 15 * 60_000;

export interface EndPageOptions {
  translator: Translator;
  chat: ChatPanel;
  offers: OffersPanel;
  now: () => number;
  watchReplay?: () => void;
  /** Nothing more will come: the stream may be closed. */
  onRepliesOver: () => void;
}

export class EndPage {
  readonly element: HTMLElement;
  private readonly chatSection: HTMLElement;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private state: RoomState,
    private readonly options: EndPageOptions,
  ) {
    const { translator, chat, offers, watchReplay } = options;
    const below = h("div", { class: "end" });
    if (state.offers.length) {
      below.append(h("section", { class: "end-offers" }, translator.setText(h("h2"), "over.offers"), offers.panel));
    }
    this.chatSection = h("section", { class: "end-chat" }, translator.setText(h("h2"), "tab.chat"), chat.element);
    below.append(this.chatSection);
    this.element = createMessagePage(translator, {
      title: "over.title",
      text: "over.text",
      params: { title: state.snapshot.title },
      ...(watchReplay
        ? { action: { key: "over.replay" as const, run: watchReplay } }
        : { note: "over.close" as const }),
      below,
    });
    this.update(state);
    offers.expandStarted();
    this.timer = setInterval(() => this.tick(), 500);
  }

  update(state: RoomState): void {
    this.state = state;
    const { offers, clicked, answered, messages, chatMode } = state;
    this.options.offers.show({ open: [], soFar: offers, clicked, answered });
    const isOpen = chatMode !== "none" && this.computeTimeSinceEnd() < LAST_MESSAGES_MS;
    const closedNote = this.computeTimeSinceEnd() < REPLIES_MS ? "chat.replies" : "chat.closed";
    this.chatSection.hidden = !isOpen && messages.length === 0;
    this.options.chat.show({
      messages,
      mode: chatMode,
      closedReason: isOpen ? null : chatMode === "moderated" ? closedNote : "chat.closed",
      ...(isOpen && { note: "chat.last" as const }),
    });
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** How long it has been over. */
  private computeTimeSinceEnd(): number {
    const overCue = this.state.cues.findLast((cue) => cue.type === "stage" && cue.phase === "over");
    return overCue ? this.options.now() - overCue.at : Infinity;
  }

  private tick(): void {
    this.update(this.state);
    if (this.computeTimeSinceEnd() < REPLIES_MS) return;
    this.close();
    this.options.onRepliesOver();
  }
}
