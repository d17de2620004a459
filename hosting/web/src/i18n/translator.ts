/**
 * The texts of the pages in English and French, and dates and times in the locale of the reader.
 *
 * The language is that of the browser until the reader chooses another; the choice is stored for the browser tab. The
 * translator remembers which message each element shows, so a change of language updates the texts in place.
 */

const EN = {
  "language": "Language",
  "skip": "Skip to the content",
  "landing.starts": "Starts",
  "landing.available": "Available from",
  "landing.event_time": "{time} where it takes place ({zone})",
  "landing.your_time": "Your time ({zone})",
  "landing.calendar": "Add to calendar",
  "landing.name": "Your name",
  "landing.email": "Your e-mail",
  "landing.email_why": "Your questions are answered by e-mail.",
  "landing.enter": "Enter",
  "landing.join_now": "Join now",
  "landing.watch": "Watch now",
  "landing.replay": "Watch the replay",
  "landing.on_air": "On air",
  "landing.began": "On air since {time}. You join where it is now.",
  "landing.soon": "in {left}",
  "landing.doors": "The doors open at {time}.",
  "landing.doors_open": "The waiting room is open.",
  "landing.name_seen": "Shown beside what you write in the chat.",
  "cancelled.title": "This webinar does not take place",
  "cancelled.text":
    "“{title}”, planned for {time}, was cancelled. This link stays good: if it is planned again, you will find it here.",
  "over.title": "Thank you for coming",
  "over.text": "“{title}” is over.",
  "over.replay": "Watch the replay",
  "over.offers": "Offers of this webinar",
  "over.close": "You can close this page.",
  "lost.title": "Nothing is found here",
  "lost.text": "This link leads to no webinar. Check that it was copied whole.",
  "lost.again": "Try again",
  "unreachable.title": "The hosting cannot be reached",
  "unreachable.text": "We keep trying; this page goes on by itself.",
  "loading": "One moment…",
  "waiting.begins": "Begins in",
  "waiting.join": "Join",
  "waiting.join_why": "One click, so that your browser lets us play sound.",
  "waiting.in": "You are in. It begins by itself.",
  "waiting.sound": "Test sound",
  "waiting.sound_again": "Play again",
  "waiting.sound_playing": "Do you hear three notes?",
  "gate.text": "You join where it is now.",
  "gate.demand": "Play",
  "gap.text": "Continues shortly",
  "sound.text": "Sound only",
  "held.title": "A short pause",
  "held.resumes": "Goes on at {time} at the latest",
  "closing.title": "That was it. Thank you!",
  "closing.text": "The room stays open a little longer.",
  "state.on_air": "on air",
  "state.waiting": "waiting room",
  "state.held": "paused",
  "state.closing": "closing",
  "state.over": "over",
  "state.on_demand": "on demand",
  "state.planned": "planned",
  "link.broken": "Connection lost. Reconnecting…",
  "link.refused": "Your seat is no longer valid. Load the page again to enter.",
  "stage.label": "Stage",
  "stage.controls": "Controls",
  "stage.buffering": "Loading…",
  "control.volume": "Volume",
  "control.mute": "Mute",
  "control.unmute": "Unmute",
  "control.captions": "Captions",
  "control.quality": "Picture quality",
  "control.auto": "Auto",
  "control.lowest": "Lowest",
  "control.full": "Full screen",
  "control.leave_full": "Leave full screen",
  "control.play": "Play",
  "control.pause": "Pause",
  "control.seek": "Position",
  "side.label": "Chat and offers",
  "tab.chat": "Chat",
  "tab.offers": "Offers so far",
  "chat.placeholder": "Ask the team…",
  "chat.field": "Your message",
  "chat.send": "Send",
  "chat.moderated": "Messages appear once a moderator approves them.",
  "chat.answer_later": "Only the team reads this; you get answers by e-mail.",
  "chat.none": "There is no chat in this webinar.",
  "chat.closed": "The chat is closed.",
  "chat.closed_yet": "The chat opens with the waiting room.",
  "chat.you": "You",
  "chat.when": "{time}",
  "chat.waits": "waits for a moderator; only you see it",
  "chat.to_team": "for the team only",
  "chat.sending": "sending…",
  "chat.again": "Try again",
  "chat.too_fast": "That was quick: a moment, please.",
  "chat.left": "{n} characters left",
  "chat.too_long": "Too long by {n}: a message has 1,000 characters at most.",
  "chat.wait": "Three messages in ten seconds are the most. You can send this in {n} s.",
  "chat.last": "What you were about to say can still be sent.",
  "chat.replies": "The chat is closed; the team’s replies still appear here.",
  "chat.live": "This was said while it was live.",
  "chat.empty": "No messages yet. Questions are welcome.",
  "chat.empty_replay": "No messages.",
  "offers.empty": "What the speakers offer is kept here, for those who come late, too.",
  "offers.opens": "opens a new page",
  "offer.open_survey": "Answer",
  "survey.send": "Send answers",
  "survey.sending": "Sending…",
  "survey.thanks": "Thank you, your answers have been sent.",
  "survey.required": "required",
  "survey.missing": "Please answer this one.",
  "survey.failed": "Not everything was sent. Please try again.",
  "survey.closed": "This survey is closed.",
  "survey.rating": "{n} of {most}",
  "survey.several": "Several answers are possible.",
  "survey.later": "Later",
  "trouble.open": "No picture or sound?",
  "trouble.title": "No picture or sound?",
  "trouble.check": "Check that this tab and your device are not muted.",
  "trouble.reload": "Load the picture again",
  "trouble.reloaded": "Loading again…",
  "trouble.lower": "Use the lowest quality",
  "trouble.auto": "Quality by itself again",
  "trouble.field": "What is wrong? (optional)",
  "trouble.report": "Tell the team",
  "trouble.reported": "The team has been told. Thank you.",
  "trouble.failed": "The team could not be told. Please try again.",
  "trouble.close": "Close",
  "error.name": "Please enter your name.",
  "error.email": "Please enter an e-mail address, so that the team can answer you.",
  "error.unreachable": "The hosting cannot be reached. Check your connection and try again.",
  "error.other": "That did not work. Please try again.",
  "error.closed": "This webinar can no longer be entered.",
} as const;

