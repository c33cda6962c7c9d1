// The rules for step guides (SG), measured on the pages that readers open on a phone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DESK, visit } from "./support/browser.mjs";
import { choicesOf, holds, query, stopsOf, told } from "./support/conditions.mjs";
import { kinds } from "./support/site.mjs";
import { served, start } from "./support/start.mjs";

/** The rules that are errors by default: each has a test named after it. */
const RULES = [1, 2, 3, 4, 5, 6, 9, 11, 12, 13, 14, 15, 16, 18, 19, 21, 23, 24, 26].map((number) => `SG-${String(number).padStart(2, "0")}`);

const { browser, own, base, sites } = await start();

/** Opens a site's guide; `rest` is the query and the fragment. */
const guide = (site, rest, options, work) => visit(browser, site.at(site.guide) + rest, options, work);

/** Texts of all elements that match and are shown. */
const shown = (page, selector) => page.$$eval(selector, (all) => all.filter((it) => it.checkVisibility()).map((it) => it.innerText.trim()));

test("every E rule for guides has a test of its name", () => {
  const names = [...readFileSync(fileURLToPath(import.meta.url), "utf8").matchAll(/^test\("(SG-\d\d) /gm)].map(([, name]) => name);
  assert.deepEqual([...new Set(names)].sort(), RULES);
});

test("SG-01 a guide is one row of numbered steps, from the first to the last", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const numbers = (await shown(page, ".steps > li > .act .n")).map(Number);
      assert.ok(numbers.length > 5);
      assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
      const starts = await page.$$eval("ol.steps", (all) => all.map((it) => [it.start, Number(it.querySelector(".n").innerText)]));
      for (const [start, first] of starts) assert.equal(start, first);
    });
  }
});

test("SG-02 the title says whose it is and what it comes to", async () => {
  for (const [site, title] of [[own, "乐刷 POS 机实名认证注销"], [base, "Velo: Return a rented bicycle"]]) {
    await guide(site, "", {}, async (page) => {
      assert.deepEqual(await shown(page, "h1"), [title]);
      assert.ok((await page.title()).startsWith(title));
    });
  }
});

test("SG-03 the introduction says what it achieves and who needs it not, and nothing vital is there alone", async () => {
  await guide(own, "", {}, async (page) => {
    const [summary] = await shown(page, ".summary");
    assert.match(summary, /^教商户.*不用走这一套/);
    assert.match((await shown(page, ".outcome"))[0], /收单协议与商户号.*十年/s);
    const step = (await shown(page, "#submit-application"))[0];
    for (const vital of ["商户号注销后一般不能恢复", "先让余额和未结算的款到账", "做了就不能撤回"]) assert.ok(step.includes(vital), vital);
  });
});

test("SG-04 before the first step stand what is needed, cost, time, who acts, and where there is no way back", async () => {
  await guide(own, "", {}, async (page) => {
    const parts = { materials: ".materials", cost: "#sb-fact-fee", time: "#sb-fact-processing-time", who: "input[name=applicant]", "no way back": ".outcome a[href='#submit-application']" };
    for (const [name, selector] of Object.entries(parts)) {
      assert.ok(await page.$eval(selector, (it) => it.checkVisibility() && Boolean(it.compareDocumentPosition(document.querySelector(".steps")) & Node.DOCUMENT_POSITION_FOLLOWING)), name);
    }
  });
});

test("SG-05 choices and cases stand within their step, so that nobody hears them as steps", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      assert.ok((await page.$$(".steps > li .variant")).length > 0);
      assert.equal((await page.$$(".variant, .if-not")).length, (await page.$$(".steps > li .variant, .steps > li .if-not")).length);
      assert.equal((await page.$$("ol.steps > li")).length, (await page.$$(".steps h3")).length);
      assert.equal((await page.$$("ol.steps ol.steps")).length, 0);
    });
  }
});

