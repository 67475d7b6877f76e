/** @file One field, one answer, and a worker that gives back what it is sent: what the browser itself takes. */
const source = new Blob(["onmessage = ({ data }) => postMessage(data)"], { type: "text/javascript" });
const worker = new Worker(URL.createObjectURL(source));
const answer = document.querySelector("output");
let edits = 0;

document.querySelector("input").addEventListener("input", () => worker.postMessage(++edits));
worker.onmessage = ({ data }) => {
  answer.dataset.value = String(data);
  answer.textContent = String(data);
};
