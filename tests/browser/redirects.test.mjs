// An old address leads to where its page is now, with script and without, from any folder.

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { after, test } from "node:test";
import { chromium, chromium80, visit } from "./support/browser.mjs";
import { BASE, build, serve } from "./support/site.mjs";

const browsers = { "Chromium": await chromium(), "Chromium 80": await chromium80() };
const folder = build(BASE, { over: "tests/cases/moved" });
const root = await serve(folder);
// The same site in a folder of a host.
const below = await serve(dirname(folder));
after(async () => {
  root.close();
  below.close();
  for (const browser of Object.values(browsers)) await browser.close();
});
const places = { "the root of a host": root.origin, "a folder": `${below.origin}/public` };

/** Waits until the page is one of another path, and gives its address below the site's base. */
async function arrive(page, place, from) {
  for (let wait = 0; wait < 100 && page.url().split(/[?#]/)[0] === place + from.split(/[?#]/)[0]; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // The driver of Chromium 80 leaves the fragment out of `page.url()`.
  const here = await page.evaluate(() => location.href);
  return here.slice(place.length);
}

const ANSWERS = "?contract=company&done=lock-bicycle";
const STEP = "#hand-in-key";

const MOVES = {
  "/returning/": "/velo/bicycle-return/",
  "/help/return.html": "/velo/bicycle-return/",
  "/rental/bicycle-return/checklist/": "/velo/bicycle-return/checklist/",
  "/rental/": "/velo/",
  "/rental/pack/": "/velo/pack/",
};

for (const [name, browser] of Object.entries(browsers)) {
  for (const [where, place] of Object.entries(places)) {
    test(`with script, answers and step are kept, in ${name} at ${where}`, async () => {
      for (const [from, to] of Object.entries(MOVES)) {
        await visit(browser, place + from + ANSWERS + STEP, async (page) => {
          const arrived = await arrive(page, place, from);
          assert.ok(arrived.startsWith(`${to}?contract=company`) && arrived.endsWith(STEP), arrived);
          // A guide takes `done` out of its address once it has ticked the steps: this is what it was asked with.
          const [asked] = await page.evaluate(() => performance.getEntriesByType("navigation").map((it) => it.name));
          assert.equal(asked.split("#")[0], place + to + ANSWERS);
        });
      }
    });

    test(`without script, the page leads on by itself, in ${name} at ${where}`, async () => {
      for (const [from, to] of Object.entries(MOVES)) {
        await visit(browser, place + from, { script: false }, async (page) => {
          assert.equal(await arrive(page, place, from), to);
        });
      }
    });
  }

  test(`going back from the new address does not lead forward again, in ${name}`, async () => {
    await visit(browser, `${root.origin}/velo/`, async (page) => {
      await page.goto(`${root.origin}/returning/`);
      assert.equal(await arrive(page, root.origin, "/returning/"), "/velo/bicycle-return/");
      await page.goBack();
      assert.equal(page.url(), `${root.origin}/velo/`);
    });
  });
}

test("where nothing leads on, a link in words does", async () => {
  // The script does not come, and with scripts on there is no refresh.
  const before = async (page) => {
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      if (request.url().includes("/redirect.")) request.respond({ status: 200, contentType: "text/javascript", body: "" });
      else request.continue();
    });
  };
  await visit(browsers.Chromium, `${root.origin}/returning/`, { before }, async (page) => {
    assert.equal(page.url(), `${root.origin}/returning/`);
    assert.match(await page.$eval("main", (main) => main.innerText), /^Moved: Velo: Return a rented bicycle\n+This page has a new address/);
    await Promise.all([page.waitForNavigation(), page.click("main a")]);
    assert.equal(page.url(), `${root.origin}/velo/bicycle-return/`);
  });
});
