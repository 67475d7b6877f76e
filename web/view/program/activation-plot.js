/**
 * @file The graph of an activation function, with a point for each row: the sum that goes in and the output.
 */
import { decimals } from "../../model/words.js";
import { functionPlot } from "../kit/function-plot.js";

/** @param {import("../../model/protocol.js").Curve} points */
export function activationTemplate({ title, most, low, high, line, before, after }) {
  const points = before.map((z, row) => {
    const output = after[row] ?? Number.NaN;
    return { x: z, y: output, isNow: true, said: `sum ${decimals(z, 2)} gives ${decimals(output, 3)}` };
  });
  return functionPlot({
    ...{
      className: "function-plot",
      width: 280,
      height: 96,
      left: -most,
      right: most,
      low,
      high,
      line,
      points,
    },
    name: `${title}: ${points.map(({ said }) => said).join(", ")}`,
    ends: { low: String(low).replace("-", "−"), high: String(high), right: "sum" },
    radius: 3,
  });
}
