// Pages run under `default-src 'none'` with what is their own. Every visit of every test fails on a breach of it;
// here every page is read for what such a policy forbids, whether or not it is reached.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { visit } from "./support/browser.mjs";
import { files, kinds } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, sites } = await start();

for (const site of sites) {
  test(`no page has an inline script, style or handler, ${site.language}`, async () => {
    const faults = [];
    await visit(browser, site.at("/"), async (page) => {
      for (const path of files(site.folder).filter((path) => path.endsWith(".html"))) {
        const found = await page.evaluate((html) => {
          const elements = new DOMParser().parseFromString(html, "text/html").querySelectorAll("*");
          // A block of data is no script: nothing runs it.
          const inline = (it) => it.matches("style, [style], script:not([src])") && it.type !== "application/ld+json";
          const handler = (it) => [...it.attributes].some(({ name }) => name.startsWith("on"));
          return [...elements].filter((it) => inline(it) || handler(it)).map((it) => it.outerHTML.slice(0, 80));
        }, readFileSync(join(site.folder, path), "utf8"));
        faults.push(...found.map((html) => `${path}: ${html}`));
      }
    });
    assert.deepEqual(faults, []);
  });

  test(`no page asks another origin or breaks the policy, ${site.language}`, async () => {
    for (const path of Object.values(kinds(site))) await visit(browser, site.at(path), async () => {});
  });
}
