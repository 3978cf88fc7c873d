// Loaded by the pages of organisations, which work without it: keeps the progress of a check up to
// date without loading the page anew and says that an upload is on its way.
import { followProgress } from "./parts/progress";
import { tellUpload } from "./parts/upload_state";

const progress = document.querySelector<HTMLElement>("[data-live]");
if (progress) void followProgress(progress);
const upload = document.querySelector<HTMLFormElement>("form[data-upload]");
if (upload) tellUpload(upload);
