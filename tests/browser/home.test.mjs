// Home finds a provider by what a reader types, with the finder or without it.

import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { visit } from "./support/browser.mjs";
import { served, start } from "./support/start.mjs";

const { browser, own } = await start();

/** The names of the providers that are shown, in order. */
const shown = (page) => page.$$eval(".providers > li", (all) => all.filter((it) => it.checkVisibility()).map((it) => it.querySelector("h2").innerText));
const said = (page) => page.$eval("#sb-found", (it) => it.textContent);

/** Puts words into the field as if they were typed at once. */
const type = (page, words) => page.$eval("#sb-find", (it, words) => {
  it.value = words;
  it.dispatchEvent(new InputEvent("input"));
}, words);

/** Visits home, and has the finder fetched. */
const home = (work) => visit(browser, own.at("/"), async (page) => {
  await page.focus("#sb-find");
  await page.waitForNetworkIdle({ idleTime: 100 });
  await work(page);
});

test("pinyin, first letters, typos and aliases find a provider, the best first", async () => {
  await home(async (page) => {
    for (const [words, name] of [["yinsheng", "银盛支付"], ["yszf", "银盛支付"], ["银胜", "银盛支付"], ["lkl", "拉卡拉"], ["lakaal", "拉卡拉"], ["le shua", "乐刷"], ["le'shua", "乐刷"], ["ＬＥＳＨＵＡ", "乐刷"], ["拉卡", "拉卡拉"], ["any", "其他服务商"]]) {
      await type(page, words);
      assert.equal((await shown(page))[0], name, words);
      assert.match(await said(page), /^\d+ 家符合/, words);
    }
  });
});

test("Enter opens the best, and not while an input method is at work", async () => {
  await home(async (page) => {
    await page.keyboard.type("yszf");
    const stopped = await page.$eval("#sb-find", (it) => [{ isComposing: true }, { keyCode: 229 }].map((init) => !it.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }))));
    assert.deepEqual(stopped, [false, false]);
    assert.equal(page.url(), own.at("/"));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(page.url(), own.at("/ysepay/"));
  });
});

test("what is found stands first, and all stands in its old order when the field is empty", async () => {
  await home(async (page) => {
    const [all, words] = [await shown(page), await said(page)];
    assert.ok(all.length > 10);
    for (const typed of ["yszf", "l", "支付", "乐刷", "yszf"]) await type(page, typed);
    assert.ok((await shown(page)).length < all.length);
    await type(page, " ");
    assert.deepEqual([await shown(page), await said(page)], [all, words]);
    await page.keyboard.press("Enter");
    assert.equal(page.url(), own.at("/"));
  });
});

test("what nobody is called is said, and too many words are no fault", async () => {
  await home(async (page) => {
    for (const words of ["ййй", "й".repeat(10_000)]) {
      await type(page, words);
      assert.deepEqual(await shown(page), []);
      assert.match(await said(page), /^没有符合的/);
    }
  });
});

test("the finder is fetched when the field is used, and not before", async () => {
  const asked = [];
  const before = (page) => page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visit(browser, own.at("/"), { before }, async (page) => {
    const fetched = () => asked.filter((path) => /^\/(find\.json|assets\/find\.\w+\.js)$/.test(path)).length;
    assert.equal(fetched(), 0);
    for (let visits = 0; visits < 2; visits++) {
      await page.focus("#sb-find");
      await page.waitForNetworkIdle({ idleTime: 100 });
      await page.$eval("#sb-find", (it) => it.blur());
    }
    assert.equal(fetched(), 2);
  });
});

test("without the index, names, codes and aliases are found as they stand", async () => {
  const site = await served(own);
  renameSync(join(site.folder, "find.json"), join(site.folder, "find.json.away"));
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(site.at("/"), { waitUntil: "load" });
    const all = await shown(page);
    await page.focus("#sb-find");
    await page.waitForNetworkIdle({ idleTime: 100 });
    assert.deepEqual(await shown(page), all);
    for (const [words, name] of [["乐", "乐刷"], ["ysepay", "银盛支付"]]) {
      await type(page, words);
      assert.deepEqual(await shown(page), [name], words);
    }
    renameSync(join(site.folder, "find.json.away"), join(site.folder, "find.json"));
    await page.$eval("#sb-find", (it) => it.blur());
    await page.focus("#sb-find");
    await page.waitForNetworkIdle({ idleTime: 100 });
    await type(page, "yszf");
    assert.equal((await shown(page))[0], "银盛支付");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(page.url(), site.at("/ysepay/"));
  } finally {
    await context.close();
  }
});

test("without a script all providers are there, and no field that does nothing", async () => {
  const all = await visit(browser, own.at("/"), shown);
  await visit(browser, own.at("/"), { script: false }, async (page) => {
    assert.deepEqual(await shown(page), all);
    assert.equal(await page.$eval("#sb-find", (it) => it.checkVisibility()), false);
  });
});
