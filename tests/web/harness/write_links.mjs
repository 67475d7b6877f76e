// node write_links.mjs < problems.json: the link that the page's own writer makes of each [problem, more].
import { readFileSync } from "node:fs";
import { writeLink } from "../../../web/documents/link.js";

const links = [];
for (const [problem, { trained, ...more }] of JSON.parse(readFileSync(0, "utf8"))) {
  const state = trained && { iteration: trained[0], state: Float64Array.from(trained[1]) };
  links.push(await writeLink(problem, { ...more, trained: state }));
}
console.log(JSON.stringify(links));
