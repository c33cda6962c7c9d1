// static/find.js ranks as the binary does: the same steps, in the same order, with the same scores.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { BASE, OWN, build, link } from "./support/site.mjs";

const script = readFileSync(new URL("../../static/find.js", import.meta.url), "utf8");

/** What comes from another realm, as of this one. */
const plain = (value) => JSON.parse(JSON.stringify(value));

/** The script over the index of a built site, as a page has it. */
function finder(site) {
  const index = JSON.parse(readFileSync(join(build(site), "find.json"), "utf8"));
  return runInNewContext(`${script}\nstepbookFind`)(index);
}

/** Labelled queries, what people type on the way to them, and what nobody should. */
function queries() {
  const sets = ["agents.tsv", "merchants.tsv"].map((set) => readFileSync(new URL(`../find/${set}`, import.meta.url), "utf8"));
  const labelled = sets.join("").split("\n").filter((line) => line.includes("\t")).map((line) => line.split("\t")[0]);
  // Each kind has its turn: as it is, half typed, without blanks, with two letters swapped.
  const turns = [(it) => it, (it) => it.slice(0, it.length / 2), (it) => it.replace(/\s/g, ""), (it) => it.replace(/(.)(.)(?=.{0,2}$)/u, "$2$1")];
  // A run of the binary costs a quarter of a second: every fifth stands for its neighbours.
  const typed = labelled.filter((_, at) => at % 5 === 0).map((query, at) => turns[at % turns.length](query));
  const odd = ["", "，。!?", "🙂🏳️‍🌈", "\u{1b}[31m", "\u{202e}lkl 余额", "ＬＫＬ　ｔｉｘｉａｎ", "İstanbul ΣΑΣ Ⅷ ﷺ lkl", "שלום", "乐".repeat(100), "lakala ".repeat(14)];
  return [...new Set([...typed, ...odd])];
}

/** What the binary finds, for each query. */
async function ranked(site, all) {
  const run = async (query) => {
    // Exit code 1 says that there is no single answer, and the results are printed all the same.
    const { stdout } = await link(site, query).catch((error) => error);
    return JSON.parse(stdout).results;
  };
  const found = [];
  for (let at = 0; at < all.length; at += 4) found.push(...(await Promise.all(all.slice(at, at + 4).map(run))));
  return found;
}

test("steps are ranked as the binary ranks them", async () => {
  const find = finder(OWN);
  const all = queries();
  assert.ok(all.length > 75, `${all.length} queries`);
  const expected = await ranked(OWN, all);
  for (const [at, query] of all.entries()) {
    const found = find.find(query, 6).map(({ provider, procedure, step, address, score }) => ({
      provider: provider.id,
      procedure: procedure.id,
      step: step && step.id,
      number: step && step.number,
      action: step && step.action,
      url: OWN.base + address,
      score,
    }));
    // The command leaves out what is only faintly like the words.
    assert.deepEqual(plain(found.slice(0, expected[at].length)), expected[at], query);
    assert.ok(found.slice(expected[at].length).every(({ score }) => score < 40), query);
  }
});

test("what is too long is refused, and what finds nothing finds nothing", () => {
  const find = finder(BASE);
  assert.throws(() => find.find("x".repeat(101), 5), { name: "RangeError" });
  assert.throws(() => find.find("\u{fdfa}".repeat(20), 5), { name: "RangeError" });
  assert.throws(() => find.providers("余额".repeat(5000), 5), { name: "RangeError" });
  assert.deepEqual(plain(find.find("velo", 0)), []);
  assert.deepEqual(plain(find.find("\u{202e} …", 5)), []);
});

test("providers are found by name, id, alias and slip", () => {
  const find = finder(OWN);
  for (const words of ["乐刷", "leshua", "ls", "leshau", "乐唰"]) {
    const [first] = plain(find.providers(words, 3));
    assert.deepEqual({ ...first, score: 0 }, { id: "leshua", name: "乐刷", address: "leshua/", score: 0 }, words);
  }
});
