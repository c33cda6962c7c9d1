// The rules for paper (PC), measured on printed sheets. Places and sizes are mm and pt of the A4 sheet at 100%.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { visit } from "./support/browser.mjs";
import { choicesOf, combinations, holds, query, stopsOf, told } from "./support/conditions.mjs";
import { onPaper, pictures, plain, print, PX, qr, read, squares } from "./support/paper.mjs";
import { guides, TODAY } from "./support/site.mjs";
import { served, start } from "./support/start.mjs";

/** The rules that are errors by default: each has a test named after it. */
const RULES = [
  1, 2, 3, 4, 6, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 26, 27, 28, 29, 31, 32, 33, 34, 35, 36, 38, 39, 40,
].map((number) => `PC-${String(number).padStart(2, "0")}`);

const { browser, own, base, sites } = await start();
const sheetOf = (site, guide = site.guide) => site.at(`${guide}checklist/`);

/** What a sheet's page says of itself, as laid out on paper. */
const look = (page) => page.evaluate((px) => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const tall = (it) => it.getBoundingClientRect().height / px;
  return {
    edition: document.querySelector("article").dataset.edition,
    title: document.querySelector("h1").innerText,
    provider: document.querySelector("h1 bdi").innerText,
    text: document.querySelector(".sheet").innerText,
    numbers: all(".steps .n").map((it) => it.innerText.trim()),
    boxes: all(".sheet .box, .sheet .tick").length,
    items: all(".sheet .steps > li, .sheet .materials > li").map((it) => ({ when: it.dataset.when, height: tall(it) })),
    groups: all(".phase").map((it) => ({ heading: it.querySelector("h2").innerText, actions: all(".steps > li > .act [data-slot=act]", it).map((act) => act.innerText), height: tall(it) })),
  };
}, PX);

/** The sheet of every provider, printed once: its PDF, its pages, and what it says of itself. */
const sheets = [];
for (const site of sites) {
  for (const guide of guides(site.folder)) {
    const pdf = await print(browser, sheetOf(site, guide));
    const said = await onPaper(browser, sheetOf(site, guide), async (page) => ({ ...(await look(page)), choices: await choicesOf(page), stops: await stopsOf(page) }));
    sheets.push({ site, guide, pdf, pages: await read(pdf), address: site.base.replace("https://", "") + guide.slice(1), ...said });
  }
}
const sheetPrinted = (site) => sheets.find((sheet) => sheet.site === site && sheet.guide === site.guide);

/** Texts of all elements that match, as laid out on paper and only if they are shown. */
const printed = (page, selector) => page.$$eval(selector, (all) => all.filter((it) => it.checkVisibility()).map((it) => it.innerText.trim()));

