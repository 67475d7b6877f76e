/** @file Text for the clipboard. */

/**
 * Text that is still being made is given as a promise: Safari lets a page copy only in the very moment of a click.
 * @param {string | Promise<string>} text
 */
export async function toClipboard(text) {
  const { clipboard } = navigator;
  if (typeof text === "string" || !("ClipboardItem" in window)) return clipboard.writeText(await text);
  const type = "text/plain";
  return clipboard.write([new ClipboardItem({ [type]: text.then((made) => new Blob([made], { type })) })]);
}
