// The package in Node: the module is read from the disk, so that no start is awaited.
import { readFileSync } from "node:fs";

import { initSync } from "./pkg/rochdale.js";

initSync({ module: readFileSync(new URL("./pkg/rochdale_bg.wasm", import.meta.url)) });

export * from "./pkg/rochdale.js";
export { default } from "./pkg/rochdale.js";
