import { defineConfig } from "vite";

export default defineConfig({
  base: "/graphiql/",
  build: {
    // Files instead of data: URLs, so that the content security policy can be strict.
    assetsInlineLimit: 0,
    // Browsers that run this page preload modules by themselves.
    modulePreload: { polyfill: false },
    // The licences of what is bundled ask to be passed on with it.
    license: { fileName: "licenses.md" },
    // The editor is large, and there is no smaller one.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      output: {
        // Apart from the page's own files: the editor refers to the libraries by name, so that it would otherwise be
        // another file of megabytes with each change of an example.
        codeSplitting: {
          groups: [{ name: "libraries", test: /node_modules/, tags: ["$initial"] }],
        },
      },
      onLog(level, log, otherwise) {
        // "use client" is meant for servers that render; there is none here.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") otherwise(level, log);
      },
    },
  },
  worker: { format: "es" },
});
