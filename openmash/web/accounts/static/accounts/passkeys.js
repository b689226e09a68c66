// Says in words when a device could not use or make a passkey, for example because somebody pressed Cancel.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  if (problem) {
    problem.hidden = false;
    problem.focus();
  }
});