/** The key of a message in the catalogue. */
export type MessageKey = keyof typeof EN;

const FR: Record<MessageKey, string> = {
  "language": "Langue",
  "skip": "Aller au contenu",
  "landing.starts": "Début",
  "landing.available": "Disponible à partir du",
  "landing.event_time": "{time} sur place ({zone})",
  "landing.your_time": "À votre heure ({zone})",
  "landing.calendar": "Ajouter à l’agenda",
  "landing.name": "Votre nom",
  "landing.email": "Votre e-mail",
  "landing.email_why": "Il sera répondu à vos questions par e-mail.",
  "landing.enter": "Entrer",
  "landing.join_now": "Participer maintenant",
  "landing.watch": "Regarder",
  "landing.replay": "Voir la rediffusion",
  "landing.on_air": "En direct",
  "landing.began": "Commencé à {time}. Vous arrivez là où il en est.",
  "landing.soon": "dans {left}",
  "landing.doors": "Ouverture des portes à {time}.",
  "landing.doors_open": "La salle d’attente est ouverte.",
  "landing.name_seen": "Affiché à côté de vos messages.",
  "cancelled.title": "Ce webinaire n’aura pas lieu",
  "cancelled.text":
    "« {title} », prévu le {time}, a été annulé. Ce lien reste valable : s’il est reprogrammé, vous le trouverez ici.",
  "over.title": "Merci de votre participation",
  "over.text": "« {title} » est terminé.",
  "over.replay": "Voir la rediffusion",
  "over.offers": "Les propositions de ce webinaire",
  "over.close": "Vous pouvez fermer cette page.",
  "lost.title": "Il n’y a rien ici",
  "lost.text": "Ce lien ne mène à aucun webinaire. Vérifiez qu’il a été copié en entier.",
  "lost.again": "Réessayer",
  "unreachable.title": "Le serveur est injoignable",
  "unreachable.text": "Nous réessayons ; cette page reprendra d’elle-même.",
  "loading": "Un instant…",
  "waiting.begins": "Commence dans",
  "waiting.join": "Rejoindre",
  "waiting.join_why": "Un clic, pour que votre navigateur nous laisse jouer le son.",
  "waiting.in": "Vous y êtes. Cela commencera tout seul.",
  "waiting.sound": "Tester le son",
  "waiting.sound_again": "Rejouer",
  "waiting.sound_playing": "Entendez-vous trois notes ?",
  "gate.text": "Vous arrivez là où il en est.",
  "gate.demand": "Lire",
  "gap.text": "La suite dans un instant",
  "sound.text": "Son seulement",
  "held.title": "Une courte pause",
  "held.resumes": "Reprise à {time} au plus tard",
  "closing.title": "C’est fini. Merci !",
  "closing.text": "La salle reste ouverte encore un peu.",
  "state.on_air": "en direct",
  "state.waiting": "salle d’attente",
  "state.held": "en pause",
  "state.closing": "clôture",
  "state.over": "terminé",
  "state.on_demand": "à la demande",
  "state.planned": "prévu",
  "link.broken": "Connexion perdue. Reconnexion…",
  "link.refused": "Votre place n’est plus valable. Rechargez la page pour entrer.",
  "stage.label": "Scène",
  "stage.controls": "Commandes",
  "stage.buffering": "Chargement…",
  "control.volume": "Volume",
  "control.mute": "Couper le son",
  "control.unmute": "Rétablir le son",
  "control.captions": "Sous-titres",
  "control.quality": "Qualité d’image",
  "control.auto": "Auto",
  "control.lowest": "Minimale",
  "control.full": "Plein écran",
  "control.leave_full": "Quitter le plein écran",
  "control.play": "Lire",
  "control.pause": "Pause",
  "control.seek": "Position",
  "side.label": "Discussion et propositions",
  "tab.chat": "Discussion",
  "tab.offers": "Propositions",
  "chat.placeholder": "Une question à l’équipe…",
  "chat.field": "Votre message",
  "chat.send": "Envoyer",
  "chat.moderated": "Les messages paraissent après l’accord d’un modérateur.",
  "chat.answer_later": "Seule l’équipe lit ceci ; la réponse viendra par e-mail.",
  "chat.none": "Ce webinaire n’a pas de discussion.",
  "chat.closed": "La discussion est close.",
  "chat.closed_yet": "La discussion ouvre avec la salle d’attente.",
  "chat.you": "Vous",
  "chat.when": "{time}",
  "chat.waits": "attend un modérateur ; vous seul le voyez",
  "chat.to_team": "pour l’équipe seulement",
  "chat.sending": "envoi…",
  "chat.again": "Réessayer",
  "chat.too_fast": "C’était rapide : un instant, s’il vous plaît.",
  "chat.left": "encore {n} caractères",
  "chat.too_long": "Trop long de {n} : un message a 1 000 caractères au plus.",
  "chat.wait": "Trois messages en dix secondes au plus. Envoi possible dans {n} s.",
  "chat.last": "Vous pouvez encore envoyer ce que vous alliez dire.",
  "chat.replies": "La discussion est close ; les réponses de l’équipe paraissent encore ici.",
  "chat.live": "Ceci a été dit pendant le direct.",
  "chat.empty": "Pas encore de messages. Les questions sont bienvenues.",
  "chat.empty_replay": "Aucun message.",
  "offers.empty": "Ce que les intervenants proposent reste ici, aussi pour les retardataires.",
  "offers.opens": "ouvre une nouvelle page",
  "offer.open_survey": "Répondre",
  "survey.send": "Envoyer les réponses",
  "survey.sending": "Envoi…",
  "survey.thanks": "Merci, vos réponses ont été envoyées.",
  "survey.required": "obligatoire",
  "survey.missing": "Merci de répondre ici.",
  "survey.failed": "Tout n’a pas été envoyé. Réessayez, s’il vous plaît.",
  "survey.closed": "Ce sondage est clos.",
  "survey.rating": "{n} sur {most}",
  "survey.several": "Plusieurs réponses sont possibles.",
  "survey.later": "Plus tard",
  "trouble.open": "Pas d’image ou de son ?",
  "trouble.title": "Pas d’image ou de son ?",
  "trouble.check": "Vérifiez que le son de l’onglet et de l’appareil n’est pas coupé.",
  "trouble.reload": "Recharger l’image",
  "trouble.reloaded": "Rechargement…",
  "trouble.lower": "Prendre la qualité minimale",
  "trouble.auto": "Revenir à la qualité automatique",
  "trouble.field": "Que se passe-t-il ? (facultatif)",
  "trouble.report": "Prévenir l’équipe",
  "trouble.reported": "L’équipe est prévenue. Merci.",
  "trouble.failed": "L’équipe n’a pas pu être prévenue. Réessayez.",
  "trouble.close": "Fermer",
  "error.name": "Veuillez indiquer votre nom.",
  "error.email": "Veuillez indiquer une adresse e-mail, pour que l’équipe puisse vous répondre.",
  "error.unreachable": "Le serveur est injoignable. Vérifiez votre connexion et réessayez.",
  "error.other": "Cela n’a pas marché. Réessayez, s’il vous plaît.",
  "error.closed": "On ne peut plus entrer dans ce webinaire.",
};

