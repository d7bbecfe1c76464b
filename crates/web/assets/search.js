// Suggestions while typing: fills the list of titles beside the input. Without it the page works.
"use strict";

const list = document.getElementById("titles");
const input = list && document.querySelector(`input[list="${list.id}"]`);
const PAUSE = 180;
let waiting = 0;
let asked = null;

async function suggest() {
  const words = input.value.trim();
  if (words === "") return;
  if (asked) asked.abort();
  asked = new AbortController();
  try {
    const address = `${list.dataset.source}?q=${encodeURIComponent(words)}`;
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const titles = await answer.json();
    list.replaceChildren(...titles.map((title) => {
      const option = document.createElement("option");
      option.value = title;
      return option;
    }));
  } catch {
    // Typed on, or no connection: the suggestions shown stay as they are.
  }
}

if (input) {
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // While characters are still being composed, the text is not what is meant.
    if (!event.isComposing) waiting = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
}
