/** The texts of the pages in all languages, from `resources/i18n/<language>/pages.json`. */

import type en from "../../../../resources/i18n/en/pages.json";

/** The key of a message in the catalogue. */
export type MessageKey = keyof typeof en;
/** The tag of a language (ISO 639) that the pages have texts in. */
export type Language = string;

// The folders are found when the pages are built, so a new language needs no change here. A test of the repository
// holds all languages to the same keys and placeholders.
const files = import.meta.glob<Record<MessageKey, string>>("../../../../resources/i18n/*/pages.json", {
  eager: true,
  import: "default",
});

/** The messages of each language. */
export const CATALOGUES: Readonly<Record<Language, Record<MessageKey, string>>> = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.split("/").at(-2)!, texts]),
);
/** The names of the languages, each in itself. */
export const LANGUAGES: Readonly<Record<Language, string>> = Object.fromEntries(
  Object.entries(CATALOGUES).map(([tag, texts]) => [tag, texts["language.name"]]),
);
