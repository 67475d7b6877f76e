/**
 * @file Stretches of a memory that stand in its constants too: much of what Python holds comes from the modules and texts
 * that are frozen into it. A snapshot says where they are instead of holding them once more.
 */

const BLOCK = 16; // bytes that are looked up at once
const SHORTEST = 40; // bytes; to say where less is takes as much as it saves

/**
 * @param {Uint8Array} memory
 * @param {number} page  bytes of one
 * @param {Set<number>} constant  the pages that a memory has from the beginning
 * @param {number} from  where to look for copies
 * @returns {[to: number, from: number, length: number][]}
 */
export function copiesIn(memory, page, constant, from) {
  const words = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const isConstant = (at) => constant.has(Math.floor(at / page));
  const hash = (at) => {
    let sum = 0;
    for (let word = 0; word < BLOCK; word += 4)
      sum = Math.imul(sum ^ words.getUint32(at + word, true), 0x9e3779b1);
    return sum;
  };
  const isPlain = (at) => words.getUint32(at, true) === words.getUint32(at + 8, true); // zeros are sent for nothing

  const places = new Map();
  for (const number of constant)
    for (let at = number * page; at < (number + 1) * page; at += BLOCK)
      if (!isPlain(at)) places.set(hash(at), at);

  const copies = [];
  for (let at = from, done = from; at <= memory.length - BLOCK; at++) {
    const place = isPlain(at) ? undefined : places.get(hash(at));
    if (place === undefined) continue;
    let before = 0;
    while (
      at - before > done &&
      isConstant(place - before - 1) &&
      memory[at - before - 1] === memory[place - before - 1]
    )
      before++;
    let after = 0;
    while (
      at + after < memory.length &&
      isConstant(place + after) &&
      memory[at + after] === memory[place + after]
    )
      after++;
    if (before + after < SHORTEST) continue;
    copies.push([at - before, place - before, before + after]);
    done = at + after;
    at = done - 1;
  }
  return copies;
}
