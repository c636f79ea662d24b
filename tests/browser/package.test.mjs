// The package in a real browser, loaded as a page would load it.
import assert from "node:assert";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";

import { launch } from "./chromium.mjs";
import { serve } from "./serve.mjs";

let browser, page, server;

before(async () => {
  server = await serve(new URL("../../", import.meta.url));
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`${server.address}/tests/browser/${process.env.PAGE ?? "page.html"}`);
});

after(async () => {
  await browser?.close();
  server?.close();
});

test("the package starts", async () => {
  const version = await page.evaluate(async () => {
    const { default: init, version } = await import("rochdale");
    await init();
    return version();
  });
  assert.match(version, /^\d+\.\d+\.\d+$/);
});

for (const name of readdirSync(new URL("../fixtures/query/", import.meta.url))) {
  test(name, async () => {
    const found = await page.evaluate(async (name) => {
      const { default: init, Library } = await import("rochdale");
      const { wrong } = await import("/tests/node/fixtures.mjs");
      const read = async (path) => (await fetch(`/tests/fixtures/${path}`)).text();
      await init();
      const fixture = JSON.parse(await read(`query/${name}`));
      const library = Library.fromJson(await read(`library/${fixture.library}.json`));
      return [...wrong(library, fixture), ...wrong(Library.open(library.toSnapshot()), fixture)];
    }, name);
    assert.deepStrictEqual(found, []);
  });
}