test("SG-06 cost and waiting time stand in the line of the action", async () => {
  await guide(base, "", { view: DESK }, async (page) => {
    const [action, price] = await page.$eval("#confirm-end h3", (it) => [it.querySelector("[data-slot=act]"), it.querySelector("small")].map((part) => [part.innerText, part.getClientRects()[0].bottom]));
    assert.match(price[0], /2 h/);
    assert.ok(Math.abs(action[1] - price[1]) < 8);
  });
});

test("SG-09 every step ends in what the reader can see", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const missing = await page.$$eval(".steps > li", (all) => all.filter((it) => {
        const see = it.querySelector(":scope > .see [data-slot=see]");
        return !see?.checkVisibility() || !see.innerText.trim();
      }).map((it) => it.id));
      assert.deepEqual(missing, []);
    });
  }
});

test("SG-11 a way back is stated, and where there is none the step is marked and announced", async () => {
  await guide(own, "", {}, async (page) => {
    assert.match((await shown(page, "#stop-taking-payments"))[0], /反悔时：提交申请之前，可以重新开机收款/);
    assert.deepEqual(await page.$$eval(".steps > li.final", (all) => all.map((it) => it.id)), ["submit-application"]);
    assert.match((await shown(page, "#submit-application > .irreversible"))[0], /不能撤回/);
    assert.match((await shown(page, ".outcome"))[0], /做了就不能撤回.*第 22 步.*之前/s);
  });
});

test("SG-12 what warns begins with a word, in the text itself", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const warnings = await page.$$eval(".notice, .caution, .irreversible", (all) => all.map((it) => it.textContent.trim()));
      assert.ok(warnings.length > 0);
      for (const text of warnings) assert.match(text, /^(须知：|注意：|做了就不能撤回|Notice: |Please note: |Note: |Caution: |This cannot be undone)/);
    });
  }
});

test("SG-13 without a script all is there in words, and no control that does nothing", async () => {
  for (const site of sites) {
    await guide(site, "?merchant-type=individual&route=at-shop", { script: false }, async (page) => {
      const [choices, stops] = [await choicesOf(page), await stopsOf(page)];
      const materials = await page.$$eval(".materials > li:not(.sign li)", (all) => all.map((it) => it.checkVisibility()));
      assert.ok(materials.length > 1 && materials.every(Boolean));
      const parts = await page.$$eval(".steps > li", (all) => all.map((it) => ({
        text: it.innerText,
        when: it.dataset.when,
        seen: it.checkVisibility(),
        inWords: Boolean(it.querySelector(":scope > .act .only")?.checkVisibility()),
      })));
      assert.ok(parts.length > 5 && stops.length > 0);
      for (const { text, when, seen, inWords } of parts) assert.deepEqual([text, seen, inWords], [text, true, told(when, choices, stops)]);
      assert.equal((await shown(page, ".stop")).length, stops.length);
      assert.deepEqual(await shown(page, "button, input, select, textarea"), []);
      const questions = await shown(page, ".situation label");
      assert.ok(questions.length > 5 && questions.every(Boolean));
    });
    await guide(site, "", {}, async (page) => {
      for (const selector of ["button.copy", "input.tick", ".situation input"]) assert.ok((await shown(page, selector)).length > 0, selector);
    });
  }
});

test("SG-14 nothing is collapsed, so that a print shows all", async () => {
  for (const site of sites) {
    for (const print of [false, true]) {
      await guide(site, "", { print }, async (page) => {
        assert.equal((await page.$$("details:not([open]), [aria-expanded=false]")).length, 0);
        const steps = await page.$$eval(".steps > li", (all) => all.map((it) => it.checkVisibility()));
        assert.ok(steps.length > 5 && steps.every(Boolean));
      });
    }
  }
});

