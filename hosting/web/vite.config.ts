import { defineConfig } from "vitest/config";

// While the pages are worked on (`npx vite`), everything else is asked of a hosting that runs beside.
const hosting = process.env["MATINEE_HOSTING"] ?? "http://127.0.0.1:8788";
const proxy = { "/api": hosting, "/m": hosting };

// The hosting serves these files with a content security policy that allows nothing inline and no other host, so
// nothing may be turned into a data: address, and no polyfill may be written into the page.
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
