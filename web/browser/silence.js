/**
 * @file How long the page waits for what is silent. A file that hangs looks like one that is slow, and a computer that
 * works hard looks like one that hangs: so it is silence that counts, not the time that all of it takes.
 */

export const PATIENCE = 15; // seconds
const SILENCE = `nothing has come for ${PATIENCE} seconds`;

/**
 * Seconds are counted only while the page can run: those of a sleeping computer or a frozen tab are not.
 * @param {() => void} act  once there has been no sign of life for so long
 */
export function watchSilence(act) {
  let silent = 0;
  const timer = setInterval(() => {
    if (++silent === PATIENCE) act();
  }, 1000);
  return {
    sign() {
      silent = 0;
    },
    end: () => clearInterval(timer),
  };
}

/**
 * As fetch, but the response ends with an error when it falls silent.
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
