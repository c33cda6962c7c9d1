// A guide and a sheet are used by keyboard alone, and the reader always sees where they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, visit } from "./support/browser.mjs";
import { kinds } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, own, sites } = await start();

/** Tabs on until what matches has the focus, as many times as a page has controls. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 500; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

for (const site of sites) {
  for (const [kind, path] of Object.entries(kinds(site))) {
    test(`every control of ${kind} is reached by Tab, in view and with a visible focus, ${site.language}`, async () => {
      for (const dark of [false, true]) {
        await visit(browser, site.at(path), { view: dark ? DESK : { ...PHONE, isMobile: false }, dark }, async (page) => {
          const expected = await page.$$eval("a[href], button, input", (all) => {
            const shown = all.filter((it) => it.checkVisibility() && !it.disabled);
            // Of the radio buttons of a question, Tab reaches one; the arrows reach the others.
            return shown.filter((it) => it.type !== "radio" || shown.find((other) => other.name === it.name) === it).length;
          });
          // A page that begins in a field is gone through from its start, too.
          await page.keyboard.down("Shift");
          while (await page.evaluate(() => document.activeElement !== document.body)) await page.keyboard.press("Tab");
          await page.keyboard.up("Shift");
          for (let reached = 0; reached < expected; reached++) {
            await page.keyboard.press("Tab");
            const focus = await page.evaluate(() => {
              const it = document.activeElement;
              // What is drawn in a control's stead may show its focus.
              const styles = [it, it.closest("label")].filter(Boolean).map((one) => getComputedStyle(one));
              const { top, bottom, height } = it.getBoundingClientRect();
              // Of what is tall, a part the size of a finger is enough.
              const inView = Math.min(bottom, innerHeight) - Math.max(top, 0) >= Math.min(height, 44) - 1;
              return { html: it.outerHTML.slice(0, 80), inView, outline: styles.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) };
            });
            assert.ok(!focus.html.startsWith("<body"), `${reached} of ${expected} controls are reached`);
            assert.deepEqual([focus.inView, focus.outline], [true, true], focus.html);
          }
        });
      }
    });
  }
}

test("answering, ticking and clearing work by keyboard", async () => {
  await visit(browser, own.at(own.guide), async (page) => {
    const answer = () => page.evaluate(() => new URLSearchParams(location.search).get("route"));
    await tabTo(page, "input[name=route]");
    await page.keyboard.press("Space");
    assert.equal(await answer(), "self-service");
    await page.keyboard.press("ArrowDown");
    assert.equal(await answer(), "assisted");
    await tabTo(page, ".forget");
    await page.keyboard.press("Enter");
    assert.equal(await answer(), null);

    const ticked = () => page.$$eval(".tick:checked", (all) => all.length);
    await tabTo(page, "#understand-rules .tick");
    await page.keyboard.press("Space");
    assert.equal(await ticked(), 1);
    await page.keyboard.press("Space");
    assert.equal(await ticked(), 0);
    await page.keyboard.press("Space");
    await page.keyboard.down("Shift");
    for (let presses = 0; presses < 50 && !(await page.evaluate(() => document.activeElement.matches("#sb-clear"))); presses++) await page.keyboard.press("Tab");
    await page.keyboard.up("Shift");
    await page.keyboard.press("Enter");
    assert.equal(await ticked(), 0);
  });
});

test("copying a step's link works by keyboard, is said, and leaves the focus where it was", async () => {
  const before = (page, context) => context.overridePermissions(own.server.origin, ["clipboard-read", "clipboard-write"]);
  await visit(browser, own.at(`${own.guide}?route=assisted`), { before }, async (page) => {
    await tabTo(page, "#submit-application .copy");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /已复制/.test(document.activeElement.getAttribute("aria-label")));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), own.at(`${own.guide}?route=assisted#submit-application`));
    assert.ok(await page.evaluate(() => document.activeElement.matches("#submit-application .copy")));
  });
});

test("printing begins by keyboard", async () => {
  const before = (page) => page.evaluateOnNewDocument(() => { window.print = () => { window.printed = true; }; });
  await visit(browser, own.at(kinds(own).checklist), { before }, async (page) => {
    await tabTo(page, "button.print");
    await page.keyboard.press("Enter");
    assert.ok(await page.evaluate(() => window.printed));
  });
});
