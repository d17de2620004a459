// Creates the hosting's first account with the one-time key behind the "#", which browsers do not send.
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");

/** Show a message of the page: by the code of a problem document (RFC 9457), or by a name of its own. */
function showMessage(name) {
  const messages = document.getElementById("messages");
  const message = messages.querySelector(`[data-for="${name}"]`) ?? messages.querySelector('[data-for="failed"]');
  status.textContent = message.textContent.replace("{address}", location.origin);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const body = JSON.stringify({ key: location.hash.slice(1), ...Object.fromEntries(new FormData(form)) });
  try {
    const response = await fetch("/api/first-owner", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    if (response.ok) {
      form.hidden = true;
      history.replaceState(null, "", location.pathname);
      showMessage("done");
    } else {
      const problem = await response.json();
      showMessage(problem.code);
    }
  } catch {
    showMessage("unreachable");
  }
  button.disabled = false;
});
