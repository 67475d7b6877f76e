// node hear_all.mjs < messages.json: for each message of a program's worker what the page finds wrong in it, "" for nothing.
import { readFileSync } from "node:fs";
import { parseWorkerMessage } from "../../../web/program/check-message.js";

const wrong = JSON.parse(readFileSync(0, "utf8")).map((message) => {
  try {
    parseWorkerMessage(message);
    return "";
  } catch (error) {
    return error.message;
  }
});
console.log(JSON.stringify(wrong));
