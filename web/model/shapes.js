/**
 * @file What a message has to be, as values: a shape gives back what fits it and throws MisfitError, which names the place,
 * for what does not. A shape that is declared as `Shape<Type>`, with a type of protocol.js, cannot lack a part of that type.
 */

/** A message, or a part of one, is not what it has to be. */
export class MisfitError extends TypeError {
  /** @param {string} place @param {string} wanted @param {unknown} found */
  constructor(place, wanted, found) {
    const what = typeof found === "string" ? `text of ${found.length} characters` : kindOf(found);
    super(`${place} has to be ${wanted} and is ${what}.`);
    this.name = "MisfitError";
  }
}

/** @param {unknown} found */
const kindOf = (found) =>
  typeof found === "number" || typeof found === "boolean" || found == null
    ? String(found)
    : Array.isArray(found)
      ? `a list of ${found.length}`
      : `of the type ${typeof found}`;

/**
 * @template Value
 * @typedef {(found: unknown, place: string) => Value} Shape
 */
/**
 * @template {Shape<any>} Of
 * @typedef {ReturnType<Of>} Fit
 */

/**
 * @template Value
 * @param {string} wanted
 * @param {(found: any) => boolean} fits
 * @returns {Shape<Value>}
 */
const shape = (wanted, fits) => (found, place) => {
  if (!fits(found)) throw new MisfitError(place, wanted, found);
  return /** @type {Value} */ (found);
};

/** @type {Shape<number>} */
export const number = shape("a finite number", Number.isFinite);
/** @type {Shape<number>} */
export const count = shape("a whole number from 0", (found) => Number.isSafeInteger(found) && found >= 0);
/** @type {Shape<boolean>} */
export const boolean = shape("true or false", (found) => typeof found === "boolean");

/** @param {number} most  characters @returns {Shape<string>} */
export const text = (most) =>
  shape(`text of at most ${most} characters`, (found) => typeof found === "string" && found.length <= most);

/**
 * @template {string | boolean} Value
 * @param {Value[]} allowed
 * @returns {Shape<Value>}
 */
export const oneOf = (...allowed) => shape(allowed.join(" or "), (found) => allowed.includes(found));

/**
 * @template Value
 * @param {Shape<Value>} inner
 * @returns {Shape<Value | null>}
 */
export const orNull = (inner) => (found, place) => (found === null ? null : inner(found, place));

/**
 * @template Item
 * @param {Shape<Item>} item
 * @param {number} [most]
 * @returns {Shape<Item[]>}
 */
export function list(item, most = Number.POSITIVE_INFINITY) {
  const isList = shape(`a list of at most ${most}`, (found) => Array.isArray(found) && found.length <= most);
  return (found, place) =>
    /** @type {unknown[]} */ (isList(found, place)).map((one, at) => item(one, `${place}[${at}]`));
}

/**
 * Only these fields come through.
 * @template {Record<string, Shape<any>>} Fields
 * @param {Fields} fields
 * @returns {Shape<{ [Name in keyof Fields]: Fit<Fields[Name]> }>}
 */
export function record(fields) {
  const isObject = shape("an object", (found) => typeof found === "object" && found !== null);
  return (found, place) => {
    const object = /** @type {any} */ (isObject(found, place));
    const parts = Object.entries(fields).map(([name, part]) => [
      name,
      part(object[name], `${place}.${name}`),
    ]);
    return /** @type {any} */ (Object.fromEntries(parts));
  };
}

/**
 * One of several records, each known by a field that only it has.
 * @template {Record<string, Shape<any>>} Records
 * @param {Records} records  by the name of that field
 * @returns {Shape<Fit<Records[keyof Records]>>}
 */
export const byField = (records) => (found, place) => {
  const isObject = typeof found === "object" && found !== null;
  const name = Object.keys(records).find((field) => isObject && Object.hasOwn(found, field));
  if (name === undefined)
    throw new MisfitError(place, `with one of ${Object.keys(records).join(", ")}`, found);
  return records[name](found, place);
};
