// Finds names by the words that explain them, for whoever writes a condition: as they type in a box for one, by
// its last word, or in the box above the lists. The lists are there without this.
const find = document.querySelector(".dr-names-find");
const box = document.getElementById("find-a-name");
const found = document.getElementById("names-found");

function show(words) {
  let count = 0;
  for (const list of document.querySelectorAll(".dr-names")) {
    let here = 0;
    for (const item of list.querySelectorAll("li")) {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
      here += item.hidden ? 0 : 1;
    }
    list.hidden = here === 0;
    list.open = words.length > 0 && here > 0;
    count += here;
  }
  found.textContent = words.length ? `${count} ${count === 1 ? "name" : "names"} found` : "";
}

function split(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

if (find && box && found) {
  find.hidden = false;
  box.addEventListener("input", () => show(split(box.value)));
  for (const condition of document.querySelectorAll("[data-names]")) {
    condition.addEventListener("input", () => {
      const last = split(condition.value.slice(0, condition.selectionStart)).at(-1) ?? "";
      box.value = last.length > 2 ? last.replaceAll("_", " ").trim() : "";
      show(last.length > 2 ? [last] : []);
    });
  }
}
