// A site in several languages: who changes the language stays at the step, with answers and ticks.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { PHONE, chromium, chromium80, visit } from "./support/browser.mjs";
import { BASE, files } from "./support/site.mjs";
import { served } from "./support/start.mjs";

const site = await served(BASE, { over: "tests/cases/languages" });
let browser;
before(async () => { browser = await chromium(); });
after(() => browser.close());

const GUIDE = "/pedal/bicycle-return/";

/** What a reader sees of where they are. */
const place = (page) => page.evaluate(() => ({
  address: location.pathname + location.search + location.hash,
  language: document.documentElement.lang,
  ticked: Array.from(document.querySelectorAll(".tick:checked"), (it) => it.closest("li").id),
  answers: Array.from(document.querySelectorAll("input[type=radio]:checked"), (it) => it.value),
}));

/** Follows the link to a language. */
async function change(page, language) {
  await Promise.all([page.waitForNavigation(), page.click(`nav.languages a[hreflang="${language}"]`)]);
}

for (const [name, launch] of [["Chromium", chromium], ["Chromium 80", chromium80]]) {
  test(`another language keeps the step, the answers and the ticks, ${name}`, async () => {
    const own = await launch();
    try {
      await visit(own, site.at(`${GUIDE}#take-photo`), { view: PHONE }, async (page) => {
        await page.click("#lock-bicycle .tick");
        await page.evaluate(() => document.querySelector("input[value=at-shop]").click());
        const there = { ticked: ["lock-bicycle"], answers: ["at-shop"] };
        const at = `${GUIDE}?route=at-shop#take-photo`;
        assert.deepEqual(await place(page), { address: at, language: "en", ...there });
        await change(page, "zh-CN");
        assert.deepEqual(await place(page), { address: `/zh-cn${at}`, language: "zh-CN", ...there });
        // What is ticked here is ticked there, and goes back with the reader.
        await page.click("#take-photo .tick");
        there.ticked.push("take-photo");
        await change(page, "de");
        assert.deepEqual(await place(page), { address: `/de${at}`, language: "de", ...there });
        await change(page, "en");
        assert.deepEqual(await place(page), { address: at, language: "en", ...there });
      });
    } finally {
      await own.close();
    }
  });
}

test("the link follows the step that is opened later, and the sheet leads to the sheet", async () => {
  await visit(browser, site.at(GUIDE), async (page) => {
    await page.evaluate(() => { location.hash = "confirm-end"; });
    await page.waitForFunction(() => document.querySelector("nav.languages a").hash === "#confirm-end");
  });
  await visit(browser, site.at(`${GUIDE}checklist/?route=at-shop`), async (page) => {
    await change(page, "zh-CN");
    assert.equal((await place(page)).address, `/zh-cn${GUIDE}checklist/?route=at-shop`);
  });
});

test("a sheet of another language says in it that it is current", async () => {
  const edition = await visit(browser, site.at(GUIDE), (page) => page.$eval("article", (it) => it.dataset.edition));
  await visit(browser, site.at(`/zh-cn${GUIDE}?edition=${edition}`), async (page) => {
    const said = await page.$eval("#sb-message", (it) => it.textContent.trim());
    assert.equal(said, "你手里的清单是现在的版本。");
  });
});

test("a text that is not translated is announced in its language, and is seen as any other", async () => {
  await visit(browser, site.at(`/zh-cn${GUIDE}`), async (page) => {
    const languages = await page.$$eval("[data-slot=act], [data-slot=guidance]", (all) => all.map((it) => [
      it.firstElementChild && it.firstElementChild.lang, it.closest("li").id,
    ]).filter(([lang]) => lang));
    assert.deepEqual(languages, [["en", "lock-bicycle"], ["en", "dispute-fee"]]);
    assert.equal(await page.title(), "踏板单车 · 还车 - 还车指南".replace(" · ", await page.$eval("h1", (it) => it.textContent.match(/^踏板单车(.*)还车$/s)[1])));
  });
});

test("the desk and the home page find in their language, and lead to it", async () => {
  await visit(browser, site.at("/zh-cn/agent/"), async (page) => {
    await page.type("#sb-words", "fenglun suoche");
    await page.waitForSelector("#sb-hits li");
    assert.match(await page.$eval("#sb-hits li", (it) => it.textContent), /风轮单车.*锁上自行车/);
    assert.equal(await page.$eval("#sb-link", (it) => it.textContent), site.at("/zh-cn/velo/bicycle-return/#lock-bicycle"));
  });
  await visit(browser, site.at("/zh-cn/"), async (page) => {
    await page.type("#sb-find", "tabandanche");
    await page.waitForFunction(() => document.querySelectorAll(".providers > li:not([hidden])").length === 1);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(new URL(page.url()).pathname, "/zh-cn/pedal/");
  });
});

test("without scripts the link leads to the same page", async () => {
  const before = (page) => page.setJavaScriptEnabled(false);
  await visit(browser, site.at(GUIDE), { before }, async (page) => {
    await change(page, "zh-CN");
    assert.equal(new URL(page.url()).pathname, `/zh-cn${GUIDE}`);
  });
});

for (const path of ["/zh-cn/", "/zh-cn/pedal/", `/zh-cn${GUIDE}`, `/zh-cn${GUIDE}checklist/`, "/zh-cn/agent/", GUIDE]) {
  test(`axe finds nothing on ${path} of a site in three languages`, async () => {
    await visit(browser, site.at(path), { view: PHONE }, async (page) => {
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document, { rules: { "target-size": { enabled: true } } }));
      assert.deepEqual(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).slice(0, 3).join(" ")}`), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, "nothing is wider than the phone");
    });
  });
}

test("html-validate finds nothing on any page in any language", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      "tel-non-breaking": ["error", { ignoreClasses: ["tap"] }],
      "prefer-native-element": ["error", { exclude: ["listbox"] }],
    },
  });
  const faults = [];
  for (const path of files(site.folder).filter((path) => path.endsWith(".html"))) {
    const { results } = await validator.validateFile(join(site.folder, path));
    for (const { messages } of results) faults.push(...messages.map((it) => `${path}:${it.line}:${it.column} ${it.ruleId}: ${it.message}`));
  }
  assert.deepEqual(faults, []);
});
