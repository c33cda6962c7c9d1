// One table says which steps and cases are shown for which answers. Here the page's script is held against it, in
// `tests/suite/conditions.rs` the binary.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { chromium, chromium80, visit } from "./support/browser.mjs";
import { BASE } from "./support/site.mjs";
import { served } from "./support/start.mjs";

const table = JSON.parse(readFileSync(new URL("../cases/conditions/table.json", import.meta.url), "utf8"));
const site = await served(BASE, { over: "tests/cases/conditions" });

for (const [name, launch] of Object.entries({ "Debian's Chromium": chromium, "Chromium 80": chromium80 })) {
  const browser = await launch();
  after(() => browser.close());
  for (const path of [site.guide, `${site.guide}checklist/`]) {
    test(`steps and cases are shown as the table says, on ${path} in ${name}`, async () => {
      const ids = await visit(browser, site.at(site.guide), (page) => page.$$eval(".steps > li", (all) => all.map((it) => it.id)));
      await visit(browser, site.at(path), async (page) => {
        // Without answers no case stands in its step: these are its own words.
        const words = await page.$$eval(".steps > li", (all) => all.map((it) => [...it.querySelectorAll(".variant")].map((variant) => variant.innerText)));
        assert.ok(table.length > 10 && words.flat().length > 2);
        for (const { query, hidden, chosen } of table) {
          await page.goto(site.at(`${path}?${query}`), { waitUntil: "load" });
          const steps = await page.$$eval(".steps > li", (all) => all.map((it) => ({
            shown: it.getClientRects().length > 0,
            chosen: [...it.querySelectorAll(".variant")].findIndex((variant) => variant.matches(".chosen")),
            action: [...it.querySelectorAll("[data-slot=act]")].filter((act) => act.getClientRects().length).map((act) => act.innerText)[0],
          })));
          assert.deepEqual(ids.filter((_, index) => !steps[index].shown), hidden, query);
          const stands = steps.map(({ shown, chosen }, index) => [ids[index], shown ? chosen : -1]).filter(([, number]) => number >= 0);
          assert.deepEqual(Object.fromEntries(stands), chosen, query);
          for (const [id, number] of stands) {
            const index = ids.indexOf(id);
            assert.ok(words[index][number].includes(steps[index].action), `${query}: ${steps[index].action}`);
          }
        }
      });
    });
  }
}
