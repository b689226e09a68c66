// Shows the telephone number at once, when an answer on the page means that ringing comes first.
const place = document.getElementById("ring-first");
const words = document.getElementById("ring-first-words");
const given = document.getElementById("at-once");
const atOnce = given ? JSON.parse(given.textContent) : null;

const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value ?? "";

function must() {
  if (atOnce.standing) return true; // for a reason that is not on this page
  if (atOnce.page === "start") return chosen("in_danger") === "yes";
  if (atOnce.page === "about-signs") {
    return atOnce.always.length > 0 || atOnce.unless.some((sign) => chosen(`${sign}-immediate`) !== "no");
  }
  const ticked = Array.from(document.querySelectorAll('input[name^="signs_"]:checked'), (box) => box.value);
  return ticked.some((sign) => atOnce.always.includes(sign) || atOnce.unless.includes(sign));
}

function look() {
  const shown = place.childElementCount > 0;
  if (must() && !shown) place.replaceChildren(words.content.cloneNode(true));
  else if (!must() && shown) place.replaceChildren();
}

if (atOnce) {
  document.querySelectorAll("form").forEach((form) => {
    form.addEventListener("change", look);
    form.addEventListener("restored", look);
  });
  look();
}
