// What most files of tests begin with.

import { after } from "node:test";
import { chromium } from "./browser.mjs";
import { BASE, OWN, build, serve } from "./site.mjs";

/** Starts a browser and serves both sites; all of it ends after the last test of the file. */
export async function start({ browser: launch = chromium } = {}) {
  const browser = await launch();
  const [own, base] = await Promise.all([OWN, BASE].map(served));
  after(() => browser.close());
  return { browser, own, base, sites: [own, base] };
}

/** A site, built and served until the last test of the file. */
export async function served(site, options) {
  const folder = build(site, options);
  const server = await serve(folder);
  after(() => server.close());
  return { ...site, folder, server, at: (path) => server.origin + path };
}
