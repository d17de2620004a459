/**
 * The end page: thanks, a link to the replay if there is one, all offers, and the chat.
 *
 * For a short time attendees can still send the message that they were writing. After that the chat is closed for
 * them, but replies by the team still appear for a while.
 */

import type { Translator } from "../i18n/translator";
import { h } from "../lib/dom";
import { MESSAGE_GRACE_MS, REPLY_GRACE_MS } from "../live/generated";
import type { RoomState } from "../live/room_state";
import type { ChatPanel } from "../panels/chat";
import type { OffersPanel } from "../panels/offers";
import { createMessagePage } from "./message_page";

/** What an end page needs from the application. */
export interface EndPageOptions {
  translator: Translator;
  chat: ChatPanel;
  offers: OffersPanel;
  now: () => number;
  watchReplay?: () => void;
  /** Called when no more replies will come, so that the event stream can be closed. */
  onRepliesOver: () => void;
}

/** The page that follows the room when the event is over. */
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

  /** Show a newer state of the room. */
  update(state: RoomState): void {
    this.state = state;
    const { offers, clicked, answered, messages, chatMode } = state;
    this.options.offers.show({ open: [], soFar: offers, clicked, answered });
    const isOpen = chatMode !== "none" && this.computeTimeSinceEnd() < MESSAGE_GRACE_MS;
    const closedNote = this.computeTimeSinceEnd() < REPLY_GRACE_MS ? "chat.replies" : "chat.closed";
    this.chatSection.hidden = !isOpen && messages.length === 0;
    this.options.chat.show({
      messages,
      mode: chatMode,
      closedReason: isOpen ? null : chatMode === "moderated" ? closedNote : "chat.closed",
      ...(isOpen && { note: "chat.last" as const }),
    });
  }

  /** Stop the timer. */
  close(): void {
    clearInterval(this.timer);
  }

  /** Return the time since the end of the event in milliseconds. */
  private computeTimeSinceEnd(): number {
    const overCue = this.state.cues.findLast((cue) => cue.type === "stage" && cue.phase === "over");
    return overCue ? this.options.now() - overCue.at : Infinity;
  }

  private tick(): void {
    this.update(this.state);
    if (this.computeTimeSinceEnd() < REPLY_GRACE_MS) return;
    this.close();
    this.options.onRepliesOver();
  }
}
