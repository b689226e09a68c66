// Narrows the long list of signs to those with the words typed. Chosen ones always stay in sight.
const box = document.getElementById("find-a-sign");
const find = document.getElementById("find");
const found = document.getElementById("found");
const parts = Array.from(document.querySelectorAll("[data-signs]"));
const openAtFirst = new Set(parts.filter((part) => part.open));

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

function narrow() {
  const wanted = plain(find.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const part of parts) {
    let shown = 0;
    let chosen = false;
    for (const item of part.querySelectorAll(".govuk-checkboxes__item")) {
      const fits = wanted.every((word) => plain(item.textContent).includes(word));
      const isChosen = item.querySelector("input").checked;
      item.hidden = !fits && !isChosen;
      shown += !item.hidden;
      chosen ||= isChosen;
      count += fits;
    }
    part.hidden = shown === 0;
    part.open = wanted.length > 0 || chosen || openAtFirst.has(part);
  }
  if (wanted.length === 0) found.textContent = "";
  else found.textContent = count === 1 ? "1 sign has these words." : `${count} signs have these words.`;
}

box.hidden = false;
find.addEventListener("input", narrow);
find.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault(); // looking for a sign is not sending the page
});
