// Embeds (`?embed=`). The build puts this into the page itself: a page that shows one view alone must
// not show the rest first, and one on tour leaves room for the tour's panel from the start.
(() => {
  const VIEWS = []; // written by the build, from the views that Python knows
  const root = document.documentElement;
  const view = new URLSearchParams(location.search).get("embed");
  if (VIEWS.includes(view)) root.dataset.embed = view;
  if (view === "tour" || /[#&]tour=\d/.test(location.hash)) root.dataset.tour = "";
})();
