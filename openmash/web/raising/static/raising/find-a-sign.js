// Narrows the long list of signs to those with the words typed. Chosen ones always stay in sight.
const box = document.getElementById("find-a-sign");
const find = document.getElementById("find");
const found = document.getElementById("found");
const contents = document.getElementById("parts-of-the-list");
const parts = Array.from(document.querySelectorAll("[data-signs]"));

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

function narrow() {
  const wanted = plain(find.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const part of parts) {
    let shown = 0;
    for (const item of part.querySelectorAll(".govuk-checkboxes__item")) {
      const fits = wanted.every((word) => plain(item.textContent).includes(word));
      const stays = fits || item.querySelector("input").checked;
      item.hidden = !stays;
      shown += stays;
      count += fits;
    }
    part.hidden = shown === 0;
  }
  contents.hidden = wanted.length > 0; // its links would lead to parts that are out of sight
  if (wanted.length === 0) found.textContent = "";
  else found.textContent = count === 1 ? "1 sign has these words." : `${count} signs have these words.`;
}

box.hidden = false;
find.addEventListener("input", narrow);
find.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault(); // looking for a sign is not sending the page
});