test("SG-15 what can be pressed is a control with a name, and large text hides no title", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const faults = await page.$$eval("body *", (all) => all
        .filter((it) => it.checkVisibility() && (getComputedStyle(it).cursor === "pointer" || it.matches("[role=button], [tabindex]")))
        .filter((it) => !it.closest("a[href], button, input, label"))
        .map((it) => it.outerHTML.slice(0, 80)));
      assert.deepEqual(faults, []);
      const names = await page.$$eval("button", (all) => all.filter((it) => it.checkVisibility()).map((it) => it.getAttribute("aria-label") ?? it.innerText));
      assert.ok(names.length > 5 && names.every((name) => name.trim()));

      await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
      const hidden = await page.$$eval("h1, h2, h3", (all) => all.filter((it) => it.checkVisibility()).filter((it) => {
        const { left, right } = it.getBoundingClientRect();
        return it.scrollWidth > it.clientWidth + 1 || left < 0 || right > innerWidth + 1;
      }).map((it) => it.innerText));
      assert.deepEqual(hidden, []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing has to be scrolled sideways");
    });
  }
});

test("SG-16 the number is part of the name of a step's heading", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const headings = [];
      const list = (node) => {
        if (node.role === "heading" && node.level === 3) headings.push(node.name);
        (node.children ?? []).forEach(list);
      };
      list(await page.accessibility.snapshot());
      const numbers = await shown(page, ".steps .n");
      numbers.forEach((number, index) => assert.match(headings[index], new RegExp(`^${number} .+`)));
    });
  }
});

test("SG-18 what is done is quiet, what is next stands out, and no word is in capitals", async () => {
  for (const dark of [false, true]) {
    await guide(own, "", { dark }, async (page) => {
      await page.click("#understand-rules .tick");
      const looks = (id) => page.$eval(`#${id}`, (it) => ({
        contrast: window.contrast(getComputedStyle(it.querySelector("h3")).color, window.ground(it)),
        number: getComputedStyle(it.querySelector(".n")).backgroundColor,
        weight: getComputedStyle(it.querySelector("h3")).fontWeight,
      }));
      await page.evaluate(CONTRAST);
      const [done, next, later] = [await looks("understand-rules"), await looks("secure-funds"), await looks("confirm-reason")];
      assert.ok(done.contrast < later.contrast, `${done.contrast} is quieter than ${later.contrast}`);
      assert.notEqual(next.number, later.number);
      assert.deepEqual(await page.$$eval(".next", (all) => all.map((it) => it.id)), ["secure-funds"]);
    });
  }
  await guide(base, "", {}, async (page) => {
    const capitals = await page.$$eval("body *", (all) => all.filter((it) => getComputedStyle(it).textTransform !== "none").length);
    assert.equal(capitals, 0);
    const [status] = await shown(page, "#sb-progress");
    assert.match(status, /^[A-Z0-9][a-z0-9 ,.;]+$/);
  });
});

test("SG-19 answers are named keys of the query, unknown ones are passed over, and without any the guide is whole", async () => {
  const steps = (page) => page.$$eval(".steps > li", (all) => all.filter((it) => it.checkVisibility()).map((it) => it.id));
  const whole = await guide(own, "", {}, steps);
  assert.equal(whole.length, 30);
  const answered = await guide(own, "?terminal-state=lost", {}, steps);
  assert.ok(answered.length < whole.length);
  assert.deepEqual(await guide(own, "?terminal-state=lost&nobody=knows&route=nowhere&__proto__=x", {}, steps), answered);
  await guide(own, "", {}, async (page) => {
    await page.click("input[name=terminal-state][value=lost]");
    const { pathname, search } = new URL(page.url());
    assert.deepEqual([pathname, search], [own.guide, "?terminal-state=lost"]);
    assert.deepEqual(await steps(page), answered);
  });
});

