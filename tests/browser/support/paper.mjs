// What stands on a printed sheet: texts with their sizes and places, the structure, colours, and the picture of a page.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jsQR from "jsqr";
import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { PNG } from "pngjs";
import { visit } from "./browser.mjs";

const MM = 72 / 25.4;

/** Pixels of CSS in a millimetre. */
export const PX = 96 / 25.4;

/** Prints an address as a browser prints when nobody changes a setting: without backgrounds. */
export const print = (browser, address, options = {}) =>
  visit(browser, address, options, async (page) => Buffer.from(await page.pdf({ preferCSSPageSize: true })));

/**
 * Visits a page laid out as on paper, at the width between the margins of its style sheet. It is not cut into sides:
 * for that, `read` the print.
 */
export const onPaper = (browser, address, work) =>
  visit(browser, address, { print: true, view: { width: 1280, height: 800 } }, async (page) => {
    const width = await page.evaluate(() => {
      const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
      const { style } = rules.find((rule) => rule instanceof CSSPageRule);
      const [left, right] = [style.marginLeft, style.marginRight].map(parseFloat);
      return 210 - left - right;
    });
    await page.setViewport({ width: Math.floor(width * PX), height: 1000 });
    return work(page);
  });

// In a PDF, Chromium writes a character that looks like a radical as that radical. NFKC knows most, not these.
const RADICALS = { 戶: "户", "⺟": "母", "⺠": "民", "⻅": "见", "⻆": "角", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻚": "页", "⻛": "风", "⻜": "飞", "⻢": "马", "⻥": "鱼", "⻦": "鸟", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙" };

/** Text as it is compared: without blanks, and with one sign for what looks the same. */
export const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "").replace(/[戶\u2e80-\u2eff]/g, (sign) => RADICALS[sign] ?? sign);

/** Reads a PDF. Places and widths are in mm from the top left, sizes of type in pt. */
export async function read(pdf) {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= document.numPages; number++) pages.push(await readPage(await document.getPage(number)));
  await document.destroy();
  return pages;
}

async function readPage(page) {
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
  const texts = [];
  const marks = [];
  for (const item of items) {
    // A mark within another may carry only how a text is spelt.
    if (item.type?.startsWith("begin")) marks.push(item.id ?? marks.at(-1));
    else if (item.type === "endMarkedContent") marks.pop();
    else if (item.str.trim()) {
      const [, , , , x, y] = item.transform;
      texts.push({ text: item.str.normalize("NFKC"), x: x / MM, y: (height - y) / MM, width: item.width / MM, size: item.height, mark: marks.at(-1) });
    }
  }
  const elements = [];
  const list = (node, path) => {
    if (node.type === "content") {
      for (const text of texts) if (text.mark === node.id) for (const element of path) element.texts.push(text);
      return;
    }
    const element = { role: node.role, within: path.map((it) => it.role), texts: [] };
    elements.push(element);
    for (const child of node.children ?? []) list(child, [...path, element]);
  };
  const tree = await page.getStructTree();
  if (tree) list(tree, []);
  for (const element of elements) element.text = plain(element.texts.map((it) => it.text).join(""));
  return {
    width: width / MM,
    height: height / MM,
    texts,
    text: plain(texts.map((it) => it.text).join("")),
    lines: inLines(texts),
    elements: elements.filter((it) => it.text),
    // Items of the lists of a sheet; a list within an item is part of it.
    items: elements.filter((it) => it.role === "LI" && !it.within.includes("LI") && it.text),
    colours: await colours(page),
  };
}

/** Texts joined that stand on one line, from the top down. */
function inLines(texts) {
  const lines = [];
  for (const text of [...texts].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const line = lines.at(-1);
    if (line && text.y - line.y < 1) line.texts.push(text);
    else lines.push({ y: text.y, texts: [text] });
  }
  return lines.map(({ y, texts }) => ({ y, text: plain(texts.sort((a, b) => a.x - b.x).map((it) => it.text).join("")) }));
}

