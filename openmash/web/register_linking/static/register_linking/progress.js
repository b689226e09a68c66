// Shows how far a run is without asking again by hand. Without scripting there is a link for that.
const every = 3000;

async function lookAgain(part) {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-progress]");
  if (!fresh) { window.location.reload(); return; }
  for (const name of ["[role=status]", "h2"]) part.querySelector(name).textContent = fresh.querySelector(name).textContent;
  const bar = part.querySelector("progress");
  const now = fresh.querySelector("progress");
  if (bar && now) bar.value = now.value;
  else if (now) part.querySelector("[role=status]").after(now);
  window.setTimeout(() => lookAgain(part), every);
}

const part = document.querySelector("[data-progress]");
if (part) window.setTimeout(() => lookAgain(part), every);
