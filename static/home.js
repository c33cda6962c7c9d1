// The field on the home page: shows the providers whose name, id or alias holds what is typed; Enter opens the first.
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", function () {
  var field = document.getElementById("sb-find");
  var status = document.getElementById("sb-found");
  var all = status.textContent;
  // Input methods put blanks and apostrophes between syllables, and may type wide letters.
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s'’]/g, "");
  }
  var items = Array.from(document.querySelectorAll("[data-find]"), function (item) {
    return { item: item, names: item.dataset.find.split("|").map(plain) };
  });
  var first;
  field.addEventListener("input", function () {
    var typed = plain(field.value);
    var found = items.filter(function (it) {
      it.item.hidden = !it.names.some(function (name) { return name.includes(typed); });
      return !it.item.hidden;
    });
    var words = status.dataset;
    var word = [words.none, words.one][found.length] || words.some.replace("{n}", found.length);
    status.textContent = typed ? word : all;
    first = typed && found[0];
  });
  field.addEventListener("keydown", function (event) {
    // An Enter that ends the work of an input method is none.
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229 && first) {
      location.href = first.item.querySelector("a").href;
    }
  });
});