/** A language that the pages have texts in. */
export type Language = "en" | "fr";
/** The names of the languages, each in itself. */
export const LANGUAGES: Record<Language, string> = { en: "English", fr: "Français" };
const CATALOGUES: Record<Language, Record<MessageKey, string>> = { en: EN, fr: addNonBreakingSpaces(FR) };
const LANGUAGE_STORAGE_KEY = "matinee.language";

/** The value of a placeholder; a function where the value depends on the language, as a formatted time does. */
export type MessageParam = string | number | (() => string);
/** The values of the placeholders of a message by name. */
export type MessageParams = Record<string, MessageParam>;

interface BoundMessage {
  key: MessageKey;
  params: MessageParams;
}

/** Sets texts in the chosen language and keeps them up to date when the language changes. */
export class Translator {
  language: Language;
  private readonly textMessages = new Map<Element, BoundMessage>();
  private readonly attributeMessages = new Map<Element, Map<string, BoundMessage>>();

  constructor(
    preferredLanguages: readonly string[],
    private readonly storage: Pick<Storage, "getItem" | "setItem">,
  ) {
    const savedLanguage = storage.getItem(LANGUAGE_STORAGE_KEY);
    const candidates = [savedLanguage ?? "", ...preferredLanguages].map((tag) => tag.slice(0, 2).toLowerCase());
    this.language = (candidates.find((tag) => tag in CATALOGUES) as Language | undefined) ?? "en";
  }

