"use strict";
// Searching hides what does not hold all the words, folds open what does, and marks them; nothing is rewritten.
(() => {
  const box = document.getElementById("find");
  const told = document.getElementById("told");
  const parts = [...document.querySelectorAll("main details")];
  const blocks = [...document.querySelectorAll("main .block, main tbody tr")];
  const said = blocks.map((block) => block.textContent.toLowerCase());
  const open = parts.map((part) => part.open);
  let searching = false;

  function mark(words) {
    if (!window.CSS || !CSS.highlights || !window.Highlight) return;
    CSS.highlights.delete("found");
    if (!words.length) return;
    const ranges = [];
    for (const block of blocks) {
      if (block.hidden) continue;
      const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const text = node.data.toLowerCase();
        for (const word of words) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            if (at + word.length > node.data.length) break;
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function search() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && !searching) parts.forEach((part, n) => { open[n] = part.open; });
    let hits = 0;
    blocks.forEach((block, n) => {
      block.hidden = words.length > 0 && !words.every((word) => said[n].includes(word));
      if (words.length && !block.hidden) hits += 1;
    });
    for (const table of document.querySelectorAll("main .wide")) {
      table.hidden = words.length > 0 && !table.querySelector("tbody tr:not([hidden])");
    }
    parts.forEach((part, n) => {
      const holds = !words.length || part.querySelector(".block:not([hidden]), tbody tr:not([hidden])") !== null;
      part.hidden = !holds;
      part.open = words.length ? holds : searching ? open[n] : part.open;
    });
    searching = words.length > 0;
    told.textContent = words.length ? (hits === 1 ? "1 place" : hits + " places") : "";
    mark(words);
  }

  function go() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.startsWith("find=")) {
      box.value = hash.slice(5);
      search();
      return;
    }
    const target = hash && document.getElementById(hash);
    if (!target) return;
    if (searching) { box.value = ""; search(); }
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.scrollIntoView();
  }

  box.addEventListener("input", search);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { box.value = ""; search(); } });
  document.getElementById("unfold").addEventListener("click", () => parts.forEach((part) => { part.open = true; }));
  document.getElementById("fold").addEventListener("click", () => parts.forEach((part) => { part.open = false; }));
  window.addEventListener("hashchange", go);
  window.addEventListener("beforeprint", () => parts.forEach((part) => { part.open = true; }));
  go();
})();
