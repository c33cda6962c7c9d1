// What assistive technology meets on each kind of page: roles, names, levels and states, kept in `snapshots/`.
// SNAPSHOTS=overwrite writes them anew.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { visit } from "./support/browser.mjs";
import { kinds } from "./support/site.mjs";
import { start } from "./support/start.mjs";

const { browser, own, base } = await start();
const folder = fileURLToPath(new URL("snapshots/", import.meta.url));

/** The accessible tree as lines, indented as it is nested. */
function lines(node, depth = 0) {
  const { role, name, children = [] } = node;
  if (["InlineTextBox", "LineBreak", "ListMarker"].includes(role)) return "";
  // A box without a meaning of its own, and texts that only repeat the name above them, are left out.
  if (["generic", "none"].includes(role) && !name) return children.map((child) => lines(child, depth)).join("");
  const texts = children.map((child) => (child.role === "StaticText" ? child.name : "…")).join("");
  const below = texts.replace(/\s/g, "") === name.replace(/\s/g, "") ? [] : children;
  const states = STATES.filter((state) => node[state] !== undefined).map((state) => ` ${state}=${node[state]}`);
  return `${"  ".repeat(depth)}${role}${name ? ` ${JSON.stringify(name)}` : ""}${states.join("")}\n${below.map((child) => lines(child, depth + 1)).join("")}`;
}

const STATES = ["level", "checked", "disabled", "expanded", "haspopup", "invalid", "pressed", "required", "selected", "description"];

const shown = Object.entries(kinds(base)).map(([kind, path]) => [kind.replace(" ", "-"), base.at(path)]);
shown.push(["own-first-phase", own.at(own.guide), "ol.steps"]);

for (const [name, address, root] of shown) {
  test(`the structure of ${name} is as it was`, async () => {
    const tree = await visit(browser, address, async (page) => page.accessibility.snapshot({ interestingOnly: false, root: root && await page.$(root) }));
    const file = `${folder}${name}.txt`;
    if (process.env.SNAPSHOTS === "overwrite") {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, lines(tree));
    }
    assert.equal(lines(tree), readFileSync(file, "utf8"));
  });
}

test("no snapshot is left of a page that is gone", () => {
  assert.deepEqual(readdirSync(folder).sort(), shown.map(([name]) => `${name}.txt`).sort());
});
