/**
 * @file The settings of a problem, each under its path: "training.seed", "network.hidden.2.units" (layers count from 1).
 * Python's refusals name fields by the same paths. Which settings there are says py/tenlines/settings/registry.py.
 * @import { Problem } from "./protocol.js"
 */
import { SETTINGS } from "./settings.generated.js";

/**
 * kind: a "whole" number and a "number" are typed, a "choice" is one of a few values, a "switch" is true or false,
 * "layers" is the list of hidden layers. label: the setting's name for people, where the page has a control for it.
 * hint: a sentence on what it does. high: the largest whole number, where it is less than 2**53. isOptional: whether null
 * is a value, too. choices: each value, with words for it where it is not one itself, and "" where no list offers it.
 * most: how many layers there may be. layer: the settings of one. isMore: whether it stands under "More settings".
 * @typedef {{ kind: "whole" | "number" | "choice" | "switch" | "layers", label?: string, hint?: string, high?: number,
 *   isOptional?: boolean, choices?: (string | number)[][], most?: number, layer?: Record<string, Setting>,
 *   isMore?: boolean }} Setting
 */

/** The paths of the settings of a part that have a control. @param {string} part @param {boolean} isMore */
const controlled = (part, isMore) =>
  Object.entries(SETTINGS[part])
    .filter(([, setting]) => setting.label && Boolean(setting.isMore) === isMore)
    .map(([name]) => `${part}.${name}`);

/** The paths of the settings that the Training card shows, in order. */
export const FIELDS = controlled("training", false);
/** Those under "More settings" there. */
export const MORE = [...controlled("network", true), ...controlled("training", true)];

/** @param {string} path */
export function settingAt(path) {
  const [part, name, , inLayer] = path.split(".");
  const setting = SETTINGS[part][name];
  return inLayer && setting.layer ? setting.layer[inLayer] : setting;
}

/**
 * @param {Problem} problem
 * @param {string} path
 */
export const valueAt = (problem, path) =>
  path
    .split(".")
    .reduce((part, key) => part[Array.isArray(part) ? Number(key) - 1 : key], /** @type {any} */ (problem));

/**
 * A value in words: that of a choice as its list has it.
 * @param {string} path
 * @param {unknown} value
 */
export function settingText(path, value) {
  const { choices = [] } = settingAt(path);
  if (typeof value === "boolean") return value ? "on" : "off";
  const [, words] = choices.find(([each]) => each === value) ?? [];
  return String(words || (value ?? "empty"));
}

/**
 * The problem with another value of one setting; it shares all else with the one before.
 * @param {Problem} problem
 * @param {string} path
 * @param {unknown} value
 * @returns {Problem}
 */
export const withSetting = (problem, path, value) => changed(problem, path.split("."), value);

/**
 * @param {any} part
 * @param {string[]} path  in it
 * @param {unknown} value
 * @returns {any}
 */
function changed(part, [key, ...rest], value) {
  const at = Array.isArray(part) ? Number(key) - 1 : key;
  const next = rest.length > 0 ? changed(part[at], rest, value) : value;
  return Array.isArray(part)
    ? part.map((item, place) => (place === at ? next : item))
    : { ...part, [at]: next };
}
