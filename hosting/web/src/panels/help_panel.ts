/** The dialog “No picture or sound?”: what attendees can do themselves, and a report to the team. */

import type { Translator } from "../i18n/translator";
import { h, isBusy, setBusy } from "../lib/dom";
import { MAX_LENGTHS } from "../live/generated";

/** What the help panel needs from the room page. */
export interface HelpPanelOptions {
  translator: Translator;
  reload: () => void;
  setLowestQuality: (isLowest: boolean) => void;
  isLowestQuality: () => boolean;
  sendReport: (text: string) => Promise<void>;
}

/** The help dialog and the button that opens it. */
export class HelpPanel {
  readonly openButton: HTMLButtonElement;
  readonly dialog: HTMLDialogElement;
  private readonly status = h("p", { class: "note", role: "status" });
  private readonly qualityButton = h("button", { type: "button", class: "button" });

  constructor(private readonly options: HelpPanelOptions) {
    const { translator } = options;
    this.openButton = translator.setText(h("button", { type: "button", class: "link trouble-open" }), "trouble.open");
    const reloadButton = h("button", { type: "button", class: "button" });
    reloadButton.addEventListener("click", () => {
      options.reload();
      translator.setText(this.status, "trouble.reloaded");
    });
    this.qualityButton.addEventListener("click", () => {
      options.setLowestQuality(!options.isLowestQuality());
      this.updateQualityButton();
    });
    const text = h("textarea", { id: "trouble-text", rows: 2, maxlength: MAX_LENGTHS.TroubleReport.text });
    const reportButton = h("button", { type: "submit", class: "button primary" });
    const form = h(
      "form",
      {},
      translator.setText(h("label", { for: "trouble-text" }), "trouble.field"),
      text,
      h("div", { class: "row" }, translator.setText(reportButton, "trouble.report")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isBusy(reportButton)) return;
      setBusy(reportButton, true);
      options
        .sendReport(text.value.trim())
        .then(
          () => {
            translator.setText(this.status, "trouble.reported");
            text.value = "";
          },
          () => translator.setText(this.status, "trouble.failed"),
        )
        .finally(() => setBusy(reportButton, false));
    });
    const closeButton = h("button", { type: "button", class: "tool close", onclick: () => this.dialog.close() }, "✕");
    translator.setAttribute(closeButton, "aria-label", "trouble.close");
    const title = translator.setText(h("h2", { id: "trouble-title" }), "trouble.title");
    this.dialog = h(
      "dialog",
      { class: "trouble", "aria-labelledby": "trouble-title" },
      h("div", { class: "head" }, title, closeButton),
      translator.setText(h("p", { class: "text" }), "trouble.check"),
      h("div", { class: "row" }, translator.setText(reloadButton, "trouble.reload"), this.qualityButton),
      form,
      this.status,
    );
    this.openButton.addEventListener("click", () => {
      translator.setPlainText(this.status);
      this.updateQualityButton();
      this.dialog.showModal();
    });
  }

  private updateQualityButton(): void {
    this.options.translator.setText(
      this.qualityButton,
      this.options.isLowestQuality() ? "trouble.auto" : "trouble.lower",
    );
  }
}
