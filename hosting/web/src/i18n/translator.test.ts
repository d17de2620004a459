// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { h } from "../lib/dom";
import { formatDuration, Translator } from "./translator";

beforeEach(() => sessionStorage.clear());

it("uses the chosen language, that of the browser, or English", () => {
  expect(new Translator(["fr-CA", "en"], sessionStorage).language).toBe("fr");
  expect(new Translator(["de", "pl"], sessionStorage).language).toBe("en");
  new Translator(["de"], sessionStorage).setLanguage("fr");
  expect(new Translator(["en"], sessionStorage).language).toBe("fr");
});

it("updates all texts when the language changes, with their placeholders", () => {
  const translator = new Translator(["en"], sessionStorage);
  const text = translator.setText(h("p"), "chat.left", { n: 12 });
  const field = translator.setAttribute(h("input"), "placeholder", "chat.placeholder");
  const own = h("p");
  translator.setText(own, "chat.send");
  translator.setPlainText(own, "Marie");
  document.body.append(text, field, own);
  expect(text.textContent).toBe("Characters left: 12");
  translator.setLanguage("fr");
  expect(text.textContent).toBe("Caractères restants\u00a0: 12");
  expect(field.getAttribute("placeholder")).toBe("Posez une question…");
  expect(own.textContent).toBe("Marie");
  expect(document.documentElement.lang).toBe("fr");
});

it("formats an instant in the zone of the reader or another", () => {
  const translator = new Translator(["en"], sessionStorage);
  const at = Date.UTC(2027, 0, 1, 19, 0);
  expect(translator.formatDateTime(at, "Europe/Paris")).toMatch(/20:00|8:00/);
  expect(translator.formatTime(at, "no/such/zone")).toBe(translator.formatTime(at));
});

it("formats durations, rounded up for a countdown", () => {
  expect([
    formatDuration(61_000),
    formatDuration(3_600_000),
    formatDuration(400, true),
    formatDuration(-5, true),
  ]).toEqual(["1:01", "1:00:00", "0:01", "0:00"]);
});

it("sets non-breaking spaces before French punctuation", () => {
  const translator = new Translator(["fr"], sessionStorage);
  expect(translator.translate("trouble.open")).toBe("Pas d’image ou de son\u202f?");
  expect(translator.translate("over.text", { title: "Un ? Deux" })).toBe("«\u00a0Un ? Deux\u00a0»");
});
