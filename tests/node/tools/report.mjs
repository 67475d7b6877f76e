/** @file A reporter for Node's test runner: one line of JSON with what failed in each file, how many passed, and the coverage. */
import { relative } from "node:path";

/** @param {AsyncIterable<any>} events */
export default async function* report(events) {
  const files = {};
  const coverage = {};
  for await (const { type, data } of events) {
    if (type === "test:coverage")
      for (const { path, ...counts } of data.summary.files)
        coverage[relative(process.cwd(), path).replaceAll("\\", "/")] = {
          lines: [counts.coveredLineCount, counts.totalLineCount],
          branches: [counts.coveredBranchCount, counts.totalBranchCount],
        };
    if (!["test:pass", "test:fail"].includes(type) || data.file === undefined) continue;
    const name = relative(process.cwd(), data.file).replaceAll("\\", "/");
    files[name] ??= { passed: 0, failed: [] };
    const { details } = data;
    if (type === "test:pass") files[name].passed += 1;
    else
      files[name].failed.push(
        `${data.name}\n${details.error?.cause?.stack ?? details.error?.cause ?? details.error}`,
      );
  }
  yield `${JSON.stringify({ files, coverage })}\n`;
}
