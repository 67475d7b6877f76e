// node one_file.mjs SHELL OUT NAME FILE [NAME FILE ...]: the shell and the files as one page, written to OUT.
import { createWriteStream, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { oneFileParts } from "../../web/site/one-file-format.js";

const [shell, out, ...named] = process.argv.slice(2);

async function* files() {
  for (let at = 0; at < named.length; at += 2) yield [named[at], readFileSync(named[at + 1])];
}

const parts = oneFileParts(readFileSync(shell, "utf8"), {}, files());
await pipeline(Readable.from(parts, { objectMode: true }), createWriteStream(out));
