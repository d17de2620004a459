import { defineConfig } from "vitest/config";

// The development server (`npx vite`) passes requests for the API and for media on to a hosting that runs locally.
const hosting = process.env["MATINEE_HOSTING"] ?? "http://127.0.0.1:8788";
const proxy = { "/api": hosting, "/m": hosting };

// The hosting serves the pages with a content security policy that allows neither inline code nor other hosts. So
// assets must not become data: URLs, and Vite must not write its module-preload polyfill into the page.
export default defineConfig({
  base: "/",
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
