/** “No picture or sound?”: what one can do oneself, and telling the team. */

import type { Words } from "../i18n/translator";
import { busy, h, isBusy } from "../lib/dom";

export interface TroubleMeans {
  words: Words;
  reload: () => void;
  lowest: (on: boolean) => void;
  isLowest: () => boolean;
  report: (text: string) => Promise<void>;
}

export class TroublePanel {
  readonly opener: HTMLButtonElement;
  readonly dialog: HTMLDialogElement;
  private readonly status = h("p", { class: "note", role: "status" });
  private readonly lower = h("button", { type: "button", class: "button" });

  constructor(private readonly means: TroubleMeans) {
    const { words } = means;
    this.opener = words.say(h("button", { type: "button", class: "link trouble-open" }), "trouble.open");
    const reload = h("button", { type: "button", class: "button" });
    reload.addEventListener("click", () => {
      means.reload();
      words.say(this.status, "trouble.reloaded");
    });
    this.lower.addEventListener("click", () => {
      means.lowest(!means.isLowest());
      this.draw();
    });
    const text = h("textarea", { id: "trouble-text", rows: 2, maxlength: 1_000 });
    const tell = h("button", { type: "submit", class: "button primary" });
    const form = h(
      "form",
      {},
      words.say(h("label", { for: "trouble-text" }), "trouble.field"),
      text,
      h("div", { class: "row" }, words.say(tell, "trouble.report")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isBusy(tell)) return;
      busy(tell, true);
      means
        .report(text.value.trim())
        .then(
          () => {
            words.say(this.status, "trouble.reported");
            text.value = "";
          },
          () => words.say(this.status, "trouble.failed"),
        )
        .finally(() => busy(tell, false));
    });
    const close = h("button", { type: "button", class: "tool close", onclick: () => this.dialog.close() }, "✕");
    words.label(close, "aria-label", "trouble.close");
    const title = words.say(h("h2", { id: "trouble-title" }), "trouble.title");
    this.dialog = h(
      "dialog",
      { class: "trouble", "aria-labelledby": "trouble-title" },
      h("div", { class: "head" }, title, close),
      words.say(h("p", { class: "text" }), "trouble.check"),
      h("div", { class: "row" }, words.say(reload, "trouble.reload"), this.lower),
      form,
      this.status,
    );
    this.opener.addEventListener("click", () => {
      words.hush(this.status);
      this.draw();
      this.dialog.showModal();
    });
  }

  private draw(): void {
    this.means.words.say(this.lower, this.means.isLowest() ? "trouble.auto" : "trouble.lower");
  }
}
