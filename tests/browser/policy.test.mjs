// Pages run under `default-src 'none'` with what is their own. Every visit of every test fails on a breach of it;
// here every page is read for what such a policy forbids, whether or not it is reached.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./support/browser.mjs";
import { kinds, pages } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, sites } = await start();

for (const site of sites) {
  test(`no page has an inline script, style or handler, ${site.language}`, async () => {
    const faults = await visit(browser, site.at("/"), (page) => page.evaluate(async (paths) => {
      const faults = [];
      for (const path of paths) {
        const parsed = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
        for (const element of parsed.querySelectorAll("*")) {
          // A block of data is no script: nothing runs it.
          const data = element.type === "application/ld+json";
          const inline = element.matches("style, [style], script:not([src])") && !data;
          if (inline || [...element.attributes].some(({ name }) => name.startsWith("on"))) faults.push(`${path}: ${element.outerHTML.slice(0, 80)}`);
        }
      }
      return faults;
    }, pages(site.folder)));
    assert.deepEqual(faults, []);
  });

  test(`no page asks another origin or breaks the policy, ${site.language}`, async () => {
    for (const path of Object.values(kinds(site))) await visit(browser, site.at(path), async () => {});
  });
}
