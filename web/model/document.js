/**
 * @file The document that the learner works on: its title, what it began as, and where it is saved; and the learner's
 * edited code.
 * @import { Problem } from "./protocol.js"
 */

/** A training run that a link brings along. @typedef {{ iteration: number, state: Float64Array }} Trained */

/**
 * A saved table, as it is known to the page.
 * isNamed: whether a person chose the name. changed: milliseconds since 1970, NaN where that is unknown. revision: a new one
 * at each save. code: the learner's edited program, "" for none. from: the title of the original, whether a person chose
 * it, and the code that came with it.
 * @typedef {{ title: string, isNamed: boolean, code: string }} From
 * @typedef {{ id: string, name: string, isNamed: boolean, changed: number, revision: string, problem: Problem,
 *   original: Problem, code: string, from: From }} Entry
 */

/**
 * title, and isNamed: whether a person chose it. original: the problem that it began as; code and given: a program and
 * weights that came with that. isBrought: whether it was imported or pasted, so that it is saved from the beginning. id: of
 * the saved table, also before it is saved; saved: its entry as it was saved last.
 * @typedef {{ title: string, isNamed?: boolean, original: Problem, code?: string, given?: Trained,
 *   isBrought?: boolean, id?: string, saved?: Entry }} Work
 */

/** @param {Work} work */
export const titleOf = ({ title, saved }) => saved?.name ?? title;

/**
 * The name that links and files of it have, "" for none.
 * @param {Work} work
 */
export const nameOf = ({ title, isNamed, saved }) =>
  (saved ? saved.isNamed : isNamed) ? (saved?.name ?? title) : "";

/**
 * The program as the learner has changed it; null is the table's own, written by Python. isDetached: whether the table
 * no longer follows it, for it is no program that the page could have written; null until that is known. of: the problem
 * whose program was changed.
 * @typedef {{ source: string, isDetached: boolean | null, of?: Problem } | null} Code
 */

/** @param {Code} code  what is to be kept of it: what the page cannot write itself, "" for nothing */
export const codeToKeep = (code) => code?.source ?? "";

/**
 * @param {Work} work
 * @param {Problem} problem
 * @param {string} code
 */
export const isAsOpened = (work, problem, code) => problem === work.original && code === (work.code ?? "");

/**
 * What a link has beside the problem. The weights that came with it are in it only while nothing has been edited.
 * @param {Work} work
 * @param {Problem} problem
 * @param {string} code
 */
export const linkExtras = (work, problem, code) => ({
  name: nameOf(work),
  code,
  trained: isAsOpened(work, problem, code) ? work.given : undefined,
});
