// Loaded by the page that shares the address of the service, which is whole without it: copies it.
import { copyText } from "./parts/clipboard";

const address = document.querySelector<HTMLElement>("[data-address]")!;
const copied = document.querySelector<HTMLElement>("[data-copied]")!;
document.querySelector("[data-copy]")!.addEventListener("click", () => void copyText(address, copied));
document.querySelector<HTMLElement>("[data-with-script]")!.hidden = false;
