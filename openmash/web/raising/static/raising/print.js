// After sending: offers to print the page, and forgets what was kept on this computer for the draft.
import { canLock, forget } from "./locking.js";

const item = document.getElementById("print-this");
item.hidden = false;
item.querySelector("button").addEventListener("click", () => window.print());

const draft = JSON.parse(document.getElementById("forget").textContent);
if (draft && canLock()) forget(draft);
