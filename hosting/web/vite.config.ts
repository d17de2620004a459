import { defineConfig } from "vitest/config";

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
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
