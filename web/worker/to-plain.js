/** @file Worker's thread: converts Python's answers into plain JavaScript data. */

/**
 * What a Python object holds, as JavaScript's own; the object is let go.
 * @param {any} proxy
 * @returns {any}
 */
export function plain(proxy) {
  const value = withNulls(proxy.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false }));
  proxy.destroy();
  return value;
}

/**
 * Pyodide gives None as undefined and 2**53 as a BigInt; in plain data they are null and a number.
 * @param {any} value
 * @returns {any}
 */
function withNulls(value) {
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value === "bigint") return Number(value);
  if (value?.constructor !== Object) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNulls(item)]));
}
