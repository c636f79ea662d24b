// Has the tests take the module that reads files where they ask for the package: `node --import` this.
import { register } from "node:module";

const hook = `export const resolve = (name, context, next) =>
  next(name === "rochdale" ? "rochdale/reading" : name, context);`;
register("data:text/javascript," + encodeURIComponent(hook));
