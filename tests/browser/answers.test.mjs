// What answers and ticks do beyond the table of conditions: whole variants, ends of the guide, two tabs, going back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./support/browser.mjs";
import { start } from "./support/start.mjs";

const { browser, own } = await start();

test("a variant that holds stands whole in its step, with the parts that the step itself lacks", async () => {
  for (const route of ["self-service", "assisted"]) {
    await visit(browser, `${own.at(own.guide)}?route=${route}`, async (page) => {
      const [parts, blocks] = await page.$eval("#submit-application", (step) => {
        const shown = (selector) => [...step.querySelectorAll(selector)].filter((it) => it.checkVisibility());
        return [["act", "channels", "see", "blanks"].map((slot) => shown(`[data-slot=${slot}]`).length), shown(".variant").length];
      });
      assert.deepEqual([parts, blocks], [[1, 1, 1, 1], 0], route);
    });
  }
});

test("an answer that ends the guide leaves nothing to bring, to do or to sign", async () => {
  for (const page of [own.guide, `${own.guide}checklist/`]) {
    await visit(browser, `${own.at(page)}?balance-state=frozen`, async (page) => {
      const shown = (selector) => page.$$eval(selector, (all) => all.filter((it) => it.checkVisibility()).length);
      assert.equal(await shown(".stop"), 1);
      await page.emulateMediaType("print");
      for (const selector of [".steps > li", ".phase", ".packing", ".sign"]) assert.equal(await shown(selector), 0, selector);
    });
  }
});

test("two tabs keep each other's ticks, and going back shows the answers of the address", async () => {
  const address = own.at(own.guide);
  const ticked = (page) => page.$$eval(".tick:checked", (all) => all.map((it) => it.closest("li").id));
  const tick = (page, id) => page.$eval(`#${id} .tick`, (it) => it.click());
  await visit(browser, address, async (one) => {
    const other = await one.browserContext().newPage();
    await other.goto(address, { waitUntil: "load" });
    await tick(one, "understand-rules");
    await tick(other, "confirm-reason");
    await one.reload({ waitUntil: "load" });
    assert.deepEqual(await ticked(one), ["understand-rules", "confirm-reason"]);
    await other.close();

    await one.$eval("input[name=route][value=assisted]", (it) => it.click());
    await one.$eval(".route a", (it) => it.click());
    await one.$eval("input[name=terminal-state][value=lost]", (it) => it.click());
    await one.goBack();
    const checked = await one.$$eval("input[type=radio]:checked", (all) => all.map((it) => it.name));
    assert.deepEqual(checked, [...new URL(one.url()).searchParams.keys()]);
  });
});

test("a step opened by link is shown with a word, even where nothing of its phase is for the reader", async () => {
  await visit(browser, `${own.at(own.guide)}?balance-state=frozen#submit-application`, async (page) => {
    assert.ok(await page.$eval("#submit-application > .off", (it) => it.checkVisibility() && it.innerText.length > 5));
    assert.ok(await page.$eval("#submit-application > .act", (it) => it.checkVisibility()));
  });
});

test("a device that keeps nothing still lets more than one step be ticked", async () => {
  const before = (page) => page.evaluateOnNewDocument(() => {
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await visit(browser, own.at(own.guide), { before }, async (page) => {
    for (const id of ["understand-rules", "confirm-reason"]) await page.$eval(`#${id} .tick`, (it) => it.click());
    const ticked = await page.$$eval(".tick:checked", (all) => all.map((it) => it.closest("li").id));
    assert.deepEqual(ticked, ["understand-rules", "confirm-reason"]);
  });
});
