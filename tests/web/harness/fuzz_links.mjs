// node fuzz_links.mjs < links.json: what the page's decoder makes of each link.
import { readFileSync } from "node:fs";
import { LinkError, readLink } from "../../../web/link.js";

const outcomes = [];
for (const link of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    outcomes.push({ kind: (await readLink(link)) ? "opened" : "nothing" });
  } catch (error) {
    if (!(error instanceof LinkError)) throw new Error(`${link}: ${error.stack}`);
    outcomes.push({ kind: "refused", message: error.message });
  }
}
console.log(JSON.stringify(outcomes));
