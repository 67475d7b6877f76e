// node hear_all.mjs < messages.json: for each message of a program's worker, whether the page understands it and whether
// it complains of it on the console.
import { readFileSync } from "node:fs";
import { heard } from "../../../web/program/check-message.js";

let complaints = 0;
console.error = () => {
  complaints++;
};
const outcomes = JSON.parse(readFileSync(0, "utf8")).map((said) => {
  complaints = 0;
  return [heard(said) !== null, complaints > 0];
});
console.log(JSON.stringify(outcomes));
