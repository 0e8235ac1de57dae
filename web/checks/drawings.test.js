// The drawings of a roadmap, asked for over HTTP and read by the programs that they are for.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { Resvg } from "@resvg/resvg-js";

import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";

const mermaid = fileURLToPath(new URL("node_modules/mermaid/dist/mermaid.min.js", import.meta.url));
const folder = process.env.WAYMARK_DRAWINGS ?? tmpdir();

const QUERY = `query Drawings($input: RoadmapInput!) {
  roadmap(input: $input) {
    mermaid: export(format: MERMAID)
    dot: export(format: DOT)
    svg: export(format: SVG)
    milestones { title steps { step { topic { title } level } needs { position } } }
  }
}`;

const catalogues = {
  "the embedded catalogue": { input: { to: "backend-architect" } },
  "a catalogue full of markup": {
    catalog: fileURLToPath(new URL("../../tests/fixtures/nasty.yaml", import.meta.url)),
    input: { to: "writer", finishBy: "2026-01-20", startOn: "2026-01-05" },
  },
};

for (const [name, { catalog, input }] of Object.entries(catalogues)) {
  describe(`Drawings of ${name}`, () => {
    let server, browser, roadmap, steps, needs;

    before(async () => {
      server = await startServer(catalog);
      const response = await fetch(`${server.origin}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: QUERY, variables: { input } }),
      });
      const answer = await response.json();
      assert.equal(answer.errors, undefined);
      roadmap = answer.data.roadmap;
      steps = roadmap.milestones.flatMap((milestone) => milestone.steps);
      needs = steps.reduce((sum, step) => sum + step.needs.length, 0);
      browser = await launchBrowser();
    });

    after(async () => {
      await browser?.close();
      await server?.stop();
    });

    test("mermaid draws every step and every arrow", async () => {
      const page = await browser.newPage();
      const failures = [];
      page.on("pageerror", (error) => failures.push(String(error)));
      await page.setContent("<!doctype html><meta charset=utf-8><body></body>");
      await page.addScriptTag({ path: mermaid });
      const drawn = await page.evaluate(async (text) => {
        window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxEdges: 5000, maxTextSize: 1e6 });
        const { svg } = await window.mermaid.render("drawing", text);
        document.body.innerHTML = svg;
        const count = (selector) => document.querySelectorAll(selector).length;
        const labels = [...document.querySelectorAll(".node")].map((node) => node.textContent);
        return { nodes: count(".node"), clusters: count(".cluster"), edges: count("path.flowchart-link"), labels };
      }, roadmap.mermaid);
      assert.deepEqual(failures, []);
      assert.equal(drawn.nodes, steps.length);
      assert.equal(drawn.clusters, roadmap.milestones.length);
      assert.equal(drawn.edges, needs);
      const squeezed = (text) => text.replace(/[\s\p{Cc}\u200b]+/gu, "");
      for (const { step } of steps) {
        const title = squeezed(`${step.topic.title}${step.level.toLowerCase()}`);
        assert.ok(drawn.labels.some((label) => squeezed(label).startsWith(title)), title);
      }
    });

    test("Graphviz lays out every step and every edge", async () => {
      const graphviz = await Graphviz.load();
      const graph = JSON.parse(graphviz.layout(roadmap.dot, "json", "dot"));
      const nodes = graph.objects.filter((object) => !object.name.startsWith("cluster"));
      assert.equal(nodes.length, steps.length);
      assert.equal(graph.objects.length - nodes.length, roadmap.milestones.length);
      assert.equal(graph.edges?.length ?? 0, needs);
    });

    test("a rasteriser paints the drawing", async () => {
      const image = new Resvg(roadmap.svg, { font: { loadSystemFonts: true } }).render();
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(roadmap.svg);
      assert.deepEqual([image.width, image.height], [Number(width), Number(height)]);
      const { pixels } = image; // a copy each time that it is asked for
      const colours = new Set();
      for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.readUInt32LE(at));
      assert.ok(colours.size > 10, `${colours.size} colours`);
      await writeFile(join(folder, `waymark-${catalog ? "nasty" : "embedded"}.png`), image.asPng());
    });

    test("a dark page gets a dark drawing", async () => {
      const backgrounds = [];
      for (const colorScheme of ["light", "dark"]) {
        const page = await browser.newPage({ colorScheme });
        await page.setContent(roadmap.svg);
        backgrounds.push(await page.locator(".page").evaluate((node) => getComputedStyle(node).fill));
      }
      assert.deepEqual(backgrounds, ["rgb(255, 255, 255)", "rgb(18, 22, 31)"]);
    });
  });
}
