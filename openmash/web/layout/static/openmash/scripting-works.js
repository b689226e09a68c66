// Tells the style sheet that scripts run here, before anything is drawn.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
