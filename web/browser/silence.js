/**
 * @file Time-outs by silence: a download or a start fails when nothing has arrived for some seconds, however long all
 * of it takes. A slow connection and a busy computer are slow, but not silent.
 */

export const SILENCE_SECONDS = 15; // seconds
const SILENCE = `nothing has come for ${SILENCE_SECONDS} seconds`;

/**
 * Counts only seconds in which the page runs, not those of a sleeping computer or a frozen tab.
 * @param {() => void} act  once there has been no sign of life for so long
 */
export function watchSilence(act) {
  let silent = 0;
  const timer = setInterval(() => {
    if (++silent === SILENCE_SECONDS) act();
  }, 1000);
  return {
    sign() {
      silent = 0;
    },
    end: () => clearInterval(timer),
  };
}

/**
 * Like fetch, but the response fails when no data arrive for some seconds.
 * @param {string} address
 * @param {RequestInit} [options]
 */
export async function fetchWatched(address, options) {
  const stop = new AbortController();
  const silence = watchSilence(() => {
    silence.end();
    stop.abort(new Error(SILENCE));
  });
  try {
    const response = await fetch(address, { ...options, signal: stop.signal });
    const watched = new TransformStream({
      transform(chunk, controller) {
        silence.sign();
        controller.enqueue(chunk);
      },
      flush: silence.end,
    });
    const { status, statusText, headers } = response;
    return new Response(response.body?.pipeThrough(watched), { status, statusText, headers });
  } catch (error) {
    silence.end();
    throw error;
  }
}
