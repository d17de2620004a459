import { globSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The development server (`npx vite`) passes requests for the API and for media on to a hosting that runs locally.
const hosting = process.env.MATINEE_HOSTING ?? "http://127.0.0.1:8788";
const proxy = { "/api": hosting, "/m": hosting };

// The hosting serves the pages with a content security policy that allows neither inline code nor other hosts. So
// assets must not become data: URLs, and Vite must not write its module-preload polyfill into the page.
export default defineConfig({
  base: "/",
  plugins: [insertNoscriptText()],
  build: {
    outDir: "../../resources/web",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy },
  preview: { proxy },
  test: { include: ["src/**/*.test.ts"] },
});

/** Write the text for browsers without JavaScript into the page, in all languages: nothing can choose one there. */
function insertNoscriptText(): Plugin {
  const catalogues = globSync("../../resources/i18n/*/pages.json", { cwd: import.meta.dirname }).sort();
  const texts = catalogues.map((path) => {
    const catalogue = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf-8")) as Record<string, string>;
    return catalogue.noscript!;
  });
  return {
    name: "insert-noscript-text",
    transformIndexHtml: (html) => html.replace("%noscript%", texts.join(" · ")),
  };
}
