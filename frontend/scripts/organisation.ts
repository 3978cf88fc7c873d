// Loaded by the pages of organisations, which work without it: keeps the progress of a check and the
// health officer's dashboard up to date without loading the page anew, says that an upload is on its
// way, and sounds at a new fever.
import { followHealth } from "./parts/health_live";
import { followProgress } from "./parts/progress";
import { tellUpload } from "./parts/upload_state";

const progress = document.querySelector<HTMLElement>("[data-live]");
if (progress) void followProgress(progress);
const upload = document.querySelector<HTMLFormElement>("form[data-upload]");
if (upload) tellUpload(upload);
const health = document.querySelector<HTMLElement>("[data-health-live]");
if (health) void followHealth(health);