/** The size in which most of a page's characters are set. */
function bodySize(pages) {
  const counts = new Map();
  for (const { text, size } of pages.flatMap((page) => page.texts)) {
    const rounded = Math.round(size * 10) / 10;
    counts.set(rounded, (counts.get(rounded) ?? 0) + text.length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

test("every E rule for paper has a test of its name", () => {
  const names = [...readFileSync(fileURLToPath(import.meta.url), "utf8").matchAll(/^test\("(PC-\d\d) /gm)].map(([, name]) => name);
  assert.deepEqual([...new Set(names)].sort(), RULES);
});

test("PC-01 body text is 12 pt, and nothing is under 10.5 pt", () => {
  for (const { guide, pages } of sheets) {
    assert.equal(bodySize(pages), 12, guide);
    const small = pages.flatMap((page) => page.texts).filter(({ size }) => size < 10.49);
    assert.deepEqual(small.map(({ text, size }) => `${text} ${size}`), [], guide);
  }
});

test("PC-02 headings are 14 pt, and nothing in them is under 12 pt", () => {
  for (const { guide, pages } of sheets) {
    const headings = pages.flatMap((page) => page.elements).filter(({ role }) => /^H\d/.test(role));
    assert.ok(headings.length > 3, guide);
    for (const { text, texts } of headings) {
      const sizes = texts.map(({ size }) => size);
      assert.ok(Math.max(...sizes) > 13.9 && Math.min(...sizes) > 11.9, `${guide}: ${text}: ${sizes}`);
    }
  }
});

test("PC-03 large print is at least 16 pt, from the same source and without a script", async () => {
  for (const site of sites) {
    const large = await read(await print(browser, `${sheetOf(site)}#sb-large`, { script: false }));
    assert.ok(bodySize(large) >= 16, String(bodySize(large)));
    const items = (pages) => pages.flatMap((page) => page.items);
    assert.ok(items(large).flatMap(({ texts }) => texts).every(({ size }) => size >= 15.9));
    assert.deepEqual(items(large).map(({ text }) => text), items(sheetPrinted(site).pages).map(({ text }) => text));
  }
});

test("PC-04 one sans-serif family, and bold the one emphasis beside size", async () => {
  for (const site of sites) {
    await onPaper(browser, sheetOf(site), async (page) => {
      const styles = await page.$$eval(".sheet, .sheet *", (all) => {
        const shown = all.filter((it) => it.checkVisibility() && it.innerText?.trim()).map((it) => getComputedStyle(it));
        const values = (name) => [...new Set(shown.map((style) => style[name]))];
        const bold = shown.map((style) => style.fontWeight >= 600 || style.fontWeight);
        return { family: values("fontFamily"), weight: [...new Set(bold)], style: values("fontStyle"), line: values("textDecorationLine"), colour: values("color") };
      });
      assert.equal(styles.family.length, 1, String(styles.family));
      assert.match(styles.family[0], /(^|[^-])sans-serif$/);
      assert.deepEqual(styles.weight.filter((it) => it !== true), ["400"]);
      assert.deepEqual([styles.style, styles.line, styles.colour], [["normal"], ["none"], ["rgb(0, 0, 0)"]]);

      const session = await page.createCDPSession();
      await session.send("DOM.enable");
      await session.send("CSS.enable");
      const { root } = await session.send("DOM.getDocument");
      const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: ".sheet" });
      const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId, selector: "*" });
      const faces = new Set();
      for (const nodeId of nodeIds) for (const { familyName } of (await session.send("CSS.getPlatformFontsForNode", { nodeId })).fonts) faces.add(familyName);
      assert.deepEqual([...faces].filter((name) => !/sans/i.test(name)), []);
    });
  }
});

test("PC-06 lines are 1.5 to 2 type sizes apart in Chinese, 1.3 to 1.6 in English", async () => {
  for (const [site, least, most] of [[own, 1.5, 2], [base, 1.3, 1.6]]) {
    const faults = await onPaper(browser, sheetOf(site), (page) => page.$$eval(".sheet *", (all, least, most) => all
      .filter((it) => it.checkVisibility() && [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
      .map((it) => [getComputedStyle(it), it])
      .map(([style, it]) => [parseFloat(style.lineHeight) / parseFloat(style.fontSize), it.outerHTML.slice(0, 80)])
      .filter(([ratio]) => !(ratio >= least - 0.01 && ratio <= most + 0.01))
      .map(([ratio, html]) => `${ratio} ${html}`), least, most));
    assert.deepEqual(faults, []);
  }
});

test("PC-08 text is black on white", async () => {
  for (const { guide, pages } of sheets) {
    for (const { colours } of pages) assert.deepEqual([...colours.text], ["#000000"], guide);
  }
  for (const site of sites) {
    const backgrounds = await onPaper(browser, sheetOf(site), (page) => page.$$eval("body, .sheet, .sheet *", (all) =>
      [...new Set(all.filter((it) => it.checkVisibility() && !it.closest("svg")).map((it) => getComputedStyle(it).backgroundColor))]));
    assert.deepEqual(backgrounds.filter((it) => !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(it)), []);
  }
});

test("PC-09 in one colour nothing is lost, and every state is in words", async () => {
  for (const { guide, pages } of sheets) {
    for (const colour of pages.flatMap(({ colours }) => [...colours.text, ...colours.shape])) assert.match(colour, /^#(..)\1\1$/, `${guide}: ${colour} is a grey`);
  }
  for (const site of sites) {
    const { pdf, pages, boxes } = sheetPrinted(site);
    assert.equal(columnOf(pictures(pdf, { pages: pages.length, dpi: 300, mono: true })).length, boxes);
    assert.ok(qr(pictures(pdf, { mono: true })[0]), "the code can be read");

    await visit(browser, site.at(`/coverage/${site.guide.split("/")[2]}/`), async (page) => {
      assert.deepEqual(await page.$$eval("tbody td", (cells) => cells.filter((it) => !it.innerText.trim()).length), 0);
    });
  }
});

/** The tick boxes of a sheet's pictures: the squares at its left. */
const columnOf = (all) => all.flatMap((picture) => squares(picture).filter(({ x }) => x < 26));

test("PC-10 text is aligned left, and what identifies a sheet has its fixed place", async () => {
  for (const site of sites) {
    const aligned = await onPaper(browser, sheetOf(site), (page) => page.$$eval(".sheet *", (all) =>
      [...new Set(all.filter((it) => it.checkVisibility() && !it.closest(".qr")).map((it) => getComputedStyle(it).textAlign))]));
    assert.deepEqual(aligned.filter((it) => !["start", "left"].includes(it)), []);
  }
  for (const { guide, pages, title, address } of sheets) {
    const places = pages.map((page) => {
      const number = page.texts.find(({ text }) => /^\d+ \/ \d+$/.test(text));
      const at = (text) => page.lines.find((line) => line.text.includes(text))?.y.toFixed(1);
      return [number.x.toFixed(1), number.y.toFixed(1), at(plain(title)), at(plain(address))].join();
    });
    assert.equal(new Set(places).size, 1, `${guide}: ${places.join(" ")}`);
    assert.doesNotMatch(places[0], /,(,|$)/);
  }
});

test("PC-13 an item is one action", async () => {
  for (const site of sites) {
    const actions = await onPaper(browser, sheetOf(site), (page) => printed(page, ".steps [data-slot=act]"));
    assert.ok(actions.length > 5);
    for (const action of actions) {
      assert.doesNotMatch(action, /然后|并且|接着| and then |; /, action);
      assert.doesNotMatch(action, /^(请|你|您|please|you )/i, action);
    }
  }
});

test("PC-14 every item says what is to be seen, in more than a word of agreement", async () => {
  for (const site of sites) {
    await onPaper(browser, sheetOf(site), async (page) => {
      const seen = await printed(page, ".steps > li > .see");
      assert.equal(seen.length, (await page.$$(".steps > li")).length);
      for (const text of seen) assert.doesNotMatch(text, /^(checked|set|done|ok|已检查|已确认|完成|已完成)?[.。]?$/i);
    });
  }
});

test("PC-15 what a step asks to note has a blank on paper", async () => {
  for (const site of sites) {
    const notes = await visit(browser, site.at(site.guide), (page) => page.$$eval(".steps .blanks > span", (all) => all.map((it) => it.innerText.trim())));
    await onPaper(browser, sheetOf(site), async (page) => {
      assert.ok(notes.length > 0);
      assert.deepEqual(await printed(page, ".steps .blanks > span"), notes);
      for (const line of await page.$$eval(".steps .blank", (all) => all.map((it) => [it.getBoundingClientRect().width, parseFloat(getComputedStyle(it).borderBottomWidth)]))) {
        assert.ok(line[0] / PX > 30 && line[1] > 0, String(line));
      }
    });
  }
});

test("PC-16 nothing is ticked beforehand, and what is left out asks for a reason", async () => {
  for (const site of sites) {
    await onPaper(browser, sheetOf(site), async (page) => {
      assert.equal((await page.$$(".sheet :checked")).length, 0);
      const [text] = await printed(page, ".sheet");
      assert.doesNotMatch(text, /不适用|not applicable|\bn\/a\b/i);
      const reasons = await page.$$eval(".sign .blanks.wide > span", (all) => all.map((it) => [it.innerText.trim(), it.querySelector(".blank").getBoundingClientRect().width]));
      assert.equal(reasons.length, 1);
      assert.match(reasons[0][0], /为什么|原因|why|reason/i);
      assert.ok(reasons[0][1] / PX > 80);
    });
  }
});

test("PC-17 tick boxes are 4 to 5 mm squares in one column, left of the item, drawn by lines of 0.5 mm", async () => {
  for (const site of sites) {
    const { pdf, pages, boxes: expected } = sheetPrinted(site);
    const boxes = columnOf(pictures(pdf, { pages: pages.length, dpi: 300 }));
    assert.equal(boxes.length, expected);
    // A picture knows a line only to its dots.
    const dot = 25.4 / 300;
    for (const { x, width, height, line } of boxes) {
      assert.ok([width, height].every((side) => side > 4 - dot && side < 5 + dot), `${width} by ${height} mm`);
      assert.ok(line > 0.5 - dot, `a line of ${line.toFixed(2)} mm`);
      assert.ok(Math.abs(x - boxes[0].x) <= dot, `${x} is in the column at ${boxes[0].x}`);
    }
    const left = Math.min(...pages.flatMap((page) => page.items).flatMap(({ texts }) => texts).map(({ x }) => x));
    assert.ok(boxes[0].x <= left, "no text of an item is left of its box");
  }
});

test("PC-18 between an item and its reply is a dotted line or at most 15 mm", async () => {
  for (const site of sites) {
    const gaps = await onPaper(browser, sheetOf(site), (page) => page.$$eval(".sheet .see, .sheet .blank", (all) => all.filter((it) => it.checkVisibility()).map((reply) => {
      const right = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()].at(-1);
      };
      const blank = reply.matches(".blank");
      const text = blank ? right(reply.previousSibling) : right(reply.closest("li, .variant").querySelector(".act > span"));
      const to = reply.getBoundingClientRect();
      const dots = !blank && getComputedStyle(reply.closest("li, .variant").querySelector(".act"), "::after").borderBottomStyle === "dotted";
      const below = to.top >= text.bottom - 2;
      return { gap: below ? 0 : to.left - text.right, dots, text: reply.parentElement.innerText.slice(0, 40) };
    })));
    assert.ok(gaps.length > 5);
    assert.deepEqual(gaps.filter(({ gap, dots }) => gap / PX > 15 && !dots), []);
  }
});

test("PC-19 numbers and actions are those of the guide, on one line", async () => {
  const items = (page) => page.$$eval(".steps > li", (all) => all.map((it) => [it.querySelector(".n").innerText.trim(), it.querySelector("[data-slot=act]").innerText.trim()]));
  for (const site of sites) {
    const web = await visit(browser, site.at(site.guide), items);
    await onPaper(browser, sheetOf(site), async (page) => {
      assert.deepEqual(await items(page), web);
      const tops = await page.$$eval(".steps > li", (all) => all.map((it) => it.querySelector(".n").getBoundingClientRect().top - it.querySelector(".act > span").getClientRects()[0].top));
      for (const top of tops) assert.ok(Math.abs(top) < 2, String(top));
    });
  }
  assert.deepEqual((await visit(browser, own.at(own.guide), items)).map(([number]) => Number(number)), Array.from({ length: 30 }, (_, index) => index + 1));
});

test("PC-20 a label of the screen is quoted as it is, in 「」", async () => {
  const site = await served(own, { edit: (edit) => edit("content/procedures/deregistration.yaml", "      - id: track-status\n", "      - id: track-status\n        ui_label: 进度查询\n") });
  assert.match((await onPaper(browser, sheetOf(site), (page) => printed(page, ".sheet")))[0], /「进度查询」/);
  const pedal = await onPaper(browser, sheetOf(base, "/pedal/bicycle-return/"), (page) => printed(page, ".sheet"));
  assert.match(pedal[0], /「Locked」/);
});

test("PC-22 every group says when it is read, and by whom", async () => {
  await onPaper(browser, sheetOf(own), async (page) => {
    const notes = await printed(page, ".phase h2 small");
    assert.equal(notes.length, (await page.$$(".phase")).length);
    for (const note of notes) assert.match(note, /^.+时?.*读，由.+人读/);
  });
});

test("PC-23 a group has fewer than 10 items", async () => {
  for (const site of sites) {
    const counts = await onPaper(browser, sheetOf(site), (page) => page.$$eval(".steps", (all) => all.map((it) => it.children.length)));
    assert.ok(counts.length > 1);
    assert.deepEqual(counts.filter((count) => count >= 10), []);
  }
});

test("PC-24 an item without a way back is flagged before its action", async () => {
  for (const site of sites) {
    await onPaper(browser, sheetOf(site), async (page) => {
      const finals = await page.$$eval(".steps > li.final", (all) => all.map((it) => {
        const flag = it.querySelector(":scope > .irreversible");
        return [flag.innerText.trim(), flag.checkVisibility() && it.querySelector(".act").getBoundingClientRect().top >= flag.getBoundingClientRect().bottom - 2];
      }));
      assert.equal(finals.length, 1);
      assert.match(finals[0][0], /不能撤回|cannot be undone/);
      assert.ok(finals[0][1]);
    });
  }
});

test("PC-26 what warns stands before the action, within its item", async () => {
  for (const site of sites) {
    const warnings = await onPaper(browser, sheetOf(site), (page) => page.$$eval(".steps > li", (all) => all.flatMap((it) => {
      const act = it.querySelector(".act").getBoundingClientRect();
      return [...it.querySelectorAll(".notice, .caution, .irreversible")].filter((warning) => warning.checkVisibility()).map((warning) => [warning.getBoundingClientRect().bottom - act.top, warning.innerText]);
    })));
    assert.ok(warnings.length > 0);
    for (const [below, text] of warnings) assert.ok(below < 2, text);
  }
});

test("PC-27 the last group looks again at what may have changed: the balance, and whether it is closed", async () => {
  const [last] = (await onPaper(browser, sheetOf(own), (page) => printed(page, ".phase"))).slice(-1);
  assert.match(last, /核对最后一笔到账/);
  assert.match(last, /商户已注销/);
});

test("PC-28 the last item is a call of completion, with who confirms it and when", async () => {
  for (const site of sites) {
    await onPaper(browser, sheetOf(site), async (page) => {
      assert.ok(await page.$eval(".sheet", (it) => it.querySelector(".sign").getBoundingClientRect().top >= [...it.querySelectorAll(".phase")].at(-1).getBoundingClientRect().bottom));
      const [call] = await printed(page, ".sign li");
      assert.match(call, /办完|done|complete/i);
      assert.equal((await page.$$(".sign li .box")).length, 1);
      assert.match((await printed(page, ".sign .blanks"))[0], /日期|date/i);
    });
  }
});

test("PC-29 a branch has a label, an indent, and says where it goes on", async () => {
  for (const site of sites) {
    const [items, choices, stops] = await onPaper(browser, sheetOf(site), (page) => Promise.all([page.$$eval(".steps > li", (all) => all.map((it) => ({
      when: it.dataset.when,
      branch: it.matches(".branch"),
      labels: [...it.querySelectorAll(":scope > .act .only, :scope > .act .case")].filter((label) => label.checkVisibility()).map((label) => label.innerText.trim()),
      indent: it.querySelector(".act > span").getBoundingClientRect().left,
      ends: it.querySelector(".see").innerText.trim(),
    }))), choicesOf(page), stopsOf(page)]));
    const plainIndent = Math.min(...items.map(({ indent }) => indent));
    const numbers = items.length;
    assert.ok(items.some(({ branch }) => branch));
    for (const item of items.filter(({ branch, when }) => branch || told(when, choices, stops))) {
      assert.match(item.labels.join(""), /(分支|只限|branch|only).+/i);
      assert.ok(item.indent > plainIndent, `indent of ${item.labels}`);
    }
    for (const { ends } of items.filter(({ branch }) => branch)) {
      const [, step] = /(?:转到第|step) ?(\d+)(?: 步)?$|(?:到此结束|end)$/i.exec(ends) ?? assert.fail(ends);
      assert.ok(step === undefined || Number(step) <= numbers, ends);
    }
  }
});

test("PC-31 no item is cut by the end of a side, and a heading stays with its first two items", () => {
  for (const { guide, pages, items, groups } of sheets) {
    // An item on two sides is in the structure of both.
    assert.equal(pages.flatMap((page) => page.items).length, items.length, guide);
    for (const { heading, actions } of groups) {
      const side = pages.findIndex((page) => page.elements.some(({ role, text }) => /^H\d/.test(role) && text === plain(heading)));
      assert.notEqual(side, -1, heading);
      assert.deepEqual(actions.slice(0, 2).map((action) => sideOf(action, pages)).filter((it) => it !== side), [], `${guide}: ${heading}`);
    }
  }
});

/** On which side an item is, by its action. */
const sideOf = (action, pages) => pages.findIndex((page) => page.items.some(({ text }) => text.includes(plain(action))));

test("PC-32 a group that fits on one side is on one side", () => {
  // What is left of A4 between the margins, below what identifies the sheet.
  const room = 250;
  for (const { guide, pages, groups } of sheets) {
    for (const { heading, actions, height } of groups) {
      const sides = new Set(actions.map((action) => sideOf(action, pages)));
      assert.ok(sides.size === 1 || height > room, `${guide}: ${heading} is on ${sides.size} sides`);
    }
  }
});

test("PC-32 every sheet fits three sides, and two for the answers that ask for most; a translation's one more", async () => {
  const faults = [];
  for (const sheet of sheets) {
    const more = sheet.guide.startsWith("/en/") ? 1 : 0;
    if (sheet.pages.length > 3 + more) faults.push(`${sheet.guide}: ${sheet.pages.length} sides`);
    const address = sheetOf(sheet.site, sheet.guide) + query(largest(sheet));
    const tailored = await read(await print(browser, address));
    if (tailored.length > 2 + more) faults.push(`${new URL(address).pathname}${new URL(address).search}: ${tailored.length} sides`);
  }
  assert.deepEqual(faults, []);
});

/** The answers for which a sheet is longest. */
function largest({ choices, stops, items }) {
  const length = (answers) => items.reduce((sum, { when, height }) => (holds(when, answers) === "no" ? sum : sum + height), 0);
  const open = combinations(choices).filter((answers) => stops.every((when) => holds(when, answers) === "no"));
  return open.map((answers) => [length(answers), answers]).reduce((a, b) => (b[0] > a[0] ? b : a))[1];
}

/** What identifies a sheet, at the top of a side. */
const headOf = (page) => page.lines.filter(({ y }) => y < 42).map(({ text }) => text).join("");

test("PC-33 every side carries title, provider, edition, when it was verified, its number and the address", () => {
  for (const { guide, pages, title, provider, edition, address } of sheets) {
    assert.match(edition, /^[0-9a-f]{8}$/);
    pages.forEach((page, index) => {
      const head = headOf(page);
      for (const text of [title, provider, edition, address]) assert.ok(head.includes(plain(text)), `${guide}, side ${index + 1}: ${text} in ${head}`);
      assert.match(head, /最近核对20\d\d-\d\d-\d\d|从未核对|Lastreviewed20\d\d-\d\d-\d\d|Neverreviewed/);
      assert.ok(page.texts.some(({ text, y }) => text === `${index + 1} / ${pages.length}` && y > 280), `${guide}: number of side ${index + 1}`);
    });
  }
});

test("PC-34 every side says until when it may be used, and what to do then", () => {
  for (const { guide, pages } of sheets) {
    for (const page of pages) {
      const head = headOf(page);
      const found = /(20\d\d-\d\d-\d\d)之前使用|Usebefore(20\d\d-\d\d-\d\d)/.exec(head) ?? assert.fail(`${guide}: ${head}`);
      assert.ok((found[1] ?? found[2]) > TODAY, head);
      assert.match(head, /重印|printanewone/);
    }
  }
});

test("PC-35 the QR code of every sheet is read back, and has its size, its quiet zone and level M", () => {
  for (const { site, guide, pdf, pages, edition, address } of sheets) {
    const [picture] = pictures(pdf);
    const code = qr(picture) ?? assert.fail(`${guide}: no code is read`);
    assert.equal(code.text, `${site.base}${guide.slice(1)}?edition=${edition}`);

    const dot = 25.4 / picture.dpi;
    const [width, height, size] = [code.width, code.height, code.module].map((pixels) => pixels * dot);
    assert.ok(Math.min(width, height) > 20 - dot, `${guide}: ${width} by ${height} mm`);
    assert.ok(size > 0.5, `${guide}: a module of ${size} mm`);

    const dark = (column, row) => picture.dark(code.left + (column + 0.5) * code.module, code.top + (row + 0.5) * code.module);
    const quiet = (at) => at < 0 || at >= code.modules;
    for (let row = -4; row < code.modules + 4; row++) {
      for (let column = -4; column < code.modules + 4; column++) {
        if (quiet(row) || quiet(column)) assert.ok(!dark(column, row), `${guide}: the quiet zone at ${column}, ${row}`);
      }
    }
    // The first two bits of the format are masked: dark and light is level M.
    assert.deepEqual([dark(0, 8), dark(1, 8)], [true, false], `${guide}: level M`);

    const [left, bottom] = [code.left * dot - 20, (code.top + code.height) * dot];
    const below = pages[0].texts.filter(({ x, y }) => x > left && y > bottom && y < bottom + 25).map(({ text }) => text).join("");
    assert.ok(plain(below).includes(plain(address)), `${guide}: the address is below the code: ${below}`);
  }
});

test("PC-36 the sign-off has blanks of 8 by 50 mm, and no more of a number is asked than its last four digits", async () => {
  for (const site of sites) {
    const blanks = await onPaper(browser, sheetOf(site), (page) => page.$$eval(".sign .blanks:not(.wide) > span", (all) => all.map((it) => {
      const { width, height } = it.querySelector(".blank").getBoundingClientRect();
      return { label: it.innerText.trim(), width, height };
    })));
    const labels = site === own ? [/确认人/, /身份/, /日期与时间/, /签字/] : [/name/i, /role/i, /date and time/i, /signature/i];
    assert.equal(blanks.length, labels.length);
    blanks.forEach(({ label, width, height }, index) => {
      assert.match(label, labels[index]);
      assert.ok(width / PX > 49.9 && height / PX > 7.9, `${label}: ${width / PX} by ${height / PX} mm`);
    });
  }
  const labels = await onPaper(browser, sheetOf(own), (page) => printed(page, ".steps .blanks > span"));
  for (const label of labels.filter((label) => /商户编号|卡|流水号/.test(label))) assert.match(label, /后四位/);
  assert.ok(labels.some((label) => /后四位/.test(label)));
});

test("PC-38 printing begins by the button, never by itself", async () => {
  const before = (page) => page.evaluateOnNewDocument(() => {
    window.printed = 0;
    window.print = () => { window.printed++; };
  });
  for (const site of sites) {
    for (const path of [site.guide, `${site.guide}checklist/`, `/${site.guide.split("/")[1]}/pack/`]) {
      await visit(browser, site.at(path), { before }, async (page) => {
        const printed = () => page.evaluate(() => window.printed);
        assert.equal(await printed(), 0, path);
        if (path === site.guide) return;
        await page.click("button.print");
        assert.equal(await printed(), 1, path);
      });
    }
    await visit(browser, site.at(site.guide), async (page) => {
      await Promise.all([page.waitForNavigation(), page.click("main a[href*='checklist/']")]);
      assert.equal(new URL(page.url()).pathname, `${site.guide}checklist/`);
    });
  }
});

test("PC-39 no long address is printed, and every step that is referred to is there", async () => {
  for (const { guide, numbers, text: all } of sheets) {
    for (const [address] of all.matchAll(/https?:[\x21-\x7e]+/g)) assert.ok(address.length <= 40, `${guide}: ${address}`);
    const steps = [...all.matchAll(/转到第 (\d+) 步|go to step (\d+)/g)].map(([, a, b]) => a ?? b);
    assert.ok(steps.length > 0, guide);
    assert.deepEqual(steps.filter((step) => !numbers.includes(step)), [], guide);
  }
  // Nor may answers take away a step that is referred to.
  await onPaper(browser, sheetOf(own) + query(largest(sheetPrinted(own))), async (page) => {
    const numbers = await printed(page, ".steps .n");
    for (const see of await printed(page, ".steps .see")) {
      const step = /转到第 (\d+) 步/.exec(see)?.[1];
      assert.ok(step === undefined || numbers.includes(step), see);
    }
  });
});

test("PC-40 the edition is the same on the web and on paper, and another one once a word is changed", async () => {
  const editions = (site) => Promise.all([site.guide, `${site.guide}checklist/`].map((path) => visit(browser, site.at(path), (page) => page.$eval("article", (it) => it.dataset.edition))));
  const [web, paper] = await editions(base);
  assert.equal(web, paper);
  assert.ok(sheetPrinted(base).pages.every((page) => page.text.includes(web)));
  const same = await served(base);
  assert.deepEqual(await editions(same), [web, web]);
  const other = await served(base, { edit: (edit) => edit("content/procedures/bicycle-return.yaml", "Rate the ride", "Rate your ride") });
  const [changed] = await editions(other);
  assert.notEqual(changed, web);
});
