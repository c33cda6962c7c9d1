// What Lighthouse says of the pages that readers meet, as on a slow phone.

import assert from "node:assert/strict";
import { test } from "node:test";
import lighthouse from "lighthouse";
import { kinds } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, own } = await start();
const { home, guide, checklist } = kinds(own);

async function measure(path, categories) {
  const page = await browser.newPage();
  try {
    const { lhr } = await lighthouse(own.at(path), { onlyCategories: categories, logLevel: "error" }, undefined, page);
    assert.equal(lhr.runtimeError, undefined);
    return lhr;
  } finally {
    await page.close();
  }
}

for (const [name, path] of Object.entries({ home, guide, sheet: checklist })) {
  test(`Lighthouse gives the ${name} 100 for accessibility, best practices and SEO`, async () => {
    const lhr = await measure(path, ["accessibility", "best-practices", "seo"]);
    for (const category of Object.values(lhr.categories)) {
      const failed = category.auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1);
      assert.deepEqual([category.id, category.score, failed.map(({ id }) => `${id}: ${lhr.audits[id].title}`)], [category.id, 1, []]);
    }
  });

  test(`Lighthouse gives the ${name} at least 98 for performance, as the median of 5`, async () => {
    const scores = [];
    for (let run = 0; run < 5; run++) scores.push((await measure(path, ["performance"])).categories.performance.score);
    scores.sort();
    assert.ok(scores[2] >= 0.98, `scores: ${scores}`);
  });
}
