import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Where a Waymark answers while the client is worked on: `WAYMARK=http://127.0.0.1:8000 npm run dev`. */
const server = process.env["WAYMARK"] ?? "http://127.0.0.1:8000";

/** Files smaller than this gain nothing by being compressed. */
const SMALLEST_TO_COMPRESS = 1024;

/** Puts the compressed form of each text beside it, which the server sends to browsers that take it. */
function brotli(): Plugin {
  let folder = "dist";
  return {
    name: "brotli",
    apply: "build",
    configResolved: ({ build }) => void (folder = build.outDir),
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
        const text = readFileSync(path);
        if (text.length < SMALLEST_TO_COMPRESS) continue;
        const compressed = brotliCompressSync(text, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
        });
        writeFileSync(`${path}.br`, compressed);
      }
    },
  };
}

export default defineConfig({
  plugins: [brotli()],
  build: {
    target: "es2022",
    // Files instead of data: URLs, so that the content security policy can be strict.
    assetsInlineLimit: 0,
    // Browsers that run this page preload modules by themselves.
    modulePreload: { polyfill: false },
    // The licences of what is bundled ask to be passed on with it.
    license: { fileName: "licenses.md" },
  },
  worker: { format: "es" },
  server: {
    proxy: {
      // What the session cookie is good for has to come from the server's own pages.
      "/graphql": { target: server, ws: true, changeOrigin: true, headers: { origin: server } },
      "/calendar": { target: server },
    },
  },
});
