// Anki compares with one answer, letter by letter. If what was typed counts all the same, say so.
(function () {
  var shown = document.querySelector(".deckbuild.typed code#typeans");
  if (!shown || !shown.querySelector("#typearrow")) { return; }
  var plain = function (text) { return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase(); };
  var typed = "";
  for (var piece = shown.firstChild; piece && piece.id !== "typearrow"; piece = piece.nextSibling) {
    if (piece.className !== "typeMissed") { typed += piece.textContent; }
  }
  document.querySelectorAll(".deckbuild.typed .accepted li").forEach(function (answer) {
    if (plain(answer.textContent) === plain(typed)) {
      shown.textContent = typed;
      shown.className = "match";
    }
  });
})();
