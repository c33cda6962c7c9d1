// A sheet on paper and a link in a chat, and what they open after the content has changed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium, chromium80, visit } from "./support/browser.mjs";
import { pictures, print, qr } from "./support/paper.mjs";
import { BASE, OWN, serve, workplace } from "./support/site.mjs";

let browser;
before(async () => { browser = await chromium(); });
after(() => browser.close());

/** A site to work in, with its first release, and a server for what is built of it. */
async function released(site) {
  const work = workplace(site);
  work.run("release");
  const server = await serve(work.build());
  after(() => server.close());
  let builds = 1;
  return { ...work, site, at: (path) => server.origin + path, show: () => server.show(work.build(`public-${builds++}`)) };
}

/** The text and the links of the message at the top of a guide. */
const message = (page) => page.$eval("#sb-message", (it) => ({
  text: it.innerText,
  links: Array.from(it.querySelectorAll("a"), (link) => ({ text: link.textContent, href: link.getAttribute("href") })),
}));

const opened = (address, launched = browser) => visit(launched, address, message);

const SHARED = { own: "content/procedures/deregistration.yaml", base: "content/procedures/bicycle-return.yaml" };

test("the code of a sheet printed before one step changed names exactly that step", async () => {
  const own = await released(OWN);
  const pdf = await print(browser, own.at(`${OWN.guide}checklist/`));
  const { text } = qr(pictures(pdf)[0]);
  const scanned = own.at(`/${text.slice(OWN.base.length)}`);
  assert.match((await opened(scanned)).text, /^你手里的清单是现在的版本。\s*$/);

  own.edit(SHARED.own, "action: 把余额提到结算卡", "action: 把余额全部提到结算卡");
  own.run("release");
  own.show();
  const { text: told, links } = await opened(scanned);
  assert.match(told, /不是现在的版本.*它是 2026-11-23 的版本，之后改了这几步/s);
  assert.equal(links.length, 1);
  assert.match(links[0].text, /^\d+ 把余额全部提到结算卡$/);
  assert.equal(links[0].href, "#clear-balance");

  const old = await chromium80();
  try {
    assert.deepEqual((await opened(scanned, old)).links, links, "Chromium 80 says the same");
  } finally {
    await old.close();
  }
});

test("a change beside the steps is told as such, and the next sheet is current", async () => {
  const base = await released(BASE);
  const edition = () => visit(browser, base.at(BASE.guide), (page) => page.$eval("article", (it) => it.dataset.edition));
  const first = await edition();
  base.edit(SHARED.base, "summary: Ends a rental", "summary: Ends any rental");
  base.run("release");
  base.show();
  const second = await edition();
  assert.notEqual(second, first);
  const told = await opened(base.at(`${BASE.guide}?edition=${first}`));
  assert.match(told.text, /No step changed since then/);
  assert.deepEqual(told.links, []);
  assert.match((await opened(base.at(`${BASE.guide}?edition=${second}`))).text, /current edition/);
});

test("steps that came, went and moved since are named; one that went leads to what became of it", async () => {
  const base = await released(BASE);
  const edition = await visit(browser, base.at(BASE.guide), (page) => page.$eval("article", (it) => it.dataset.edition));
  base.edit(SHARED.base, "- id: rate-ride", "- id: give-stars");
  assert.throws(() => base.build("broken"), ({ stderr }) => {
    assert.match(stderr, /error\[SB401\]: the step `rate-ride` is gone, which the edition of 2026-11-23 promised/);
    assert.ok(stderr.includes(edition) || /sheets of the edition `[0-9a-f]{8}`/.test(stderr), stderr);
    return true;
  });
  base.edit(SHARED.base, "standard: bicycle-return\n", "standard: bicycle-return\nretired:\n  - {step: rate-ride, use: give-stars, date: 2026-11-23, because: Stars are given now.}\n");
  base.run("release");
  base.show();

  const { links } = await opened(base.at(`${BASE.guide}?edition=${edition}`));
  assert.deepEqual(links.map((it) => it.href), ["#give-stars", "#rate-ride"]);
  assert.match(links[0].text, /^\d+ Rate the ride$/);

  await visit(browser, base.at(`${BASE.guide}#rate-ride`), async (page) => {
    const stone = await page.$eval("#rate-ride", (it) => {
      const { top, bottom } = it.getBoundingClientRect();
      return { text: it.innerText, seen: top >= 0 && bottom <= innerHeight, step: it.matches(".steps > li") };
    });
    assert.ok(stone.seen, "the link arrives at it");
    assert.ok(!stone.step, "it is no step any more");
    assert.match(stone.text, /2026-11-23.*Stars are given now/s);
    await page.click("#rate-ride a");
    assert.equal(await page.$eval(":target", (it) => it.id), "give-stars");
    assert.equal((await message(page)).text, "", "nothing is unknown");
  });
});

test("a sheet older than the ten editions on the page is looked up in a file, and only then", async () => {
  const base = await released(BASE);
  const first = await visit(browser, base.at(BASE.guide), (page) => page.$eval("article", (it) => it.dataset.edition));
  const seen = [first];
  let action = "Rate the ride";
  for (let version = 1; version <= 12; version++) {
    base.edit(SHARED.base, `action: ${action}\n`, `action: Rate the ride, version ${version}\n`);
    action = `Rate the ride, version ${version}`;
    base.run("release");
  }
  base.show();
  const asked = (edition) => visit(browser, base.at(`${BASE.guide}?edition=${edition}`), { before: (page) => { page.files = []; page.on("request", (it) => page.files.push(new URL(it.url()).pathname)); } }, async (page) => {
    if (edition === first) await page.waitForFunction(() => document.querySelector("#sb-message a"));
    const lines = await page.$eval("#sb-message", (it) => it.dataset.editions.split("|"));
    return { ...(await message(page)), lines, fetched: page.files.filter((it) => it.endsWith("editions.json")).length };
  });
  const old = await asked(first);
  assert.deepEqual([old.lines.length, old.fetched], [10, 1]);
  assert.deepEqual(old.links.map((it) => it.href), ["#rate-ride"]);
  seen.push(...old.lines.map((line) => line.slice(0, 8)));
  assert.equal(new Set(seen).size, 11);
  const recent = await asked(old.lines[9].slice(0, 8));
  assert.equal(recent.fetched, 0);
  assert.deepEqual(recent.links.map((it) => it.href), ["#rate-ride"]);
});

test("an edition that nobody released is said to be no current one, and nothing of it is run or shown", async () => {
  const base = await released(BASE);
  const hostile = ["<img src=x onerror=alert(1)>", "javascript:alert(1)", "__proto__", "00000000", "constructor", "../../x", "a".repeat(10_000), "%", "|", " "];
  for (const edition of hostile) {
    for (const key of ["edition", "done"]) {
      await visit(browser, base.at(`${BASE.guide}?${key}=${encodeURIComponent(edition)}`), async (page) => {
        page.on("dialog", () => assert.fail("a dialog"));
        const { text, links } = await message(page);
        assert.deepEqual(links, []);
        if (key === "edition") assert.match(text, /not the current edition/);
        else assert.equal(text, "");
        assert.equal(await page.$$eval("#sb-message *, img[src=x]", (it) => it.length), 0);
        assert.equal(await page.$$eval(".tick:checked", (it) => it.length), 0);
      });
    }
  }
});
