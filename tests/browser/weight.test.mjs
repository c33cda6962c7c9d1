// A guide is small, stands still while it loads, and its scripts are old enough for old phones.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { parse } from "acorn";
import { visit } from "./support/browser.mjs";
import { files, guides } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, own, sites } = await start();

const KB = 1024;

test("every guide is at most 30 KB with its styles and scripts, scripts at most 8 KB", async () => {
  for (const site of sites) {
    for (const guide of guides(site.folder)) {
      const sizes = { document: 0, stylesheet: 0, script: 0 };
      const responses = [];
      const before = (page) => page.on("response", (response) => responses.push(response));
      await visit(browser, site.at(guide), { before }, async () => {
        for (const response of responses) {
          const type = response.request().resourceType();
          if (type in sizes) sizes[type] += gzipSync(await response.buffer()).length;
        }
      });
      assert.ok(sizes.document > 0 && sizes.stylesheet > 0, guide);
      assert.ok(sizes.document + sizes.stylesheet + sizes.script <= 30 * KB, `${guide}: ${JSON.stringify(sizes)}`);
      assert.ok(sizes.script <= 8 * KB, `${guide}: ${JSON.stringify(sizes)}`);
    }
  }
});

/** How far the parts of a page moved while it loaded. */
async function shift(address) {
  return visit(browser, address, async (page) => {
    // A shift is reported a moment after it is painted.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return page.evaluate(() => new Promise((resolve) => {
      let sum = 0;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }));
      observer.observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
    }));
  });
}

for (const [name, path] of Object.entries({
  "the home page": "/",
  "a guide": own.guide,
  "a guide with answers": `${own.guide}?merchant-type=individual&terminal-state=lost`,
  "a guide opened at a step": `${own.guide}?merchant-type=individual#submit-application`,
  "a sheet": `${own.guide}checklist/`,
  "a sheet with answers": `${own.guide}checklist/?merchant-type=individual&terminal-state=lost`,
})) {
  test(`nothing moves while ${name} loads`, async () => assert.equal(await shift(own.at(path)), 0));
}

test("every script is ES2019", () => {
  let count = 0;
  for (const site of sites) {
    for (const path of files(site.folder).filter((path) => path.endsWith(".js"))) {
      parse(readFileSync(join(site.folder, path), "utf8"), { ecmaVersion: 2019, sourceType: "script" });
      count++;
    }
  }
  assert.ok(count > 0, "the sites have scripts");
});
