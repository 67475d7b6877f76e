/** @file Worker's thread: converts Python's answers into plain JavaScript data. */

/**
 * The data of a Python object as JavaScript values; the proxy is destroyed.
 * @param {any} proxy
 * @returns {any}
 */
export function toPlain(proxy) {
  const value = withNulls(proxy.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false }));
  proxy.destroy();
  return value;
}

/**
 * Pyodide converts None to undefined and 2**53 to a BigInt; here they become null and a number.
 * @param {any} value
 * @returns {any}
 */
function withNulls(value) {
  if (Array.isArray(value)) return value.map(withNulls);
  if (typeof value === "bigint") return Number(value);
  if (value?.constructor !== Object) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNulls(item)]));
}
