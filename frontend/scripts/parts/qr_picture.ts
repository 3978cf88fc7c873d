// A QR code as a drawing: dark on white whatever the colours around it.
import qrcode from "qrcode-generator";

const SVG = "http://www.w3.org/2000/svg";
const QUIET_ZONE = 4; // modules, ISO/IEC 18004
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]*$/;

/** M for what is printed, L for what is shown on a screen: larger squares, and nothing to get dirty. */
export type Correction = "L" | "M";

/** Returns the drawing of a text; label: what it is, for who cannot see it. */
export function qrPicture(text: string, label: string, correction: Correction = "M"): SVGElement {
  const code = qrcode(0, correction);
  code.addData(text, ALPHANUMERIC.test(text) ? "Alphanumeric" : "Byte");
  code.make();
  const modules = code.getModuleCount();
  const size = String(modules + 2 * QUIET_ZONE);
  let d = "";
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      if (code.isDark(row, column)) d += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
    }
  }
  const sides = { viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges" };
  const picture = drawing("svg", {
    ...sides,
    role: "img",
    "aria-label": label,
    class: "gauge-code",
  });
  picture.append(
    drawing("rect", { width: size, height: size, class: "gauge-code__paper" }),
    drawing("path", { d, class: "gauge-code__ink" }),
  );
  return picture;
}

function drawing(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
