/**
 * @file What a unit has become, where all inputs are 0 or 1: its truth table, minimised (Quine and McCluskey), in words.
 */

/**
 * A case is a number: the first input is its highest bit. A term holds of the cases whose bits under the mask are those of
 * `value`.
 * @typedef {{ mask: number, value: number }} Term
 */

const MOST_TERMS = 2; // that a sentence joins; more are not read
const MOST_PARTS = 4; // inputs that it names

/** @param {Term} term @param {number} at */
const holds = ({ mask, value }, at) => (at & mask) === value;

/** @param {number} bits */
function ones(bits) {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}

/**
 * The terms that hold only of cases that are 1, and of which none can lose an input.
 * @param {boolean[]} table  whether each case is 1
 * @returns {Term[]}
 */
function primes(table) {
  const all = table.length - 1;
  /** @type {Term[]} */
  let terms = table.flatMap((is, value) => (is ? [{ mask: all, value }] : []));
  /** @type {Term[]} */
  const found = [];
  while (terms.length > 0) {
    const merged = new Set();
    /** @type {Map<string, Term>} */
    const shorter = new Map();
    const known = new Map(terms.map((term) => [`${term.mask}:${term.value}`, term]));
    for (const term of terms)
      for (let bit = 1; bit <= all; bit <<= 1) {
        if (!(term.mask & bit)) continue;
        if (!known.has(`${term.mask}:${term.value ^ bit}`)) continue;
        merged.add(term);
        const next = { mask: term.mask & ~bit, value: term.value & ~bit };
        shorter.set(`${next.mask}:${next.value}`, next);
      }
    found.push(...terms.filter((term) => !merged.has(term)));
    terms = [...shorter.values()];
  }
  return found;
}

/**
 * The fewest terms that together hold of just the cases that are 1; of more than two, nearly the fewest.
 * @param {boolean[]} table
 * @returns {Term[]}
 */
export function minimised(table) {
  const wanted = table.flatMap((is, at) => (is ? [at] : []));
  const terms = primes(table).sort((a, b) => ones(a.mask) - ones(b.mask));
  if (wanted.length === 0) return [];
  const covers = (/** @type {Term[]} */ chosen) =>
    wanted.every((at) => chosen.some((term) => holds(term, at)));
  const one = terms.find((term) => covers([term]));
  if (one) return [one];
  for (const [at, first] of terms.entries())
    for (const second of terms.slice(at + 1)) if (covers([first, second])) return [first, second];
  /** @type {Term[]} */
  const chosen = [];
  let open = wanted;
  while (open.length > 0) {
    const gain = (/** @type {Term} */ term) => open.filter((at) => holds(term, at)).length;
    const best = terms.reduce((most, term) => (gain(term) > gain(most) ? term : most));
    chosen.push(best);
    open = open.filter((at) => !holds(best, at));
  }
  return chosen;
}

/**
 * What a truth table says, as the rest of a sentence: "1 only where both are 0".
 * @param {boolean[]} table  whether each case is 1
 * @param {string[]} names  of the inputs
 * @param {string} [one]  what a case that is 1 is called
 */
export function truthWords(table, names, one = "1") {
  const count = table.filter(Boolean).length;
  if (count === table.length) return `always ${one}`;
  if (count === 0) return `never ${one}`;
  const matters = names.flatMap((_, input) => (isUsed(table, bitOf(names, input)) ? [input] : []));
  const by = byCount(table, matters, names);
  if (by) return `${one} where ${by}`;
  const terms = minimised(table);
  const others = minimised(table.map((is) => !is));
  const ways = [
    { terms, joined: terms.length === 1 && parts(terms) > 1 ? "only where" : "where", most: MOST_TERMS },
    { terms: others, joined: "unless", most: 1 },
  ];
  const short = ways.filter(({ terms, most }) => terms.length <= most && parts(terms) <= MOST_PARTS);
  const [best] = short.sort((a, b) => parts(a.terms) - parts(b.terms));
  if (!best) return `${one} in ${count} of ${table.length} cases`;
  return `${one} ${best.joined} ${anyOf(best.terms, names)}`;
}

/** @param {Term[]} terms */
const parts = (terms) => terms.reduce((sum, { mask }) => sum + ones(mask), 0);

