// A reader's way from a link to the signed sheet, in both browsers, on a phone of 360 by 640.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium, chromium80, visit } from "./support/browser.mjs";
import { holds } from "./support/conditions.mjs";
import { plain, print, read } from "./support/paper.mjs";
import { build, OWN } from "./support/site.mjs";
import { served } from "./support/start.mjs";

const own = await served(OWN);
const guide = own.at(own.guide);

/** The ids of the steps that are shown. Chromium 80 knows no `checkVisibility`. */
const steps = (page) => page.$$eval(".steps > li", (all) => all.filter((it) => it.getClientRects().length).map((it) => it.id));

/** Texts of all elements that match and are shown. */
const shown = (page, selector) => page.$$eval(selector, (all) => all.filter((it) => it.getClientRects().length).map((it) => it.innerText.trim()));

/** Whether all elements that match are within the window as it stands. */
const inView = (page, selector) => page.$$eval(selector, (all) => all.length > 0 && all.every((it) => {
  const { top, bottom, height } = it.getBoundingClientRect();
  return height > 0 && top >= 0 && bottom <= innerHeight;
}));

/** The numbers of the progress: all steps, those for the reader, those done. */
const progress = async (page) => (await page.$eval("#sb-progress", (it) => it.innerText)).match(/\d+/g).map(Number);

const click = (page, selector) => page.$eval(selector, (it) => it.click());

/** Ticks the step that the page names as the next one, until it names none. */
async function tickToTheEnd(page) {
  const ticked = [];
  while ((await shown(page, "#sb-next")).length) {
    const id = (await page.$eval("#sb-next", (it) => it.hash)).slice(1);
    assert.ok(!ticked.includes(id), `${id} is next once`);
    await click(page, `#${id} .tick`);
    ticked.push(id);
  }
  return ticked;
}

