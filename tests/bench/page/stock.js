/** @file The stock way to an answer in a page, its Python in a worker, marked where the site marks its own start. */
const worker = new Worker("stock_worker.js", { type: "module" });

worker.onmessage = ({ data }) => {
  if (data === "ready") {
    performance.mark("tenlines:engine-ready");
    return;
  }
  const output = document.querySelector("output");
  output.textContent = data.toFixed(5);
  output.dataset.value = data;
  requestAnimationFrame(() => setTimeout(() => performance.mark("tenlines:first-prediction")));
};
