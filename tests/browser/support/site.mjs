// The two sites that the tests look at: built by the binary, served as a strict host would serve them.

import { execFile, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const BINARY = join(process.env.CARGO_TARGET_DIR ?? join(REPOSITORY, "target"), "debug/stepbook");

/** The day of every run. */
export const TODAY = "2026-11-23";

/** Chinese, thirteen providers: the repository's own content. */
export const OWN = { root: REPOSITORY, language: "zh-CN", base: "https://pos-guide.example/", guide: "/leshua/deregistration/" };

/** English, two providers: the smallest site that passes. */
export const BASE = { root: join(REPOSITORY, "tests/base"), language: "en", base: "https://bicycles.internal/", guide: "/velo/bicycle-return/" };

/** One page of every kind of a site. */
export function kinds(site) {
  const [, provider, procedure] = site.guide.split("/");
  return {
    home: "/",
    provider: `/${provider}/`,
    guide: site.guide,
    checklist: `${site.guide}checklist/`,
    pack: `/${provider}/pack/`,
    coverage: `/coverage/${procedure}/`,
    differences: `/differences/${procedure}/`,
    desk: "/agent/",
    "not found": "/404.html",
  };
}

/** A copy of a site to work in, deleted at the end: `run` runs the binary there, and throws where it says no. */
export function workplace(site) {
  const folder = mkdtempSync(join(tmpdir(), "stepbook-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, "copy");
  cpSync(join(site.root, "content"), join(root, "content"), { recursive: true });
  const run = (...args) => execFileSync(BINARY, [...args, "--root", root, "--today", TODAY], { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  return {
    root,
    run,
    edit: (path, from, to) => replace(join(root, path), from, to),
    /** Serves it while it is edited, at a port that the system chooses or at this one. */
    async serve(port = 0) {
      const args = ["serve", "--addr", `127.0.0.1:${port}`, "--root", root, "--today", TODAY];
      const child = spawn(BINARY, args, { stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      for await (const part of child.stderr.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
        said += part;
        // The first state is there.
        if (said.includes("served: ")) break;
      }
      child.stderr.resume();
      const [, origin] = said.match(/serving (http:\/\/[^/]+)/);
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const end = () => {
        child.kill("SIGKILL");
        return ended;
      };
      return { origin, end };
    },
    /** Lays a case over it. */
    lay: (over) => cpSync(join(REPOSITORY, over, "content"), join(root, "content"), { recursive: true }),
    /** Builds into a folder of its own. */
    build(name = "public") {
      const out = join(folder, name);
      run("build", "--out", out);
      return out;
    },
  };
}

/** Builds a site into a folder that is deleted at the end. First, a case is laid `over` a copy of it, or `edit` changes one. */
export function build(site, { over, edit = () => {} } = {}) {
  const work = workplace(site);
  if (over) work.lay(over);
  edit(work.edit);
  return work.build();
}

/** Asks the binary for the step that fits; its answer is JSON. */
export function link(site, words) {
  return promisify(execFile)(BINARY, ["link", "--format", "json", "--root", site.root, "--today", TODAY, "--", words]);
}

/** Replaces the one place where a text stands in a file. */
function replace(path, from, to) {
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) throw new Error(`"${from}" stands once in ${path}`);
  writeFileSync(path, text.replace(from, () => to));
}

/** The addresses of all guides of a built site. */
export function guides(folder) {
  return files(folder).filter((path) => path.endsWith("/checklist/index.html")).map((path) => `/${path.replace("checklist/index.html", "")}`);
}

/** The paths of all files below a folder, sorted. */
export function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/** What a page may load: nothing but what is the site's own. Lighthouse needs `connect-src`: it asks for robots.txt in the page. */
const POLICY = [
  "default-src 'none'",
  ...["script-src", "style-src", "img-src", "connect-src", "form-action"].map((kind) => `${kind} 'self'`),
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves a folder on a free port of this machine. `show` puts another folder in its place, at the same origin. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    let path = join(folder, decodeURIComponent(pathname));
    if (path.endsWith("/")) path += "index.html";
    const found = path.startsWith(folder) && existsSync(path);
    const file = found ? path : join(folder, "404.html");
    response.writeHead(found ? 200 : 404, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-encoding": "gzip",
      "content-security-policy": POLICY,
      "cache-control": pathname.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache",
    });
    response.end(gzipSync(readFileSync(file)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    get folder() { return folder; },
    show(other) { folder = other; },
    close() { server.closeAllConnections(); server.close(); },
  };
}
