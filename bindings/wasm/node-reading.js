// The module that reads files, in Node: it is read from the disk, so that no start is awaited.
import { readFileSync } from "node:fs";

import { initSync } from "./pkg/reading/rochdale.js";

initSync({ module: readFileSync(new URL("./pkg/reading/rochdale_bg.wasm", import.meta.url)) });

export * from "./pkg/reading/rochdale.js";
export { default } from "./pkg/reading/rochdale.js";
