// The package as a whole.
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import init, { version } from "rochdale";

test("version", async () => {
  await init();
  const stated = JSON.parse(readFileSync(new URL(import.meta.resolve("rochdale/package.json"))));
  assert.strictEqual(version(), stated.version);
});
