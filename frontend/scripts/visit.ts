// The page on which a visitor seals their details for the kiosks of one organisation.
import { VisitPage } from "./visit/page";

const form = document.querySelector<HTMLFormElement>("[data-visit-form]");
if (form) new VisitPage(form).start();
