// The codes that the desk draws are read back at every length, and are the binary's own where both choose one mask.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import jsQR from "jsqr";
import { OWN, build, guides } from "./support/site.mjs";

const code = readFileSync(fileURLToPath(new URL("../../static/qr.js", import.meta.url)), "utf8");
const encode = runInThisContext(`${code}; stepbookQr`);

/** What a reader sees in a code of four pixels a module. */
function read(rows) {
  const [scale, quiet] = [4, 4];
  const side = (rows.length + 2 * quiet) * scale;
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (rows[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet]) data.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    }
  }
  return jsQR(data, side, side, { inversionAttempts: "dontInvert" })?.data;
}

const address = (length) => "https://pos-guide.example/leshua/?merchant-type=company&done=".padEnd(length, "clear-balance,ask#").slice(0, length);

test("an address of every length to 300 bytes is read back", () => {
  for (let length = 1; length <= 300; length++) assert.equal(read(encode(address(length))), address(length), `${length}`);
});

test("the longest address of every larger version is read back, and a longer one is refused", () => {
  // Bytes at level M of the versions from 13, as ISO/IEC 18004 lists them.
  const longest = [331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331];
  longest.forEach((length, at) => {
    const rows = encode(address(length));
    assert.equal(rows.length, 17 + 4 * (13 + at), `${length}`);
    assert.equal(read(rows), address(length), `${length}`);
  });
  assert.throws(() => encode(address(2332)), { name: "RangeError" });
});

test("text beyond ASCII is read back", () => assert.equal(read(encode("https://例子.example/乐刷")), "https://例子.example/乐刷"));

test("modules are those of the codes on paper wherever the mask is the same", () => {
  /** The rows of a code that the binary drew. */
  const drawn = (side, path) => {
    const rows = Array.from({ length: side - 8 }, () => new Uint8Array(side - 8));
    let [x, y] = [0, 0];
    for (const [, command, one, other] of path.matchAll(/([Mmh])(\d+)(?: (\d+))?/g)) {
      if (command === "M") [x, y] = [Number(one) - 4, Number(other) - 4];
      else if (command === "h") rows[y].fill(1, x, x + Number(one));
      if (command !== "M") x += Number(one);
    }
    return rows;
  };
  /** The bits that say level and mask stand beside the upper left finder. */
  const mask = (rows) => rows[8].slice(0, 6).join("");
  const folder = build(OWN);
  const same = guides(folder).filter((guide) => {
    const html = readFileSync(join(folder, guide, "index.html"), "utf8");
    const [, side, path] = html.match(/viewBox="0 -\.5 (\d+) \d+".*?<path stroke="#000" d="([^"]+)"/);
    const theirs = drawn(Number(side), path);
    const ours = encode(read(theirs));
    assert.equal(ours.length, theirs.length, guide);
    if (mask(ours) !== mask(theirs)) return false;
    assert.deepEqual(ours.map((row) => row.join("")), theirs.map((row) => row.join("")), guide);
    return true;
  });
  assert.ok(same.length > 5, `${same.length} of ${guides(folder).length} codes have one mask`);
});
