// No page has a fault that axe-core finds, on a phone, light and dark.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { DESK, PHONE, visit } from "./support/browser.mjs";
import { kinds } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, sites } = await start();

for (const site of sites) {
  for (const [kind, path] of Object.entries(kinds(site))) {
    for (const dark of [false, true]) {
      test(`axe finds nothing on ${kind}, ${site.language}, ${dark ? "dark" : "light"}`, async () => {
        // Wide in the light, so that both layouts are seen.
        await visit(browser, site.at(path), { dark, view: dark ? PHONE : DESK }, async (page) => {
          await page.evaluate(axe.source);
          const { violations, passes } = await page.evaluate(() => window.axe.run(document, { rules: { "target-size": { enabled: true } } }));
          assert.ok(passes.length > 10, "axe looked at the page");
          assert.deepEqual(violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.html).slice(0, 3).join(" ")}`), []);
        });
      });
    }
  }
}
