/**
 * @file The post's table and settings, with which the page begins.
 * @import { Work } from "./document.js"
 */
import { POST } from "./settings.generated.js";

export { POST };

/** @type {Work} */
export const POSTS_WORK = { title: "The post’s table", original: POST };
