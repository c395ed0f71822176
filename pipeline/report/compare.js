"use strict";
(() => {
  /* Show the comparison of one column at a time; without this script all are shown. */
  const choice = document.getElementById("-by");
  if (!choice) return;
  const select = choice.querySelector("select"), tables = [...document.querySelectorAll(".compared")];
  const show = () => {
    for (const table of tables) table.hidden = table.id !== `-compare-${select.value}`;
  };
  choice.hidden = false;
  for (const table of tables) table.querySelector("h3").hidden = true;
  select.addEventListener("change", show);
  show();
})();
