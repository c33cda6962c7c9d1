// `stepbook serve` in a browser: what is wrong appears on the open page and goes when it is mended, and a reload keeps
// the place and the answers.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { chromium, visit } from "./support/browser.mjs";
import { BASE, workplace } from "./support/site.mjs";

const STEPS = "content/procedures/bicycle-return.yaml";
const browser = await chromium();
after(() => browser.close());

/** Serves a copy of the base site until the work is done, and hands over its address and how to edit it. */
async function serving(work) {
  const place = workplace(BASE);
  const server = await place.serve();
  try {
    await work(server.origin + BASE.guide, place.edit);
  } finally {
    await server.end();
  }
}

const overlay = (page) => page.waitForSelector(".sb-serve", { visible: true });
const gone = (page) => page.waitForSelector(".sb-serve", { hidden: true });
const inPage = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), {}, text);

test("what is wrong comes to every open page, and goes when it is mended", () => serving(async (guide, edit) => {
  await visit(browser, guide, async (page) => {
    await visit(browser, guide + "checklist/", async (other) => {
      edit(STEPS, "id: lock-bicycle\n", "id: lock-bicycle\n        acton: x\n");
      for (const shown of [page, other]) {
        const box = await overlay(shown);
        const words = await box.evaluate((it) => it.innerText);
        assert.match(words, /^1 error/);
        assert.match(words, /did you mean `action`\?/);
        assert.match(words, /content\/procedures\/bicycle-return\.yaml:\d+:\d+/);
        const { bottom, right } = await box.evaluate((it) => it.getBoundingClientRect().toJSON());
        const view = await shown.evaluate(() => ({ bottom: innerHeight, right: document.documentElement.clientWidth }));
        assert.deepEqual({ bottom: Math.round(bottom), right: Math.round(right) }, view);
        assert.equal(await shown.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "nothing is wider than the phone");
      }
      edit(STEPS, "\n        acton: x\n", "\n");
      await gone(page);
      await gone(other);
    });
  });
}));

test("what is wrong can be hidden until something else is", () => serving(async (guide, edit) => {
  await visit(browser, guide, async (page) => {
    edit(STEPS, "id: lock-bicycle\n", "id: lock-bicycle\n        acton: x\n");
    await overlay(page);
    await page.click(".sb-serve button");
    await gone(page);
    edit(STEPS, "acton: x", "acktion: x");
    await overlay(page);
  });
}));

test("a save is shown where the reader is, with the answers", () => serving(async (guide, edit) => {
  await visit(browser, guide, async (page) => {
    const choice = await page.$("input[type=radio]");
    await choice.evaluate((it) => it.click());
    await page.waitForFunction(() => location.search.length > 1);
    const before = await page.evaluate(() => {
      scrollTo(0, 300);
      return { y: Math.round(scrollY), search: location.search };
    });
    assert.ok(before.y > 100, "the page is long enough");
    await page.evaluate(() => (window.old = true));
    edit(STEPS, "title: Return", "title: Mended return");
    await page.waitForFunction(() => !window.old && document.readyState === "complete");
    await inPage(page, "Mended");
    await page.waitForFunction((y) => Math.abs(scrollY - y) < 40, {}, before.y);
    assert.equal(await page.evaluate(() => location.search), before.search);
    assert.equal(await page.$eval("input[type=radio]", (it) => it.checked), true);
  });
}));

test("a page reloads when a server is there again", async () => {
  const place = workplace(BASE);
  const first = await place.serve();
  const guide = first.origin + BASE.guide;
  const page = await browser.newPage();
  try {
    await page.goto(guide);
    await first.end();
    place.edit(STEPS, "title: Return", "title: Mended return");
    const second = await place.serve(new URL(first.origin).port);
    try {
      await inPage(page, "Mended");
    } finally {
      await second.end();
    }
  } finally {
    await page.close();
  }
});
