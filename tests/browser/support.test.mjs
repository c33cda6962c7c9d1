// The watch over every visit sees what it is there for.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium, chromium80, visit } from "./support/browser.mjs";
import { serve } from "./support/site.mjs";

const folder = mkdtempSync(join(tmpdir(), "stepbook-"));
let server;
for (const name of ["404.html", "favicon.ico"]) writeFileSync(join(folder, name), "nothing here");
before(async () => { server = await serve(folder); });
after(() => { server.close(); rmSync(folder, { recursive: true }); });

for (const [name, start] of Object.entries({ "Debian's Chromium": chromium, "Chromium 80": chromium80 })) {
  test(`${name} starts, and the watch sees each fault of a page`, async () => {
    const browser = await start();
    try {
      const faulty = {
        "an inline script": "<script>1</script>",
        "an inline style": "<p style='color:red'>a</p>",
        "another origin": "<img src='http://elsewhere.example/a.png'>",
        "a file that is not there": "<script src='/gone.js'></script>",
        "an error in a script": "<script src='/broken.js'></script>",
      };
      writeFileSync(join(folder, "broken.js"), "nothing.there");
      for (const [fault, html] of Object.entries(faulty)) {
        writeFileSync(join(folder, "page.html"), `<!DOCTYPE html><title>a</title>${html}`);
        await assert.rejects(visit(browser, `${server.origin}/page.html`, async () => {}), assert.AssertionError, fault);
      }
      writeFileSync(join(folder, "page.html"), "<!DOCTYPE html><title>a</title><p>quiet");
      assert.equal(await visit(browser, `${server.origin}/page.html`, (page) => page.$eval("p", (it) => it.textContent)), "quiet");
    } finally {
      await browser.close();
    }
  });
}