test("SG-21 every answer leads to its steps, and every case is shown", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const choices = await choicesOf(page);
      const seen = new Set();
      for (const [choice, options] of Object.entries(choices)) {
        for (const option of options) {
          const answers = { [choice]: option };
          await page.click(`input[name=${choice}][value=${option}]`);
          const parts = await page.$$eval(".steps > li, .materials > li:not(.sign li), .stop", (all) => all.map((it) => ({ id: it.id || it.innerText, when: it.dataset.when ?? "", stop: it.matches(".stop"), seen: it.checkVisibility() })));
          for (const { id, when, stop, seen: isSeen } of parts) {
            const expected = stop ? holds(when, answers) === "yes" : holds(when, answers) !== "no";
            assert.equal(isSeen, expected, `${id} for ${query(answers)}`);
            if (isSeen) seen.add(id);
          }
          for (const text of await shown(page, ".steps > li > h3 [data-slot=act]")) seen.add(text);
          await page.click(".forget");
          assert.equal(new URL(page.url()).search, "");
        }
      }
      const all = await page.$$eval(".steps > li, .materials > li:not(.sign li)", (all) => all.map((it) => it.id || it.innerText));
      assert.deepEqual(all.filter((id) => !seen.has(id)), []);
      // A case takes the place of the step's own words.
      const cases = await page.$$eval(".variant [data-slot=act]", (all) => all.map((it) => it.innerText));
      assert.ok(cases.length > 0);
      assert.deepEqual(cases.filter((text) => !seen.has(text)), []);
    });
  }
});

test("SG-23 every step has a control to copy its link, with a name of its own, and not on paper", async () => {
  for (const site of sites) {
    await guide(site, "", {}, async (page) => {
      const names = await page.$$eval(".steps > li .copy", (all) => all.filter((it) => it.checkVisibility()).map((it) => it.getAttribute("aria-label")));
      assert.equal(names.length, (await page.$$(".steps > li")).length);
      assert.equal(new Set(names).size, names.length);
    });
    await guide(site, "", { print: true }, async (page) => assert.deepEqual(await shown(page, "button"), []));
  }
});

test("SG-24 a link to a step that is gone shows why, and one that leads nowhere says so", async () => {
  const site = await served(base, {
    edit: (edit) => edit("content/providers/velo/bicycle-return.yaml", "extends: bicycle-return\n", "extends: bicycle-return\nretired:\n  - {step: find-station, use: lock-bicycle, date: 2026-10-01, because: Every station takes every bicycle}\n"),
  });
  const inView = (page, selector) => page.$eval(selector, (it) => {
    const { top, bottom } = it.getBoundingClientRect();
    return [it.innerText, top >= 0 && bottom <= innerHeight];
  });
  for (const script of [true, false]) {
    await guide(site, "#find-station", { script }, async (page) => {
      const [text, seen] = await inView(page, "#find-station");
      assert.match(text, /2026-10-01.*Every station takes every bicycle/s);
      assert.ok(seen);
      assert.equal(await page.$eval("#find-station a", (it) => it.getAttribute("href")), "#lock-bicycle");
    });
  }
  await guide(site, "#no-such-step", {}, async (page) => {
    const [text, seen] = await inView(page, "#sb-message");
    assert.match(text, /step/);
    assert.ok(seen);
    assert.equal(await page.$eval("#sb-message", (it) => it.getAttribute("role")), "status");
  });
});

test("SG-26 the edges of controls have a contrast of 3 to 1, light and dark", async () => {
  for (const site of sites) {
    for (const dark of [false, true]) {
      for (const path of [kinds(site).home, kinds(site).guide]) {
        await visit(browser, site.at(path), { dark }, async (page) => {
          await page.evaluate(CONTRAST);
          const controls = await page.$$eval("input:not([type=radio]), .situation label, .forget, .clear", (all) => all.filter((it) => it.checkVisibility()).map((it) => {
            const edges = [getComputedStyle(it), getComputedStyle(it, "::before")].filter((style) => parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none");
            return [it.outerHTML.slice(0, 60), Math.max(0, ...edges.map((style) => window.contrast(style.borderTopColor, window.ground(it.parentElement))))];
          }));
          assert.ok(controls.length > 0, path);
          assert.deepEqual(controls.filter(([, contrast]) => contrast < 3), []);
        });
      }
    }
  }
});

/** Puts into a page: the contrast of two colours as WCAG has it, and the colour behind an element. */
function CONTRAST() {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  window.contrast = (a, b) => {
    const [more, less] = [light(a), light(b)].sort((x, y) => y - x);
    return (more + 0.05) / (less + 0.05);
  };
  window.ground = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)";
  };
}
