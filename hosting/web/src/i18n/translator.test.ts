// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { h } from "../lib/dom";
import { span, Words } from "./translator";

beforeEach(() => sessionStorage.clear());

it("speaks the browser's language, the one that was chosen, or English", () => {
  expect(new Words(["fr-CA", "en"], sessionStorage).language).toBe("fr");
  expect(new Words(["de", "pl"], sessionStorage).language).toBe("en");
  new Words(["de"], sessionStorage).choose("fr");
  expect(new Words(["en"], sessionStorage).language).toBe("fr");
});

it("relabels what stands in the page, facts and all", () => {
  const words = new Words(["en"], sessionStorage);
  const text = words.say(h("p"), "chat.left", { n: 12 });
  const field = words.label(h("input"), "placeholder", "chat.placeholder");
  const own = h("p");
  words.say(own, "chat.send");
  words.hush(own, "Marie");
  document.body.append(text, field, own);
  expect(text.textContent).toBe("12 characters left");
  words.choose("fr");
  expect(text.textContent).toBe("encore 12 caractères");
  expect(field.getAttribute("placeholder")).toBe("Une question à l’équipe…");
  expect(own.textContent).toBe("Marie");
  expect(document.documentElement.lang).toBe("fr");
});

it("tells an instant in the reader's zone or the event's", () => {
  const words = new Words(["en"], sessionStorage);
  const at = Date.UTC(2027, 0, 1, 19, 0);
  expect(words.date(at, "Europe/Paris")).toMatch(/20:00|8:00/);
  expect(words.time(at, "no/such/zone")).toBe(words.time(at));
});

it("counts down to the second", () => {
  expect([span(61_000), span(3_600_000), span(400, true), span(-5, true)]).toEqual(["1:01", "1:00:00", "0:01", "0:00"]);
});

it("lets no French line break before a double mark", () => {
  const words = new Words(["fr"], sessionStorage);
  expect(words.word("trouble.open")).toBe("Pas d’image ou de son\u00a0?");
  expect(words.word("over.text", { title: "Un ? Deux" })).toBe("«\u00a0Un ? Deux\u00a0» est terminé.");
});
