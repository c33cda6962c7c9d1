// Every page built is HTML as the standard has it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { BASE, OWN, build, files } from "./support/site.mjs";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // A number that is a link to call is one target, and may break where it is narrow.
    "tel-non-breaking": ["error", { ignoreClasses: ["tap"] }],
    // The list that belongs to a field for words is no <select>.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
  },
});

for (const [name, site, options] of [[OWN.language, OWN], [BASE.language, BASE], ["pages that moved", BASE, { over: "tests/cases/moved" }]]) {
  test(`html-validate finds nothing on any page, ${name}`, async () => {
    const folder = build(site, options);
    const faults = [];
    for (const path of files(folder).filter((path) => path.endsWith(".html"))) {
      const { results } = await validator.validateFile(join(folder, path));
      for (const { messages } of results) faults.push(...messages.map((it) => `${path}:${it.line}:${it.column} ${it.ruleId}: ${it.message}`));
    }
    assert.deepEqual(faults, []);
  });
}

test("html-validate finds what is there to find", async () => {
  const { valid } = await validator.validateString("<!DOCTYPE html><html><head><title>a</title></head><body><p><div></div></p></body></html>");
  assert.equal(valid, false);
});
