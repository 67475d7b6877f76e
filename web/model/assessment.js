/**
 * @file What has been found out about a problem after its answer: why it cannot be learned, and what other random starts
 * say to what is asked.
 * @import { Problem, Table, Network, Training, Starts } from "./protocol.js"
 */

/**
 * A named cause, in order of importance, with its sentences. mend: the label of a button, where there is one. change: what
 * that changes, merged into the parts of the problem.
 * @typedef {{ table?: Partial<Table>, network?: Partial<Network>, training?: Partial<Training> }} Change
 * @typedef {{ cause: string, text: string, mend: string | null, change: Change | null }} Finding
 *
 * diagnosis, starts: null as long as they are not known. mayTry: the seconds that starts would take which are tried only
 * when they are asked for.
 * @typedef {{ problem: Problem, done: boolean, diagnosis: Finding[] | null, starts: Starts | null, mayTry?: number | null }} Assessment
 */

export const [NOT_FIT, SAME, OTHERWISE] = [0, 1, 2];

const UNSETTLED = 10; // a cell is not settled if more than one in ten of the starts that fit says otherwise

/**
 * How many of the starts that have run say the same of one cell that is asked for, say otherwise, and do not fit the table.
 * @param {Starts} starts
 * @param {number} at  the cell among those asked for
 */
export function votesOn({ ran, asked, kinds }, at) {
  const votes = [0, 0, 0];
  for (let start = 0; start < ran; start++) votes[kinds[start * asked.length + at]]++;
  return { same: votes[SAME], otherwise: votes[OTHERWISE], unfit: votes[NOT_FIT] };
}

/**
 * The places whose answer the table does not settle: known once all starts have run.
 * @param {Starts | null | undefined} starts
 * @returns {Set<number>}
 */
export function unsettledIn(starts) {
  const found = new Set();
  if (starts && starts.ran === starts.of)
    for (const [at, place] of starts.asked.entries())
      if (votesOn(starts, at).otherwise * UNSETTLED > starts.fit) found.add(place);
  return found;
}

/**
 * The problem with a finding mended.
 * @param {Problem} problem
 * @param {Change} change
 * @returns {Problem}
 */
export const mended = (problem, { table, network, training }) => ({
  ...problem,
  table: { ...problem.table, ...table },
  network: { ...problem.network, ...network },
  training: { ...problem.training, ...training },
});
