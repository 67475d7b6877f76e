/**
 * @file What the learner is working on.
 * @import { Problem } from "./protocol.js"
 */

/**
 * Its name, the problem it began with, weights and a program that came with that, and what was saved of it last.
 * @typedef {{ title: string, original: Problem, code?: string, given?: import("./link.js").Trained,
 *   saved?: import("./saved.js").Entry }} Work
 */

/** @param {Work} work */
export const titleOf = ({ title, saved }) => saved?.name ?? title;

/**
 * The program as the learner has changed it; null is the table's own, written by Python. isOwn: whether it has gone its own
 * way, so that the table does not follow it; null until that is known. of: the problem whose program was changed.
 * @typedef {{ source: string, isOwn: boolean | null, of?: Problem } | null} Code
 */

/** @param {Code} code  what is to be kept of it: what the page cannot write itself, "" for nothing */
export const ownCode = (code) => code?.source ?? "";
