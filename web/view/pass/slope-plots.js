/**
 * @file The slope, drawn: the activation's curve with the point and the tangent of each row, and how the slope depends on the
 * output.
 * @import { Stage } from "../../model/protocol.js"
 */
import { html, nothing } from "lit-html";
import { functionPlot } from "../kit/function-plot.js";
import { figureText } from "./figures.js";

const [WIDTH, HEIGHT] = [168, 84];

/**
 * @param {Stage} slope
 * @param {{ sums: Stage, outputs: Stage, rows: number[] }} others  the stages of the same layer, and the numbers of the rows
 */
export function slopePlots(slope, { sums, outputs, rows }) {
  const { curve, column, columns } = slope;
  if (!curve) return nothing;
  const of = (/** @type {Stage} */ { values }, /** @type {number} */ at) =>
    values[at * columns.length + column] ?? Number.NaN;
  const all = rows.map((row, at) => ({
    ...{ row, isNow: at === slope.row, z: of(sums, at), output: of(outputs, at), slope: of(slope, at) },
  }));
  const points = all.filter(({ z, output, slope: steep }) => [z, output, steep].every(Number.isFinite));
  const said = points.map((each) => `row ${each.row}: ${figureText(each.slope)}`).join(", ");
  const { low, high, line, slopes } = curve;
  const steepest = Math.max(...slopes, 0);
  return html`<div class="slopes">
    <figure>
      ${functionPlot({
        ...{
          className: "function-plot",
          width: WIDTH,
          height: HEIGHT,
          left: -curve.most,
          right: curve.most,
          low,
          high,
          line,
        },
        points: points.map((each) => ({
          ...{
            x: each.z,
            y: each.output,
            slope: Math.abs(each.z) > 2 * curve.most ? undefined : each.slope,
            isNow: each.isNow,
          },
          said: `row ${each.row}: sum ${figureText(each.z)}, slope ${figureText(each.slope)}`,
        })),
        name: `${curve.title}, with its slope at each row: ${said}`,
        ends: {
          low: figureText(low, 0),
          high: figureText(high, 0),
          right: `sum ${figureText(curve.most, 0)}`,
        },
        radius: 3,
      })}
    </figure>
    ${
      slopes.length > 0
        ? html`<figure>
            ${functionPlot({
              ...{
                className: "function-plot",
                width: WIDTH,
                height: HEIGHT,
                left: low,
                right: high,
                low: 0,
                high: steepest,
              },
              line: slopes,
              points: points.map((each) => ({
                ...{ x: each.output, y: each.slope, isNow: each.isNow },
                said: `row ${each.row}: output ${figureText(each.output)}, slope ${figureText(each.slope)}`,
              })),
              name: `The slope, by the output: largest, ${figureText(steepest, 2)}, in the middle`,
              ends: { low: "0", high: figureText(steepest, 2), right: `output ${figureText(high, 0)}` },
              radius: 3,
            })}
          </figure>`
        : nothing
    }
  </div>`;
}
