/**
 * @file Python's memory, taken when the build had started it, put back into the page's Python.
 *
 * Relies on how Pyodide 0.29.5 does it (py/build/runtime.py holds it to the hashes of its files):
 * - prepareSnapshot takes any view and asks only its length, which becomes the size of the memory;
 * - WebAssembly gets the memory as `imports.env.memory`;
 * - restoreSnapshot, after the constructors of C have run, looks at the head through `buffer`, `byteOffset`,
 *   `byteLength` and `subarray(from, to)`, then takes the rest by `subarray(from)` and copies that to the memory.
 */

/**
 * The parts of a snapshot (py/build/snapshot.mjs writes it): the head that Pyodide reads, the pages that differ from the
 * memory of a Python that was just constructed, and ranges of them that are copies of its constants. From `cleared` on the
 * memory is zero but for these pages and copies.
 * @param {Uint8Array} snapshot
 */
export function readSnapshot(snapshot) {
  const numbers = new Uint32Array(snapshot.buffer, 0, 6);
  const [heap, cleared, page, runs, copies, headBytes] = numbers;
  const head = numbers.byteLength + runs * 8 + copies * 12;
  return {
    heap,
    cleared,
    page,
    runs: new Uint32Array(snapshot.buffer, numbers.byteLength, runs * 2), // first page, how many, and so on
    copies: new Uint32Array(snapshot.buffer, numbers.byteLength + runs * 8, copies * 3), // all to, all from, all lengths
    head: snapshot.slice(head, head + headBytes),
    pages: snapshot.subarray(head + headBytes),
  };
}

/**
 * @param {Uint8Array} snapshot
 * @param {WebAssembly.Memory} memory
 */
export function restore(snapshot, memory) {
  const { cleared, page, runs, copies, pages } = readSnapshot(snapshot);
  const all = new Uint8Array(memory.buffer);
  all.fill(0, cleared);
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const bytes = runs[run + 1] * page;
    all.set(pages.subarray(at, at + bytes), runs[run] * page);
    at += bytes;
  }
  const many = copies.length / 3;
  for (let copy = 0; copy < many; copy++) {
    const from = copies[copy + many];
    all.copyWithin(copies[copy], from, from + copies[copy + 2 * many]);
  }
}

/**
 * Stands in for a whole snapshot when Pyodide asks for one, before the bytes of the snapshot have arrived.
 * @param {number} heap  bytes of the memory
 * @param {() => Uint8Array} head
 * @param {() => void} restore  is called in the place of copying
 */
export function snapshotStandIn(heap, head, restore) {
  const subarray = (/** @type {number} */ from, /** @type {number} */ to) => {
    if (to !== undefined) return head().subarray(from, to);
    restore();
    return new Uint8Array();
  };
  return Object.defineProperties(new Uint8Array(), {
    length: { value: heap },
    buffer: { get: () => head().buffer },
    byteOffset: { value: 0 },
    byteLength: { get: () => head().byteLength },
    subarray: { value: subarray },
  });
}
