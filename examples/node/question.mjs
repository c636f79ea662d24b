// Reads the sample library, asks it a question, and follows a mutual through time.
// Run it with `npm install` and `node question.mjs` in this folder, once `cargo xtask test wasm` has built the package.
import { readFileSync, readdirSync } from "node:fs";

import { Library } from "rochdale/reading";

const content = new URL("../content/", import.meta.url);
const paths = readdirSync(content, { recursive: true }).filter((path) => path.includes("."));
const files = paths.map((path) => [path, readFileSync(new URL(path, content))]);
const library = Library.fromFiles(Object.fromEntries(files));

const answer = library.find('category:mutualisation author:"David Bicknell"');
console.log(answer.total, "articles");
for (const article of answer.entries) console.log(" ", article.published, article.title);

for (const fact of library.timeline("mutual_entity:mycsp").facts) console.log(fact.when, fact.label);
