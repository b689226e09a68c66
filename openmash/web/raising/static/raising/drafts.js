// Saves a page of a draft while it is typed. What cannot be sent yet stays on this computer, locked, and is sent
// when the connection or the person is back. Without this file the buttons save; with it nothing waits for them.
import { canLock, Locker } from "./locking.js";

const facts = JSON.parse(document.getElementById("draft").textContent);
const form = document.querySelector("form[data-draft-form]");
const status = document.getElementById("draft-status");
const locker = canLock() ? new Locker(facts.draft, facts.key) : null;

const QUIET_FOR = 1500; // milliseconds without typing before a save
const LOCK_AFTER = 200;
const TRY_AGAIN = 10000;
const GIVE_UP = 10000;

let basedOn = facts.basedOn;
let unsaved = false;
let saving = null;
let quiet = 0;
let lockSoon = 0;
let signedOut = false;
let stopped = false; // sent or deleted elsewhere, or changed elsewhere: no more saving by itself

const csrf = () =>
  document.cookie.split("; ").find((each) => each.startsWith(`${facts.csrfCookie}=`))?.split("=")[1] ?? "";

const addressOf = (page) => facts.keep.replace(/-\/$/, `${page}/`);

const isAnswer = ([name]) => name !== "csrfmiddlewaretoken" && !name.startsWith("_");

function typed() {
  return Array.from(new FormData(form)).filter(isAnswer);
}

function say(words, { problem = false, link = null } = {}) {
  if (!status) return;
  status.textContent = words;
  status.classList.toggle("om-save--problem", problem);
  if (link) {
    const anchor = document.createElement("a");
    Object.assign(anchor, { href: link.href, textContent: link.text, target: "_blank", rel: "noopener" });
    anchor.className = "govuk-link";
    status.append(" ", anchor);
  }
}

const KEPT = locker
  ? "Your words are kept on this computer and will be saved when it is back."
  : "Keep this page open: your words are only on this page until the connection is back.";

async function send(page, entries, based) {
  const body = new URLSearchParams([...entries, ["_based_on", based]]);
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), GIVE_UP);
  try {
    return await fetch(addressOf(page), {
      method: "POST",
      body,
      redirect: "manual",
      signal: waiting.signal,
      headers: { Accept: "application/json", "X-CSRFToken": csrf() },
    });
  } catch {
    return null; // no connection
  } finally {
    clearTimeout(timer);
  }
}

async function lockNow() {
  if (!locker || !form) return;
  await locker.keep(facts.page, { entries: typed(), basedOn });
}

function saySignedOut() {
  signedOut = true;
  const where = locker ? "Your words are kept here, locked, on this computer." : "Keep this page open.";
  say(`You have been signed out. ${where} Sign in again in another tab, then come back to this one.`, {
    problem: true,
    link: { href: facts.signIn, text: "Sign in (opens in a new tab)" },
  });
}

async function save({ anyway = false } = {}) {
  if (!form || !unsaved || (stopped && !anyway)) return true;
  if (saving) {
    await saving;
    return save({ anyway });
  }
  saving = saveOnce(anyway).finally(() => { saving = null; });
  return saving;
}

async function saveOnce(anyway) {
  const entries = typed();
  unsaved = false;
  const answer = await send(facts.page, entries, anyway ? "" : basedOn);
  if (answer?.ok) return saved(await answer.json(), entries);
  unsaved = true;
  await lockNow();
  if (answer === null) {
    say(`Not saved yet: no connection. ${KEPT}`, { problem: true });
  } else if ([401, 403].includes(answer.status) || answer.type === "opaqueredirect") {
    saySignedOut();
  } else if (answer.status === 409) {
    stopped = true;
    offerBoth(entries);
  } else if (answer.status === 410) {
    stopped = true;
    say((await answer.json()).reason, { problem: true });
  } else {
    say(`Not saved yet: the service did not answer as it should. ${KEPT}`, { problem: true });
  }
  return false;
}

function saved(answer, entries) {
  basedOn = answer.based_on;
  signedOut = false;
  stopped = false;
  if (!unsaved && JSON.stringify(typed()) === JSON.stringify(entries)) locker?.erase(facts.page);
  const replaced = answer.replaced ? " A character that cannot be kept is saved as ␀." : "";
  say(`Saved at ${answer.saved}.${replaced}`);
  form.dispatchEvent(new CustomEvent("kept", { detail: answer }));
  return true;
}

