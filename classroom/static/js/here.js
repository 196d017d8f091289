// Says, before anything is drawn, that scripts run; the style sheets then show what needs them.
document.documentElement.classList.add("js");
