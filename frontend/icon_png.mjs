// Draws images/icon.svg as a PNG, for tablets that install the kiosk's page: they take no SVG, and no
// library under a permissive licence draws one. Knows the icon's own elements, and throws at any other.
import { deflateSync } from "node:zlib";

const NUMBER = "(-?[\\d.]+)";
const SIZE = 64; // of the icon's view box
const SAMPLES = 4; // a side of a pixel
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Returns a PNG of side × side pixels; fullBleed: without the round corners, for shapes that the
 *  tablet cuts itself. */
export function iconPng(svg, side, fullBleed) {
  const shapes = shapesOf(svg, fullBleed);
  const rows = Buffer.alloc(side * (1 + side * 4)); // each row after its filter byte 0
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      rows.set(pixel(shapes, x, y, SIZE / side), y * (1 + side * 4) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, red green blue alpha
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function shapesOf(svg, fullBleed) {
  const elements = svg.match(/<(?!\/|svg)[^>]+>/g);
  return elements.map((element) => {
    const of = (name) => element.match(new RegExp(` ${name}="([^"]*)"`))?.[1];
    const colour = rgb(element.startsWith("<path") ? of("stroke") : of("fill"));
    return { inside: insideOf(element, of, fullBleed), colour };
  });
}

// Each returns whether a point of the view box lies in the shape.
function insideOf(element, of, fullBleed) {
  if (element.startsWith("<rect")) return corners(fullBleed ? 0 : Number(of("rx")));
  if (element.startsWith("<circle")) {
    const [cx, cy, r] = ["cx", "cy", "r"].map((name) => Number(of(name)));
    return (x, y) => Math.hypot(x - cx, y - cy) <= r;
  }
  const half = Number(of("stroke-width")) / 2;
  const line = of("d")?.match(new RegExp(`^M${NUMBER} ${NUMBER}l${NUMBER}${NUMBER}$`));
  if (line) return capsule(...line.slice(1).map(Number), half);
  const arc = of("d")?.match(new RegExp(`^M${NUMBER} ${NUMBER}a${NUMBER} ${NUMBER} 0 1 1 ${NUMBER} 0$`));
  if (arc) return halfRing(...arc.slice(1).map(Number), half);
  throw new Error(`icon.svg: ${element}`);
}

function corners(radius) {
  const middle = SIZE / 2;
  return (x, y) => {
    const [dx, dy] = [x, y].map((at) => Math.max(Math.abs(at - middle) - middle + radius, 0));
    return Math.hypot(dx, dy) <= radius || (dx === 0 && dy === 0);
  };
}

function capsule(x0, y0, dx, dy, half) {
  return (x, y) => {
    const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - x0 - t * dx, y - y0 - t * dy) <= half;
  };
}

// The upper half of a circle from its left to its right, with round ends.
function halfRing(x0, y0, r, _, width, half) {
  const centre = x0 + width / 2;
  return (x, y) =>
    y <= y0
      ? Math.abs(Math.hypot(x - centre, y - y0) - r) <= half
      : [x0, x0 + width].some((end) => Math.hypot(x - end, y - y0) <= half);
}

function rgb(colour) {
  const long = colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour;
  return [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
}

function pixel(shapes, x, y, scale) {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const px = (x + ((sample % SAMPLES) + 0.5) / SAMPLES) * scale;
    const py = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * scale;
    const shape = shapes.findLast((one) => one.inside(px, py));
    if (shape) [...shape.colour, 255].forEach((value, at) => (sum[at] += value));
  }
  const covered = sum[3] / 255 || 1;
  return [...sum.slice(0, 3).map((value) => Math.round(value / covered)), sum[3] / SAMPLES ** 2];
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

// zlib.crc32 came with Node 20.15
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