for (const [name, launch] of Object.entries({ "Debian's Chromium": chromium, "Chromium 80": chromium80 })) {
  test(`in ${name}`, async (t) => {
    const browser = await launch();
    try {
      await t.test("an individual whose terminal is lost goes from a link to a sheet of their own", () =>
        visit(browser, `${guide}#submit-application`, async (page) => {
          const step = "#submit-application";
          assert.ok(await inView(page, `${step} > .linked`), "what stands before the step is named");
          assert.ok(await inView(page, `${step} > .linked > .irreversible`), "the irreversible notice is in view");
          assert.match((await shown(page, `${step} > .notice`)).join(" "), /商户号注销后一般不能恢复/);
          assert.ok(await inView(page, `${step} > .linked > .caution`), "the caution is in view");

          const numbers = await shown(page, ".steps .n");
          assert.deepEqual((await progress(page))[0], 30);
          await click(page, "input[name=merchant-type][value=individual]");
          await click(page, "input[name=terminal-state][value=lost]");
          const [all, mine, done] = await progress(page);
          assert.deepEqual([all, done], [30, 0]);
          assert.ok(mine < 30, String(mine));
          assert.equal(new URL(page.url()).search, "?merchant-type=individual&terminal-state=lost");
          const left = await steps(page);
          assert.equal(left.length, mine);
          assert.ok(left.includes("report-lost-terminal") && !left.includes("return-terminal"));
          const kept = await shown(page, ".steps .n");
          assert.ok(kept.every((number) => numbers.includes(number)) && kept[kept.length - 1] === "30", "numbers stay");

          const ticked = await tickToTheEnd(page);
          const branches = await page.$$eval(".steps > .branch", (them) => them.map((it) => it.id));
          assert.deepEqual(ticked, left.filter((id) => !branches.includes(id)));
          assert.equal((await progress(page))[2], ticked.length);

          await page.reload({ waitUntil: "load" });
          assert.deepEqual(await page.$$eval(".tick:checked", (them) => them.map((it) => it.closest("li").id)), ticked);
          assert.deepEqual(await page.$$eval("input[type=radio]:checked", (them) => them.map((it) => it.value)), ["individual", "lost"]);
          assert.deepEqual(await steps(page), left);

          await Promise.all([page.waitForNavigation(), click(page, "main a[href*='checklist/']")]);
          const { pathname, search } = new URL(page.url());
          assert.deepEqual([pathname, search], [`${own.guide}checklist/`, "?merchant-type=individual&terminal-state=lost"]);

          const answers = { "merchant-type": "individual", "terminal-state": "lost" };
          const [theirs, others] = [["个人（小微商户）", "终端丢了或被偷"], ["个体工商户", "终端是自己的"]];
          const actions = await page.$$eval(".steps > li", (them) => them.map((it) => [it.dataset.when, it.querySelector("[data-slot=act]").textContent]));
          const forThem = actions.filter(([when]) => holds(when, answers) !== "no").map(([, action]) => action);
          const forOthers = actions.filter(([when]) => holds(when, answers) === "no").map(([, action]) => action);
          assert.equal(forThem.length, mine);
          await page.emulateMediaType("print");
          assert.deepEqual(await shown(page, ".steps > li > .act [data-slot=act]"), forThem);
          const labels = await shown(page, ".situation label");
          assert.ok(theirs.every((label) => labels.includes(label)) && others.every((label) => !labels.includes(label)), labels.join());

          // The old one prints no structure.
          if (launch === chromium80) return;
          const pages = await read(await page.pdf({ preferCSSPageSize: true }));
          const [text, items] = [pages.map((page) => page.text).join(""), pages.flatMap((page) => page.items).map((item) => item.text)];
          for (const answer of theirs) assert.ok(text.includes(plain(answer)), answer);
          for (const action of forThem) assert.ok(items.some((item) => item.includes(plain(action))), action);
          for (const other of [...others, ...forOthers]) assert.ok(!text.includes(plain(other)), other);
        }));

      await t.test("a changed step comes back un-ticked and says so, the others stay ticked", async () => {
        const other = build(OWN, { edit: (edit) => edit("content/procedures/deregistration.yaml", "expect: 柜台、门口、网店里都没有旧码", "expect: 柜台、门口、网店、车上都没有旧码") });
        await visit(browser, guide, async (page) => {
          const before = await tickToTheEnd(page);
          own.server.show(other);
          await page.reload({ waitUntil: "load" });
          own.server.show(own.folder);
          const after = await page.$$eval(".tick:checked", (them) => them.map((it) => it.closest("li").id));
          assert.deepEqual(after, before.filter((id) => id !== "remove-payment-codes"));
          assert.deepEqual(await page.$$eval(".steps > .changed", (them) => them.map((it) => it.id)), ["remove-payment-codes"]);
          const [why] = await shown(page, "#remove-payment-codes .changed-why");
          assert.match(why, /改/);
          assert.equal(await page.$eval("#sb-next", (it) => it.hash), "#remove-payment-codes");
          await click(page, "#remove-payment-codes .tick");
          assert.deepEqual(await shown(page, ".changed-why, #sb-next"), []);
        });
      });

      await t.test("clearing takes all ticks away, for good", () => visit(browser, guide, async (page) => {
        await tickToTheEnd(page);
        await click(page, "#sb-clear");
        assert.equal((await page.$$(".tick:checked")).length, 0);
        await page.reload({ waitUntil: "load" });
        assert.equal((await page.$$(".tick:checked")).length, 0);
        assert.equal(await page.evaluate(() => localStorage.length), 0);
      }));

      await t.test("an answer that ends the guide shows its text, and nothing to do", () => visit(browser, guide, async (page) => {
        assert.deepEqual(await shown(page, ".stop"), []);
        await click(page, "input[name=balance-state][value=frozen]");
        assert.match((await shown(page, ".stop"))[0], /先不要申请注销/);
        assert.deepEqual(await steps(page), []);
        assert.deepEqual(await shown(page, "#sb-next"), []);
      }));

      await t.test("a step that is not for the reader is shown to who opens a link to it, with a word", () =>
        visit(browser, `${guide}?terminal-state=lost#return-terminal`, async (page) => {
          assert.ok((await steps(page)).includes("return-terminal"));
          assert.ok(await inView(page, "#return-terminal > .off"), "it says that it is not for them");
          assert.equal((await steps(page)).includes("sign-authorisation"), true);
        }));

      await t.test("an unknown link says so", () => visit(browser, `${guide}#no-such-step`, async (page) => {
        assert.ok((await shown(page, "#sb-message"))[0]);
        assert.ok(await inView(page, "#sb-message"));
      }));

      await t.test("a link with a broken escape or a broken store does no harm", () => visit(browser, guide, async (page) => {
        await page.evaluate(() => localStorage.setItem(`stepbook:${location.pathname}`, "[broken"));
        await page.goto(`${guide}?done=&edition=#%E4%BD`, { waitUntil: "load" });
        await page.reload({ waitUntil: "load" });
        assert.equal((await steps(page)).length, 30);
        await click(page, "#understand-rules .tick");
        assert.equal((await progress(page))[2], 1);
      }));

      await t.test("ticks that another reader hands over in a link are taken, and the link forgets them", () =>
        visit(browser, `${guide}?done=understand-rules,confirm-reason,no-such-step`, async (page) => {
          assert.deepEqual(await page.$$eval(".tick:checked", (them) => them.map((it) => it.closest("li").id)), ["understand-rules", "confirm-reason"]);
          assert.equal(new URL(page.url()).search, "");
        }));

      await t.test("a sheet's code tells whether the sheet is current", async () => {
        const edition = await visit(browser, guide, (page) => page.$eval("article", (it) => it.dataset.edition));
        const say = (edition) => visit(browser, `${guide}?edition=${edition}`, async (page) => (await shown(page, "#sb-message"))[0]);
        const [current, old] = [await say(edition), await say("00000000")];
        assert.ok(current && old && current !== old);
        assert.ok(old.includes(edition));
      });

      await t.test("without a script every step and condition is there", () =>
        visit(browser, `${guide}?terminal-state=lost#submit-application`, { script: false }, async (page) => {
          assert.equal((await steps(page)).length, 30);
          assert.match((await shown(page, "#return-terminal .only"))[0], /终端是服务商的/);
          assert.deepEqual(await shown(page, "button, input"), []);
          assert.ok(await inView(page, "#submit-application > .linked > .irreversible"));
        }));
    } finally {
      await browser.close();
    }
  });
}

test("a printed guide says what its sheet says", async () => {
  const browser = await chromium();
  try {
    for (const rest of ["", "?merchant-type=individual&terminal-state=lost"]) {
      const [web, paper] = await Promise.all([guide, `${guide}checklist/`].map(async (address) => {
        const pages = await read(await print(browser, address + rest));
        return pages.map(({ lines }) => lines.map((line) => line.text));
      }));
      assert.ok(web.length > 1);
      assert.deepEqual(web, paper);
    }
  } finally {
    await browser.close();
  }
});
