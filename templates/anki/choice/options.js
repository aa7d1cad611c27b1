// Shuffles the options and carries the ticks from front to back. Without it the options stand in a
// fixed order and the back marks the right ones.
(function () {
  var list = document.querySelector(".deckbuild.choice .choices > div");
  if (!list) { return; }
  var id = list.parentNode.dataset.id;
  var options = Array.prototype.slice.call(list.children);
  var inputs = options.map(function (option) { return option.querySelector("input"); });
  var isBack = !!list.closest(".back");

  // Both sides work out the same order, for no client promises to keep anything between them: from
  // the card and the day, which begins at four in the morning as Anki's does.
  function shuffle() {
    var seed = 0;
    var day = new Date(Date.now() - 4 * 3600 * 1000).toDateString();
    (id + day).split("").forEach(function (letter) {
      seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
    });
    var order = options.slice();
    for (var last = order.length - 1; last > 0; last -= 1) {
      seed = (Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
      var other = seed % (last + 1);
      var moved = order[last];
      order[last] = order[other];
      order[other] = moved;
    }
    order.forEach(function (option) { list.appendChild(option); });
  }

  // One page shows both sides on some clients, sessionStorage survives on others; without either
  // the back does not show what was ticked.
  var memory = window.deckbuildTicks || (window.deckbuildTicks = {});
  var key = "deckbuild " + id;
  function remember(ticks) {
    memory[key] = ticks;
    try { sessionStorage.setItem(key, ticks); } catch (refused) { return; }
  }
  function recall() {
    if (key in memory) { return memory[key]; }
    try { return sessionStorage.getItem(key) || ""; } catch (refused) { return ""; }
  }

  if (!list.classList.contains("fixed")) { shuffle(); }
  if (isBack) {
    var ticks = recall();
    inputs.forEach(function (input, at) {
      input.checked = ticks.charAt(at) === "1";
      input.disabled = true;
    });
  } else {
    remember("");
    list.addEventListener("change", function () {
      remember(inputs.map(function (input) { return input.checked ? "1" : "0"; }).join(""));
    });
  }
})();
