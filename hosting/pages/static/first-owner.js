// Makes the hosting's first account with the one-time key behind the "#", which browsers send to nobody.
const FRENCH = {
  title: "Faites vôtre cet hébergement",
  about: "Le premier compte est celui du propriétaire. Avec lui, vous vous connectez depuis l’éditeur, sous Publier.",
  name: "Votre nom",
  email: "Adresse e-mail",
  password: "Mot de passe, dix caractères au moins",
  make: "Créer le compte",
  done: "C’est fait. Connectez-vous maintenant depuis l’éditeur, avec l’adresse {address}.",
  unreachable: "L’hébergement ne répond pas. Vérifiez la connexion et réessayez.",
};
const ENGLISH = {
  done: "Done. Sign in from the editor now, with the address {address}.",
  unreachable: "The hosting does not answer. Check the connection and try again.",
};

const french = navigator.language.toLowerCase().startsWith("fr");
const words = french ? FRENCH : ENGLISH;
if (french) {
  document.documentElement.lang = "fr";
  for (const each of document.querySelectorAll("[data-words]")) each.textContent = FRENCH[each.dataset.words];
}

const form = document.querySelector("form");
const status = document.querySelector("[role=status]");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const body = JSON.stringify({ key: location.hash.slice(1), ...Object.fromEntries(new FormData(form)) });
  try {
    const answer = await fetch("/api/first-owner", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    const told = await answer.json();
    if (answer.ok) {
      form.hidden = true;
      history.replaceState(null, "", location.pathname);
      status.textContent = words.done.replace("{address}", location.origin);
    } else {
      status.textContent = told.title;
    }
  } catch {
    status.textContent = words.unreachable;
  }
  button.disabled = false;
});
