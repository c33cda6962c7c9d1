// In every page that `stepbook serve` answers: reloads it when another state of the site is served, and shows what is
// wrong in what was saved since.
(function () {
  var own = document.currentScript;
  var version = own.dataset.version;
  var closed = "";

  function element(name, text, parent) {
    var made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  }

  function show(told) {
    var old = document.querySelector(".sb-serve");
    if (old) old.remove();
    var words = JSON.stringify(told.faults);
    if (!told.faults || words === closed) return;
    closed = "";
    var box = document.createElement("aside");
    box.className = "sb-serve";
    box.setAttribute("role", "alert");
    box.lang = "en";
    var head = element("p", "", box);
    element("strong", told.summary, head);
    element("span", " This page is from before. ", head);
    var close = element("button", "Hide", head);
    close.type = "button";
    close.addEventListener("click", function () {
      closed = words;
      box.remove();
    });
    told.faults.forEach(function (fault) {
      element("pre", fault, box);
    });
    document.body.append(box);
  }

  new EventSource(own.dataset.events).addEventListener("message", function (event) {
    var told = JSON.parse(event.data);
    // A page that says what is wrong is made anew when something else is.
    var words = document.body.classList.contains("sb-faults");
    if (told.version !== Number(version)) location.reload();
    else if (!words) show(told);
    else if (told.faults && document.body.innerText.indexOf(told.faults[0].trim()) < 0) location.reload();
  });
})();
