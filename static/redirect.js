// A page that moved leads on with the answers in the query and the step in the fragment: a refresh would lose both.
// The page is replaced, so that going back does not lead forward again.
location.replace(document.currentScript.dataset.to + location.search + location.hash);
