// Debian's Chromium and a Chromium 80, the oldest that the pages serve. Every visit fails on what no page may do.

import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import puppeteer80 from "puppeteer-core-80";

/** A phone of 360 px, as many readers hold. */
export const PHONE = { width: 360, height: 640, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** A desk. */
export const DESK = { width: 1280, height: 800 };

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Should a page ask another host, it gets no answer, and the visit fails.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Starts Debian's Chromium. */
export const chromium = () => launch(puppeteer, process.env.CHROMIUM ?? "/usr/bin/chromium");

/** Starts Chromium 80. */
export const chromium80 = () => launch(puppeteer80, unpacked());

/** The driver gives each browser an empty profile, and deletes it at the end. */
function launch(driver, executablePath) {
  return driver.launch({ executablePath, headless: true, args: FLAGS });
}

/** Where the Chromium 80 that npm carries lies unpacked. */
function unpacked() {
  const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));
  const binary = join(modules, ".chromium-80");
  if (!existsSync(binary)) {
    const packed = createRequire(import.meta.url).resolve("chrome-aws-lambda/bin/chromium.br");
    writeFileSync(`${binary}.part`, brotliDecompressSync(readFileSync(packed)));
    chmodSync(`${binary}.part`, 0o755);
    renameSync(`${binary}.part`, binary);
  }
  return binary;
}

/**
 * Opens an address as a reader who was never there, and hands the page over.
 *
 * Fails if the page asked another origin, broke the content security policy, had an error in a script, or met a file
 * that is not there.
 */
export async function visit(browser, address, options, work) {
  if (typeof options === "function") [options, work] = [{}, options];
  const { view = PHONE, dark = false, print = false, script = true, before } = options;
  const context = await (browser.createBrowserContext ?? browser.createIncognitoBrowserContext).call(browser);
  try {
    const page = await context.newPage();
    const faults = watch(page, new URL(address).origin);
    await page.setViewport(view);
    await page.setJavaScriptEnabled(script);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
    if (print) await page.emulateMediaType("print");
    if (before) await before(page, context);
    await page.goto(address, { waitUntil: "load" });
    const result = await work(page);
    assert.deepEqual(faults, [], address);
    return result;
  } finally {
    await context.close();
  }
}

function watch(page, origin) {
  const faults = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) faults.push(`asked ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => faults.push(`failed ${request.url()}`));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
}
