// What holds on each page: nothing that axe finds in either theme, and nothing wider than the window, be it a phone's.

import assert from "node:assert/strict";

import { PHONE, WIDE, axe, overflow, settled } from "./harness.js";

const NARROWEST = 360;

export async function isForEveryone(client, path, person) {
  for (const width of [WIDE, PHONE]) {
    const page = await client.open(path, { width, person, reducedMotion: "reduce" }); // so that no colour is still on its way;
    await settled(page);
    assert.match(await page.title(), /Waymark$/);
    await axe(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await axe(page, ["color-contrast"]);
    assert.equal(await overflow(page), 0, `${path} is wider than ${width}`);
    if (width === PHONE) {
      await page.setViewportSize({ width: NARROWEST, height: 780 });
      assert.equal(await overflow(page), 0, `${path} is wider than ${NARROWEST}`);
    }
  }
}
