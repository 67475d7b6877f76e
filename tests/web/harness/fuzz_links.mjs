// node fuzz_links.mjs < links.json: what the page's decoder makes of each link, and how many bytes it unpacked for that.
import { readFileSync } from "node:fs";
import { LinkError, readLink } from "../../../web/documents/link.js";

let unpacked = 0;
const { DecompressionStream } = globalThis;
globalThis.DecompressionStream = class {
  constructor(format) {
    const { readable, writable } = new DecompressionStream(format);
    const count = new TransformStream({
      transform(chunk, controller) {
        unpacked += chunk.length;
        controller.enqueue(chunk);
      },
    });
    Object.assign(this, { writable, readable: readable.pipeThrough(count) });
  }
};

const outcomes = [];
for (const link of JSON.parse(readFileSync(0, "utf8"))) {
  unpacked = 0;
  try {
    const opened = await readLink(link);
    outcomes.push({ kind: opened ? "opened" : "nothing", opened, unpacked });
  } catch (error) {
    if (!(error instanceof LinkError)) throw new Error(`${link}: ${error.stack}`);
    outcomes.push({ kind: "refused", message: error.message, unpacked });
  }
}
console.log(JSON.stringify(outcomes));
