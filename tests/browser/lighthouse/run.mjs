// Measures pages with Lighthouse, as a phone on a slow network:
//   CHROME_PATH=… node run.mjs '{"base": "http://127.0.0.1:8000", "pages": ["/"], "form": {…}}'
// Prints {"/": {"performance": 100, …}, "answer": …} as JSON; "answer" is what `form`, filled into
// /check, leads to.
import { readFile } from "node:fs/promises";

import { startFlow } from "lighthouse";
import puppeteer from "puppeteer-core";

const asked = JSON.parse(process.argv[2] ?? (await readFile("/dev/stdin", "utf8")));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const config = {
  extends: "lighthouse:default",
  settings: {
    onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
    disableFullPageScreenshot: true,
  },
};

async function measured(lead) {
  const page = await browser.newPage();
  const flow = await startFlow(page, { config });
  await lead(page, flow);
  const [step] = (await flow.createFlowResult()).steps;
  await page.close();
  const failed = Object.values(step.lhr.audits)
    .filter(({ errorMessage, score, scoreDisplayMode }) => scoreDisplayMode !== "informative" && (errorMessage || (score !== null && score < 0.9)))
    .map(({ errorMessage, id }) => (errorMessage ? `${id}: ${errorMessage}` : id));
  const scores = Object.values(step.lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  return { ...Object.fromEntries(scores), failed };
}

async function fill(page, flow, { base, form }) {
  await page.goto(`${base}/check?lang=en`);
  await page.click(`input[name=id_type][value=${form.id_type}]`);
  await page.type("#id_number", form.id_number);
  await page.type("#name", form.name);
  await flow.startNavigation();
  await page.click("main form button:not([value])");
  await flow.endNavigation();
}

const found = {};
for (const path of asked.pages) {
  found[path] = await measured((_page, flow) => flow.navigate(asked.base + path));
}
if (asked.form) found.answer = await measured((page, flow) => fill(page, flow, asked));
await browser.close();
process.stdout.write(JSON.stringify(found));