/** The colours that a page draws with: of text, and of lines and areas. */
async function colours(page) {
  const { fnArray, argsArray } = await page.getOperatorList();
  const found = { text: new Set(), shape: new Set() };
  const kept = [];
  let fill = "#000000";
  let stroke = "#000000";
  fnArray.forEach((operation, index) => {
    const [first] = argsArray[index] ?? [];
    if (operation === OPS.save) kept.push([fill, stroke]);
    else if (operation === OPS.restore) [fill, stroke] = kept.pop();
    else if (operation === OPS.setFillRGBColor) fill = first;
    else if (operation === OPS.setStrokeRGBColor) stroke = first;
    else if (operation === OPS.showText) found.text.add(fill);
    else if (operation === OPS.constructPath && [OPS.fill, OPS.eoFill].includes(first)) found.shape.add(fill);
    else if (operation === OPS.constructPath && [OPS.stroke, OPS.closeStroke].includes(first)) found.shape.add(stroke);
    else if (/Image|shading/i.test(NAMES[operation])) found.shape.add(NAMES[operation]);
  });
  return found;
}

const NAMES = Object.fromEntries(Object.entries(OPS).map(([name, code]) => [code, name]));

/** Pictures of the first pages of a PDF; `mono` in one colour, as from a poor copier. */
export function pictures(pdf, { pages = 1, dpi = 150, mono = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "stepbook-"));
  try {
    writeFileSync(join(folder, "a.pdf"), pdf);
    execFileSync("pdftoppm", ["-r", dpi, "-l", pages, "-png", ...(mono ? ["-mono"] : []), "a.pdf", "p"], { cwd: folder });
    const names = readdirSync(folder).filter((name) => name.endsWith(".png")).sort();
    return names.map((name) => {
      const { width, height, data } = PNG.sync.read(readFileSync(join(folder, name)));
      const dark = (x, y) => data[4 * (Math.round(y) * width + Math.round(x))] < 128;
      return { width, height, data, dpi, dark };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The QR code in a picture: its text, and its place in pixels. */
export function qr({ width, height, data }) {
  const found = jsQR(new Uint8ClampedArray(data), width, height, { inversionAttempts: "dontInvert" });
  if (!found) return null;
  const modules = 17 + 4 * found.version;
  const { topLeftCorner: corner, topRightCorner: other } = found.location;
  // The corners are guesses; from there, the code's edges are where the quiet zone begins.
  const guess = (other.x - corner.x) / modules;
  const [from, to] = [-4, modules + 4].map((at) => at * guess);
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  for (let y = Math.round(corner.y + from); y < corner.y + to; y++) {
    for (let x = Math.round(corner.x + from); x < corner.x + to; x++) {
      if (data[4 * (y * width + x)] >= 128) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x + 1), Math.min(top, y), Math.max(bottom, y + 1)];
    }
  }
  return { text: found.data, modules, left, top, width: right - left, height: bottom - top, module: (right - left) / modules };
}

/**
 * The squares in a picture that are drawn by lines, with side and line in mm, found as pairs of level lines of about
 * the length of a tick box.
 */
export function squares({ width, height, dpi, dark }) {
  const px = dpi / 25.4;
  const edges = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width / 4; x++) {
      let end = x;
      while (end < width && dark(end, y)) end++;
      const length = end - x;
      if (length > 3.5 * px && length < 6 * px) {
        const edge = edges.find((it) => Math.abs(it.x - x) <= 1 && Math.abs(it.length - length) <= 2 && it.y + it.lines === y);
        if (edge) edge.lines++;
        else edges.push({ x, y, length, lines: 1 });
      }
      if (length) x = end;
    }
  }
  const found = [];
  for (const top of edges) {
    const bottom = edges.find((it) => it.x === top.x && it.y > top.y && Math.abs(it.y + it.lines - top.y - top.length) <= 2);
    if (bottom) found.push({ x: top.x / px, y: top.y / px, width: top.length / px, height: (bottom.y + bottom.lines - top.y) / px, line: Math.min(top.lines, bottom.lines) / px });
  }
  return found;
}
