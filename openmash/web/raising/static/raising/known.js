// Searches while a person is typed in, and shows beside the form who may be known already; and points out, beside
// an answer, what may be a slip. Without this file the same is said when the page is saved or opened again.
const panel = document.getElementById("known-panel");
const status = document.getElementById("known-status");
const form = document.querySelector("form[data-draft-form]");
const facts = JSON.parse(document.getElementById("draft").textContent);

const QUIET_FOR = 500; // milliseconds without typing before a search

let quiet = 0;
let asked = null;
let waiting = null;

const csrf = () =>
  document.cookie.split("; ").find((each) => each.startsWith(`${facts.csrfCookie}=`))?.split("=")[1] ?? "";

const isAnswer = ([name]) => name !== "csrfmiddlewaretoken" && !name.startsWith("_");

const typed = () => Array.from(new FormData(form)).filter(isAnswer);

// Tells the server that whoever types has seen what there is: it need not be said again on the next page.
const looked = document.createElement("input");
Object.assign(looked, { type: "hidden", name: "_looked", value: "yes" });

async function search() {
  const entries = typed();
  const now = JSON.stringify(entries);
  waiting?.abort();
  waiting = new AbortController();
  try {
    const answer = await fetch(panel.dataset.search, {
      method: "POST",
      body: new URLSearchParams(entries),
      redirect: "manual",
      signal: waiting.signal,
      headers: { "X-CSRFToken": csrf() },
    });
    if (answer.status === 200) show(await answer.text());
    else if (answer.status === 204) show("");
    else return;
    asked = now;
    if (JSON.stringify(typed()) === now) form.append(looked);
  } catch {
    // No connection, or something newer was typed: the search is made again with the next words.
  }
}

function show(piece) {
  if (panel.innerHTML.trim() === piece.trim()) return;
  panel.innerHTML = piece;
  const found = panel.querySelectorAll(".om-known__one").length;
  const heading = panel.querySelector("h2")?.textContent ?? "";
  status.textContent = found ? `${heading}: ${found === 1 ? "1 record" : `${found} records`}.` : heading;
}

function changed() {
  clearTimeout(quiet);
  if (JSON.stringify(typed()) === asked) return form.append(looked); // left a box, or wrote the same again
  looked.remove();
  quiet = setTimeout(search, QUIET_FOR);
}

function pointOut({ detail }) {
  for (const place of document.querySelectorAll("[data-notices]")) {
    const said = place.dataset.notices.split(" ").map((name) => detail.notices?.[name]).filter(Boolean);
    if (said.join() === Array.from(place.children, (each) => each.textContent).join()) continue;
    place.replaceChildren(
      ...said.map((words) => Object.assign(document.createElement("p"), { className: "govuk-body om-notice", textContent: words })),
    );
  }
}

if (form) form.addEventListener("kept", pointOut);
if (panel && form) {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("restored", changed);
}
