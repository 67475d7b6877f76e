// node hear_all.mjs < messages.json: for each message of a program's worker, whether the page understands it.
import { readFileSync } from "node:fs";
import { heard } from "../../../web/heard.js";

console.error = () => {};
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((said) => heard(said) !== null)));
