// Looks at pages with Lighthouse, as a phone on a slow network:
//   CHROME_PATH=… node run.mjs '{"base": "http://127.0.0.1:8000", "pages": ["/"], "form": {…},
//     "categories": ["seo"], "audits": ["dom-size"]}'
// Prints {"/": {"scores": {"seo": 100}, "failed": […], "audits": {"dom-size": {"value": 68,
// "items": […]}}, "blocking": [address, …]}, "answer": …} as JSON. failed: audits of the categories,
// which count; blocking: what the first painting waits for; "answer" is what `form`, filled into
// /check, leads to.
import { readFile } from "node:fs/promises";

import { startFlow } from "lighthouse";
import puppeteer from "puppeteer-core";

const PATIENCE_MILLISECONDS = 240_000; // a machine may be busy; Lighthouse would give up after 45 s
const BLOCKING = `performance.getEntriesByType("resource")
  .filter(({ renderBlockingStatus }) => renderBlockingStatus === "blocking").map(({ name }) => name)`;

const order = JSON.parse(process.argv[2] ?? (await readFile("/dev/stdin", "utf8")));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH,
  headless: true,
  timeout: PATIENCE_MILLISECONDS,
  protocolTimeout: PATIENCE_MILLISECONDS,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const config = {
  extends: "lighthouse:default",
  settings: {
    onlyCategories: order.categories,
    onlyAudits: order.audits,
    disableFullPageScreenshot: true,
    maxWaitForFcp: PATIENCE_MILLISECONDS,
    maxWaitForLoad: PATIENCE_MILLISECONDS,
  },
};

async function measured(lead) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MILLISECONDS);
  if (order.cookies?.length) await page.setCookie(...order.cookies);
  const flow = await startFlow(page, { config });
  await lead(page, flow);
  const [{ lhr }] = (await flow.createFlowResult()).steps;
  const blocking = await page.evaluate(BLOCKING);
  await page.close();
  const categories = Object.values(lhr.categories);
  const counting = categories.flatMap(({ auditRefs }) => auditRefs).filter(({ weight }) => weight);
  const failed = [...new Set(counting.map(({ id }) => id))]
    .map((id) => lhr.audits[id])
    .filter(({ errorMessage, score }) => errorMessage || (score !== null && score < 0.9))
    .map(({ errorMessage, id }) => (errorMessage ? `${id}: ${errorMessage}` : id));
  const audit = (id) => {
    const { errorMessage, numericValue, details } = lhr.audits[id];
    if (errorMessage) throw new Error(`${id}: ${errorMessage}`);
    return { value: numericValue ?? null, items: details?.items ?? [] };
  };
  return {
    scores: Object.fromEntries(categories.map(({ id, score }) => [id, Math.round(score * 100)])),
    failed,
    audits: Object.fromEntries(order.audits.map((id) => [id, audit(id)])),
    blocking,
  };
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
for (const path of order.pages) {
  found[path] = await measured((_page, flow) => flow.navigate(order.base + path));
}
if (order.form) found.answer = await measured((page, flow) => fill(page, flow, order));
await browser.close();
process.stdout.write(JSON.stringify(found));