/** @param {string[]} names @param {number} input */
const bitOf = (names, input) => 1 << (names.length - 1 - input);

/** Whether any case turns with this input. @param {boolean[]} table @param {number} bit */
const isUsed = (table, bit) => table.some((is, at) => is !== table[at ^ bit]);

/**
 * Where only the number of ones counts, or whether two are equal; "" where that is not so, or where a term says it better.
 * @param {boolean[]} table
 * @param {number[]} matters  the inputs that do
 * @param {string[]} names
 */
function byCount(table, matters, names) {
  const many = matters.length;
  if (many < 2) return "";
  const mask = matters.reduce((sum, input) => sum | bitOf(names, input), 0);
  /** @type {(boolean | undefined)[]} */
  const by = [];
  for (const [at, is] of table.entries()) {
    const count = ones(at & mask);
    if (by[count] !== undefined && by[count] !== is) return "";
    by[count] = is;
  }
  const whose =
    many === names.length
      ? ""
      : `of ${listed(
          matters.map((input) => names[input] ?? ""),
          "and",
        )} `;
  if (many === 2 && by[1] !== by[0] && by[0] === by[2])
    return `${listed(
      matters.map((input) => names[input] ?? ""),
      "and",
    )} ${by[1] ? "differ" : "are equal"}`;
  if (many === 2) return "";
  if (by.every((is, count) => is === (count % 2 === 1))) return `an odd number ${whose || "of inputs "}is 1`;
  if (by.every((is, count) => is === (count % 2 === 0))) return `an even number ${whose || "of inputs "}is 1`;
  const first = by.indexOf(true);
  const last = by.lastIndexOf(true);
  if (by.slice(first, last + 1).includes(false)) return "";
  const isAll = (/** @type {number} */ least, /** @type {number} */ most) => first === least && last === most;
  if (isAll(many, many) || isAll(0, 0) || isAll(1, many) || isAll(0, many - 1)) return ""; // one term, or its opposite
  const of = whose || `of ${many} `;
  if (first === last) return `exactly ${first} ${of}${first === 1 ? "is" : "are"} 1`;
  if (last === many) return `at least ${first} ${of}are 1`;
  if (first === 0) return `at most ${last} ${of}${last === 1 ? "is" : "are"} 1`;
  return `${first} ${last === first + 1 ? "or" : "to"} ${last} ${of}are 1`;
}

/**
 * @param {Term[]} terms
 * @param {string[]} names
 */
function anyOf(terms, names) {
  const alone = terms.every(({ mask }) => ones(mask) === 1);
  const isOne = terms.map(({ value }) => value > 0);
  if (alone && terms.length > 1 && isOne.every((is) => is === isOne[0])) {
    const named = names.filter((_, input) => terms.some(({ mask }) => mask === bitOf(names, input)));
    return `${listed(named, "or")} is ${isOne[0] ? 1 : 0}`;
  }
  const sorted = [...terms].sort((a, b) => b.mask - a.mask); // as the inputs stand
  return sorted.map((term) => allOf(term, names)).join(terms.length > 1 && !alone ? ", or where " : " or ");
}

/**
 * @param {Term} term
 * @param {string[]} names
 */
function allOf({ mask, value }, names) {
  const of = (/** @type {boolean} */ one) =>
    names.filter((_, input) => mask & bitOf(names, input) && Boolean(value & bitOf(names, input)) === one);
  const [high, low] = [of(true), of(false)];
  const isWhole = ones(mask) === names.length && names.length > 1;
  if (isWhole && (high.length === 0 || low.length === 0))
    return `${names.length === 2 ? "both" : "all"} are ${high.length > 0 ? 1 : 0}`;
  const said = [are(high, 1), are(low, 0)].filter(Boolean);
  const isFirstLow = low.length > 0 && names.indexOf(low[0]) < names.indexOf(high[0] ?? "");
  return (isFirstLow ? said.reverse() : said).join(" and ");
}

/** @param {string[]} names @param {number} digit */
const are = (names, digit) =>
  names.length < 2
    ? names.map((name) => `${name} is ${digit}`).join("")
    : `${listed(names, "and")} are ${digit}`;

/** @param {string[]} names @param {string} word */
const listed = (names, word) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
