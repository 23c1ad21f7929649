// Runs before the page is painted: sets what the visitor chose in the low-vision version.
(function () {
  var root = document.documentElement;
  root.classList.add("has-js");
  try {
    var choice = JSON.parse(localStorage.getItem("vision"));
    for (var key in choice) root.dataset[key] = choice[key];
  } catch (error) {
    // Storage may be switched off: the usual version is shown.
  }
})();
