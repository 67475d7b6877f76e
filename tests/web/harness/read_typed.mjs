// node read_typed.mjs < texts.json: of each text what the page takes it for in a cell, an output and a whole number's field.
import { readFileSync } from "node:fs";
import { readCell, readSetting } from "../../../web/model/typed-numbers.js";

const said = JSON.parse(readFileSync(0, "utf8")).map((text) => [
  readCell(text, false),
  readCell(text, true),
  readSetting(text, true),
]);
console.log(JSON.stringify(said));
