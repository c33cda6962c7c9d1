// The agent's desk: from a caller's words to the link of a step on the clipboard, by keyboard alone.

import assert from "node:assert/strict";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import axe from "axe-core";
import { PNG } from "pngjs";
import { DESK, PHONE, visit } from "./support/browser.mjs";
import { qr } from "./support/paper.mjs";
import { served, start } from "./support/start.mjs";

const { browser, own, base } = await start();

/** Visits a site's desk, and may use the clipboard there. */
const desk = (site, options, work) => {
  if (typeof options === "function") [options, work] = [{}, options];
  const before = async (page, context) => {
    await context.overridePermissions(site.server.origin, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
    await options.before?.(page);
  };
  return visit(browser, site.at("/agent/"), { view: DESK, ...options, before }, work);
};

const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const said = (page) => page.$eval("#sb-said", (it) => it.textContent);
const selected = (page) => page.$$eval("[role=option][aria-selected=true]", (all) => all.map((it) => it.innerText.replace(/\s+/g, " ")).join());
const listed = (page) => page.$$eval("[role=option]", (all) => all.filter((it) => it.checkVisibility()).length);
const shown = (page, selector) => page.$$eval(selector, (all) => all.filter((it) => it.checkVisibility()).length);

/** Types words, and waits for what is found. */
async function find(page, words) {
  await page.keyboard.type(words);
  await page.waitForSelector("[role=option]");
}

/** Presses Enter, with keys held, until the desk says something new. */
async function enter(page, ...held) {
  await page.$eval("#sb-said", (it) => { it.textContent = ""; });
  for (const key of held) await page.keyboard.down(key);
  await page.keyboard.press("Enter");
  for (const key of held.reverse()) await page.keyboard.up(key);
  await page.waitForFunction(() => document.querySelector("#sb-said").textContent);
}

/** Types words and copies the link of the first step that they find, whose guide then shows what it asks. */
async function choose(page, words) {
  await find(page, words);
  await enter(page);
  await page.waitForFunction(() => document.querySelector("#sb-answers input"));
}

/** Tabs on until what matches has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

test("four letters and Enter, from loading the page, put the link on the clipboard and say so", async () => {
  await desk(own, async (page) => {
    await find(page, "lkye");
    assert.equal(await selected(page), await page.$eval("#sb-chosen-title", (it) => it.textContent));
    await enter(page);
    assert.match(await said(page), /^已复制链接：拉卡拉 \d+ .*余额/);
    assert.equal(await copied(page), own.at("/lakala/deregistration/#clear-balance"));
    assert.ok(await page.evaluate(() => document.activeElement.matches("#sb-words")));
  });
});

test("arrows go through what is found, round both ends, and Enter copies the one that they stand on", async () => {
  await desk(own, async (page) => {
    await find(page, "leshua");
    const field = await page.$("#sb-words");
    const active = () => field.evaluate((it) => it.getAttribute("aria-activedescendant"));
    const count = await listed(page);
    assert.ok(count > 1);
    const seen = [];
    for (let at = 0; at < count; at++) {
      seen.push(await active());
      assert.equal(await page.$eval("[aria-selected=true]", (it) => it.id), seen[at]);
      await page.keyboard.press("ArrowDown");
    }
    assert.equal(new Set(seen).size, count);
    assert.equal(await active(), seen[0]);
    await page.keyboard.press("ArrowUp");
    assert.equal(await active(), seen.at(-1));
    await enter(page);
    assert.equal(await copied(page), await page.$eval("#sb-open", (it) => it.href));
    assert.equal(await page.$eval("#sb-chosen-title", (it) => it.textContent), (await said(page)).split("：")[1]);
  });
});

test("Escape clears the field, and from elsewhere leads back to it first", async () => {
  await desk(own, async (page) => {
    await find(page, "lkye");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    assert.deepEqual(await page.$eval("#sb-words", (it) => [it.value, it.matches(":focus"), it.selectionEnd]), ["lkye", true, 4]);
    await page.keyboard.press("Escape");
    assert.deepEqual([await page.$eval("#sb-words", (it) => it.value), await listed(page), await shown(page, "#sb-chosen")], ["", 0, 0]);
    assert.equal(await page.$eval("#sb-words", (it) => it.getAttribute("aria-expanded")), "false");
  });
});

test("what an input method is told does nothing, and what it has not ended yet is found already", async () => {
  await desk(own, async (page) => {
    const client = await page.createCDPSession();
    await client.send("Input.imeSetComposition", { text: "leshua", selectionStart: 6, selectionEnd: 6 });
    await page.waitForSelector("[role=option]");
    const before = await selected(page);
    assert.match(before, /乐刷/);
    for (const key of ["Enter", "ArrowDown", "Escape"]) {
      for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
        const stopped = await page.$eval("#sb-words", (it, all) => !it.dispatchEvent(new KeyboardEvent("keydown", { ...all, bubbles: true, cancelable: true })), { key, ...init });
        assert.equal(stopped, false, key);
      }
    }
    assert.deepEqual([await selected(page), await page.$eval("#sb-words", (it) => it.value), await page.evaluate(() => localStorage.length)], [before, "leshua", 0]);
    await client.send("Input.insertText", { text: "乐刷" });
    await enter(page);
    assert.match(await copied(page), /\/leshua\/deregistration\//);
  });
});

test("answers and steps done, set by keyboard, open the guide in exactly that state", async () => {
  await desk(own, async (page) => {
    await choose(page, "lakala tijiao");
    await tabTo(page, "#sb-done-all");
    await page.keyboard.press("Space");
    assert.match(await said(page), /链接变了/);
    // Answers in another order than the guide asks.
    await tabTo(page, "input[name=merchant-type]");
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press("ArrowDown");
    await page.keyboard.down("Shift");
    await tabTo(page, "input[name=route]");
    await page.keyboard.up("Shift");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const [route, type] = await page.$$eval("#sb-answers input:checked", (all) => all.filter((it) => it.value).map((it) => it.value));
    await enter(page);
    const link = await copied(page);
    const url = new URL(link);
    assert.deepEqual([...url.searchParams.keys()], ["route", "merchant-type", "done"]);
    assert.equal(url.hash, "#submit-application");
    assert.ok(!url.search.includes("%"), url.search);
    const guide = JSON.parse(readFileSync(join(own.folder, "lakala/deregistration/index.json"), "utf8"));
    const at = guide.steps.findIndex(({ id }) => id === "submit-application");
    const done = guide.steps.slice(0, at).filter(({ in_case: branch, shown_for: box }) => !branch && (!box?.route || box.route.includes(route))).map(({ id }) => id);
    assert.deepEqual(url.searchParams.get("done").split(","), done);

    await visit(browser, link, async (page) => {
      assert.deepEqual(await page.$$eval("input[type=radio]:checked", (all) => all.map((it) => [it.name, it.value])), [["route", route], ["merchant-type", type]]);
      assert.deepEqual(await page.$$eval(".tick:checked", (all) => all.map((it) => it.closest("li").id)), done);
      assert.equal(new URL(page.url()).hash, "#submit-application");
    });
  });
});

test("an answer is taken back, a step is ticked by itself, and the next step of the same merchant keeps them", async () => {
  await desk(own, async (page) => {
    await choose(page, "lakala tijiao");
    await page.click("#sb-answers input[value=company]");
    await page.click("#sb-answers input[value=assisted]");
    await page.click("#sb-done summary");
    await page.click("#sb-done li:nth-child(9) input");
    const link = () => page.$eval("#sb-link", (it) => new URL(it.textContent).search);
    const third = await page.$eval("#sb-done li:nth-child(9)", (it) => it.innerText.match(/\d+/)[0]);
    assert.equal(third, "9");
    assert.match(await link(), /^\?route=assisted&merchant-type=company&done=[a-z-]+$/);
    assert.equal(await page.$eval("#sb-done-all", (it) => it.indeterminate), true);
    await page.click("#sb-answers input[name=route][value='']");
    assert.match(await link(), /^\?merchant-type=company&done=[a-z-]+$/);
    await page.keyboard.press("Escape");
    await page.keyboard.type("lakala 查实");
    await page.waitForFunction(() => document.querySelector("#sb-chosen-title").textContent.includes("查实"));
    assert.match(await link(), /^\?merchant-type=company&done=/);
    await page.keyboard.press("Escape");
    await find(page, "lakala tijiao");
    assert.equal(await link(), "", "another merchant");
  });
});

test("answers that end the guide or leave the step out are said", async () => {
  await desk(own, async (page) => {
    await choose(page, "lakala guihuan");
    const warning = () => page.$$eval(".warn", (all) => all.filter((it) => it.checkVisibility()).map((it) => it.innerText).join());
    assert.equal(await warning(), "");
    await page.click("#sb-answers input[value=owned]");
    assert.match(await warning(), /^[^,]*与对方无关[^,]*$/);
    await page.focus("#sb-words");
    await enter(page);
    assert.match(await said(page), /已复制链接.*与对方无关/);
    await page.click("#sb-answers input[value=frozen]");
    assert.match(await warning(), /先不要申请注销/);
    await page.click("#sb-reset");
    assert.equal(await warning(), "");
    assert.equal(await page.$eval("#sb-link", (it) => new URL(it.textContent).search), "");
  });
});

test("the message is the site's own, or the theme's, and nothing in it is filled in twice", async () => {
  const message = "您好，{provider}的第一步：{action}。看 {url} 就好";
  const site = await served(own, {
    edit: (edit) => {
      edit("content/site.yaml", "paper: A4\n", `paper: A4\nagent_message: "${message}"\n`);
      edit("content/providers/lakala/provider.yaml", "name: 拉卡拉\n", "name: 拉{url}卡拉\n");
    },
  });
  for (const [at, text] of [[own, "拉卡拉：把余额提到结算卡。办法在这里：{}"], [site, "您好，拉{url}卡拉的第一步：把余额提到结算卡。看 {} 就好"]]) {
    await desk(at, async (page) => {
      await find(page, "lakala 余额");
      await enter(page, "Shift");
      assert.match(await said(page), /^已复制消息/);
      assert.equal(await copied(page), text.replace("{}", at.at("/lakala/deregistration/#clear-balance")));
    });
  }
});

test("Ctrl and Enter open the guide beside the desk", async () => {
  await desk(own, async (page) => {
    await find(page, "lkye");
    const opened = new Promise((resolve) => page.browserContext().once("targetcreated", resolve));
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
    assert.equal((await opened).url() || (await (await opened).page()).url(), own.at("/lakala/deregistration/#clear-balance"));
  });
});

for (const [name, options] of Object.entries({ "a phone": { view: PHONE }, "a dark desk": { view: DESK, dark: true } })) {
  test(`the QR code on ${name} is read from the screen, with all that the link says, and is as large as the screen allows`, async () => {
    await desk(own, options, async (page) => {
      await choose(page, "lakala tijiao");
      // The driver would touch what lies under the bar.
      for (const control of ["#sb-answers input[value=company]", "#sb-done-all"]) await page.$eval(control, (it) => it.click());
      await page.focus("#sb-words");
      await page.keyboard.down("Alt");
      await page.keyboard.press("Enter");
      await page.keyboard.up("Alt");
      await page.waitForSelector("dialog[open] svg");
      const link = await page.$eval("#sb-link", (it) => it.textContent);
      assert.match(link, /done=/);
      const picture = PNG.sync.read(Buffer.from(await page.screenshot()));
      assert.equal(qr(picture)?.text, link);
      const { width, height } = await page.$eval("dialog svg", (it) => it.getBoundingClientRect().toJSON());
      assert.ok(Math.abs(width - height) < 1);
      assert.ok(width >= Math.min(options.view.width * 0.85, options.view.height * 0.65), `${width} of ${options.view.width}`);
      await page.keyboard.press("Escape");
      assert.deepEqual([await shown(page, "dialog"), await page.evaluate(() => document.activeElement.id)], [0, "sb-words"]);
    });
  });
}

test("what was used is at hand when the page is opened again, until it is forgotten", async () => {
  await desk(own, async (page) => {
    for (const words of ["lkye", "leshua tijiao"]) {
      await find(page, words);
      await enter(page);
      await page.keyboard.press("Escape");
    }
    assert.equal(await listed(page), 2);
    await page.reload({ waitUntil: "load" });
    assert.equal(await selected(page), "", "nothing is copied that nobody meant");
    await page.keyboard.press("ArrowDown");
    assert.match(await selected(page), /乐刷.*提交/);
    await page.keyboard.press("ArrowDown");
    await enter(page);
    assert.equal(await copied(page), own.at("/lakala/deregistration/#clear-balance"));
    await page.keyboard.press("Escape");
    assert.match(await page.$eval("[role=option]", (it) => it.innerText), /拉卡拉/);
    await tabTo(page, "#sb-forget");
    await page.keyboard.press("Enter");
    assert.deepEqual([await listed(page), await page.evaluate(() => localStorage.length), await shown(page, "#sb-recent")], [0, 0, 0]);
    assert.match(await said(page), /已清除/);
    await page.reload({ waitUntil: "load" });
    assert.equal(await listed(page), 0);
  });
});

test("answers of a merchant are not kept on the device", async () => {
  await desk(own, async (page) => {
    await choose(page, "lakala tijiao");
    await page.click("#sb-answers input[value=company]");
    await page.focus("#sb-words");
    await enter(page);
    assert.match(await copied(page), /company/);
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /company/);
  });
});

test("a device that keeps nothing, and one that kept nonsense, do not stop the desk", async () => {
  const nothing = (page) => page.evaluateOnNewDocument(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
  });
  const full = (page) => page.evaluateOnNewDocument(() => {
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  const kept = (text) => (page) => page.evaluateOnNewDocument((text) => {
    localStorage.setItem("stepbook:/agent/", text);
  }, text);
  const hit = { provider: { id: "a", name: "a" }, procedure: { id: "a", title: "a" }, step: null };
  const hostile = [1, null, {}, { ...hit, address: "javascript:alert(1)" }, { ...hit, address: "https://elsewhere.example/" }, { ...hit, provider: null, address: "a/" }];
  for (const before of [nothing, full, kept("{"), kept("7"), kept(JSON.stringify(hostile))]) {
    await desk(own, { before }, async (page) => {
      assert.equal(await listed(page), 0);
      await find(page, "lkye");
      await enter(page);
      assert.equal(await copied(page), own.at("/lakala/deregistration/#clear-balance"));
      await page.keyboard.press("Escape");
      assert.equal(await listed(page), 1, "until it is closed, the page knows what was used");
    });
  }
});

test("hostile texts of the content are shown as texts", async () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const site = await served(base, {
    edit: (edit) => {
      edit("content/providers/velo/provider.yaml", "name: Velo\n", `name: "Velo ${hostile}"\n`);
      edit("content/procedures/bicycle-return.yaml", "action: Lock the bicycle\n", `action: "Lock ${hostile}"\n`);
    },
  });
  await desk(site, async (page) => {
    await choose(page, "velo lock");
    assert.equal(await page.$$eval("main img", (all) => all.length), 0);
    assert.match(await selected(page), /Velo <img src=x onerror=alert\(1\)> \d+ Lock <img/);
    assert.match(await said(page), /<img src=x/);
    await page.click("#sb-show");
    await page.waitForSelector("dialog[open] svg");
    assert.match(await page.$eval("#sb-code-title", (it) => it.innerText), /<img src=x/);
  });
});

/** Visits the desk where a file is not there; the watch over faults would count that. */
async function without(path, work) {
  const site = await served(own);
  const file = join(site.folder, path);
  renameSync(file, `${file}.away`);
  const context = await browser.createBrowserContext();
  try {
    await context.overridePermissions(site.server.origin, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
    const page = await context.newPage();
    await page.goto(site.at("/agent/"), { waitUntil: "load" });
    await work(page, site, () => renameSync(`${file}.away`, file));
  } finally {
    await context.close();
  }
}

test("when the index cannot be fetched the desk says so, and fetches it anew when asked", async () => {
  await without("find.json", async (page, site, restore) => {
    await page.keyboard.type("lkye");
    await page.waitForFunction(() => /没有取到/.test(document.querySelector("#sb-said").textContent));
    assert.equal(await page.$eval("#sb-again", (it) => it.checkVisibility()), true);
    restore();
    await tabTo(page, "#sb-again");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[role=option]");
    assert.equal(await shown(page, "#sb-again"), 0);
    await enter(page);
    assert.equal(await copied(page), site.at("/lakala/deregistration/#clear-balance"));
  });
});

test("when a guide's steps cannot be fetched the link is copied all the same, and they are fetched anew when asked", async () => {
  await without("lakala/deregistration/index.json", async (page, site, restore) => {
    await find(page, "lkye");
    await enter(page);
    assert.equal(await copied(page), site.at("/lakala/deregistration/#clear-balance"));
    await page.waitForFunction(() => document.querySelector("#sb-failed").checkVisibility());
    assert.equal(await shown(page, "#sb-situation"), 0);
    restore();
    await tabTo(page, "#sb-steps-again");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#sb-answers input");
    assert.equal(await shown(page, "#sb-failed"), 0);
  });
});

test("words that say too much or nothing are answered in words", async () => {
  await desk(own, async (page) => {
    for (const [words, answer] of [["ййй", /没有找到/], ["乐".repeat(10_000), /字太多/], ["，。！", /没有找到/], ["😀\u202e\u0007", /没有找到/]]) {
      await page.waitForFunction(() => typeof stepbookFind === "function");
      await page.$eval("#sb-words", (it, words) => {
        it.value = words;
        it.dispatchEvent(new InputEvent("input"));
      }, words);
      await page.waitForFunction(() => !/正在/.test(document.querySelector("#sb-said").textContent));
      assert.match(await said(page), answer);
      assert.equal(await listed(page), 0);
    }
  });
});

test("without a script the desk says what it needs and leads home", async () => {
  await desk(own, { script: false }, async (page) => {
    assert.match(await page.$eval("noscript", (it) => it.innerText), /JavaScript/);
    assert.equal(await page.$eval("noscript a", (it) => it.href), own.at("/"));
    assert.equal(await shown(page, "#sb-desk"), 0);
  });
});

test("only home leads to the desk, at its foot, and robots do not list it", async () => {
  const leads = (path) => readFileSync(join(own.folder, path), "utf8").match(/href="[^"]*agent\/"/g) ?? [];
  assert.deepEqual(leads("index.html"), ['href="./agent/"']);
  for (const path of ["leshua/index.html", `${own.guide}index.html`, "404.html"]) assert.deepEqual(leads(path), [], path);
  assert.match(readFileSync(join(own.folder, "agent/index.html"), "utf8"), /<meta name="robots" content="noindex">/);
});

for (const view of [PHONE, DESK]) {
  for (const dark of [false, true]) {
    test(`axe finds nothing on the desk in use at ${view.width} px, ${dark ? "dark" : "light"}, and nothing is cut off`, async () => {
      await desk(own, { view, dark }, async (page) => {
        const check = async (state) => {
          // What sticks to an edge covers something else at every place but this.
          await page.evaluate(() => scrollTo(0, 0));
          const { violations } = await page.evaluate(() => window.axe.run(document, { rules: { "target-size": { enabled: true } } }));
          assert.deepEqual(violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => node.html).slice(0, 3).join(" ")}`), [], state);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), state);
        };
        await page.evaluate(axe.source);
        await find(page, "lakala tijiao");
        await check("found");
        await enter(page);
        await page.waitForSelector("#sb-answers input");
        await page.click("#sb-done summary");
        await check("chosen");
        await page.click("#sb-answers input[value=frozen]");
        await check("ended");
        await page.click("#sb-show");
        await page.waitForSelector("dialog[open] svg");
        await check("code");
        await page.click("#sb-close");
        await page.focus("#sb-words");
        await page.keyboard.press("Escape");
        await check("recent");
      });
    });
  }
}