  /** Return a message with its placeholders filled in. */
  translate(key: MessageKey, params: MessageParams = {}): string {
    return CATALOGUES[this.language][key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const param = params[name];
      return String(typeof param === "function" ? param() : (param ?? ""));
    });
  }

  /** Set the text of an element, now and whenever the language changes. */
  setText<E extends Element>(element: E, key: MessageKey, params: MessageParams = {}): E {
    this.textMessages.set(element, { key, params });
    updateText(element, this.translate(key, params));
    return element;
  }

  /** Set an attribute that people read (label, placeholder, tooltip), now and whenever the language changes. */
  setAttribute<E extends Element>(element: E, attribute: string, key: MessageKey, params: MessageParams = {}): E {
    const attributes = this.attributeMessages.get(element) ?? new Map<string, BoundMessage>();
    attributes.set(attribute, { key, params });
    this.attributeMessages.set(element, attributes);
    element.setAttribute(attribute, this.translate(key, params));
    return element;
  }

  /** Set a text that does not depend on the language. */
  setPlainText(element: Element, text = ""): void {
    this.textMessages.delete(element);
    updateText(element, text);
  }

  /** Change the language and update all texts in the page. */
  setLanguage(language: Language): void {
    this.language = language;
    this.storage.setItem(LANGUAGE_STORAGE_KEY, language);
    document.documentElement.lang = language;
    for (const [element, { key, params }] of this.textMessages) {
      if (element.isConnected) updateText(element, this.translate(key, params));
      else this.textMessages.delete(element);
    }
    for (const [element, attributes] of this.attributeMessages) {
      if (!element.isConnected) this.attributeMessages.delete(element);
      else
        for (const [attribute, { key, params }] of attributes)
          element.setAttribute(attribute, this.translate(key, params));
    }
  }

  /** Format an instant as hour and minute, in the zone of the reader or another. */
  formatTime(at: number, zone?: string): string {
    return this.format(at, { hour: "2-digit", minute: "2-digit" }, zone);
  }

  /** Format an instant as day and time, in the zone of the reader or another. */
  formatDateTime(at: number, zone?: string): string {
    const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
    return this.format(at, { ...day, hour: "2-digit", minute: "2-digit" }, zone);
  }

  private format(at: number, options: Intl.DateTimeFormatOptions, zone?: string): string {
    const locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(this.language)) ?? this.language;
    try {
      return new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options).format(at);
    } catch {
      return new Intl.DateTimeFormat(locale, options).format(at);
    }
  }
}

/** Make the spaces that French sets before ? ! : ; and inside quotation marks non-breaking. */
function addNonBreakingSpaces(texts: Record<MessageKey, string>): Record<MessageKey, string> {
  const addSpaces = (text: string): string => text.replace(/ (?=[?!:;»])/g, "\u00a0").replace(/« /g, "«\u00a0");
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, addSpaces(text)])) as Record<
    MessageKey,
    string
  >;
}

function updateText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Format a duration as `M:SS` or `H:MM:SS`; a countdown rounds up, so that it shows 0:00 only at the end. */
export function formatDuration(ms: number, roundUp = false): string {
  const totalSeconds = Math.max(0, roundUp ? Math.ceil(ms / 1000) : Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [
    Math.floor(totalSeconds / 3600),
    Math.floor(totalSeconds / 60) % 60,
    totalSeconds % 60,
  ];
  const pad = (n: number): string => String(n).padStart(2, "0");
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}
