// Hides, on the page to decide, the questions that the level chosen does not need. All are there without this.
const data = document.getElementById("levels");
const another = document.querySelector("[data-for-another-level]");
const guarded = document.querySelector("[data-from-guarded-level]");

function showWhatIsNeeded() {
  const { ranks, policyRank, guardedFrom } = JSON.parse(data.textContent);
  const chosen = document.querySelector("input[name=level]:checked");
  const rank = chosen ? ranks[chosen.value] : 0;
  // What has been answered, or found wrong, is never hidden.
  hide(another, !rank || rank === policyRank);
  hide(guarded, Math.max(rank, policyRank) < guardedFrom);
}

function hide(part, isNotNeeded) {
  if (part) part.hidden = isNotNeeded && !isFilled(part);
}

function isFilled(part) {
  const answers = [...part.querySelectorAll("input, textarea")];
  const answered = answers.some((field) => (field.type === "radio" ? field.checked : field.value.trim()));
  return answered || part.querySelector(".govuk-error-message") !== null;
}

if (data) {
  for (const level of document.querySelectorAll("input[name=level]")) level.addEventListener("change", showWhatIsNeeded);
  window.addEventListener("pageshow", showWhatIsNeeded); // the Back button brings answers back after this has run
  showWhatIsNeeded();
}