function changed() {
  unsaved = true;
  clearTimeout(quiet);
  clearTimeout(lockSoon);
  lockSoon = setTimeout(lockNow, LOCK_AFTER);
  quiet = setTimeout(save, QUIET_FOR);
}

function fill(entries) {
  const given = new Map();
  entries.forEach(([name, value]) => given.set(name, [...(given.get(name) ?? []), value]));
  for (const box of form.elements) {
    if (!box.name || !isAnswer([box.name])) continue;
    const values = given.get(box.name) ?? [];
    if (["radio", "checkbox"].includes(box.type)) box.checked = values.includes(box.value);
    else box.value = values[0] ?? "";
  }
  window.dispatchEvent(new Event("pageshow")); // the design system opens what the answers reveal
  form.dispatchEvent(new Event("restored"));
}

function button(words, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: words, className: "govuk-button govuk-button--secondary" });
  made.addEventListener("click", act);
  return made;
}

// On a slow network people type before this file has arrived; nobody told it of those words.
function typedBefore() {
  return Array.from(form.elements).some((box) => {
    if (!box.name || !isAnswer([box.name])) return false;
    if (["radio", "checkbox"].includes(box.type)) return box.checked !== box.defaultChecked;
    return "defaultValue" in box && box.value !== box.defaultValue;
  });
}

// The page was changed elsewhere since: nobody but the person can say which words are right.
function offerBoth(entries) {
  const box = document.getElementById("kept-here");
  const heading = Object.assign(document.createElement("h2"), {
    className: "govuk-heading-m", textContent: "This page has been changed somewhere else",
  });
  const words = Object.assign(document.createElement("p"), { className: "govuk-body" });
  words.textContent = "In another tab or on another computer. What you typed on this computer is kept here. Choose which to go on with.";
  const mine = entries.filter(([, value]) => value.trim()).map(([, value]) => value).join("\n");
  const shown = Object.assign(document.createElement("div"), { className: "govuk-body om-free-text om-kept__words", dir: "auto", textContent: mine });
  const buttons = Object.assign(document.createElement("div"), { className: "govuk-button-group" });
  buttons.append(
    button("Use the words typed on this computer", () => {
      fill(entries);
      unsaved = true;
      box.hidden = true;
      save({ anyway: true });
    }),
    button("Use the words saved last", () => {
      unsaved = false;
      locker?.erase(facts.page);
      window.location.reload();
    }),
  );
  box.replaceChildren(heading, words, shown, buttons);
  box.hidden = false;
  box.tabIndex = -1;
  box.focus();
  say("Not saved: this page was changed somewhere else. Choose above which words to keep.", { problem: true });
}

async function restoreThisPage() {
  const kept = await locker.open(facts.page);
  if (!kept) return;
  if (JSON.stringify(kept.entries) === JSON.stringify(typed())) return locker.erase(facts.page);
  if (kept.basedOn !== basedOn || unsaved) {
    stopped = true;
    return offerBoth(kept.entries);
  }
  fill(kept.entries);
  unsaved = true;
  say("The words kept on this computer are back on the page.");
  await save();
}

async function sendOtherPages() {
  for (const page of locker.pages()) {
    if (page === facts.page && form) continue;
    const kept = await locker.open(page);
    if (!kept) continue;
    const answer = await send(page, kept.entries, kept.basedOn);
    if (answer?.ok) {
      locker.erase(page);
      const { saved: at, changed: anew } = await answer.json();
      if (!form && anew) say(`Words kept on this computer were saved at ${at}. Reload the page to see them.`);
    }
  }
}

async function beforeLeaving(event) {
  const token = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (csrf()) token.value = csrf(); // signing in again in another tab has changed it
  if (navigator.onLine && !signedOut) return;
  event.preventDefault();
  const { submitter } = event;
  unsaved = true;
  await lockNow();
  if (await save()) form.requestSubmit(submitter);
}

if (form) {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", beforeLeaving);
  for (const back of ["online", "focus"]) window.addEventListener(back, () => save());
  document.addEventListener("visibilitychange", () => (document.hidden ? lockNowIfUnsaved() : save()));
  window.addEventListener("offline", () => {
    if (unsaved) say(`Not saved yet: no connection. ${KEPT}`, { problem: true });
  });
  setInterval(() => save(), TRY_AGAIN);
  if (typedBefore()) changed();
}

function lockNowIfUnsaved() {
  if (unsaved) lockNow();
}

if (locker) {
  if (form) await restoreThisPage();
  await sendOtherPages();
}
