<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Matinee</source>
        <translation>À propos de Matinee</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Create automated webinars: arrange recorded media on a timeline, and they play at the time you set.</source>
        <translation>Créez des webinaires automatisés&#xa0;: disposez vos médias au montage, et la session se joue à l’heure choisie.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Logiciel libre, sous licence publique générale GNU, version 3 ou ultérieure.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>AccessForm</name>
    <message>
        <source>Free</source>
        <translation>Gratuit</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Payant</translation>
    </message>
    <message>
        <source>This is not a valid price. Type it like {example}.</source>
        <translation>Ce prix n’est pas valide. Écrivez-le comme {example}.</translation>
    </message>
    <message>
        <source>Set a price before you publish.</source>
        <translation>Indiquez un prix avant de publier.</translation>
    </message>
    <message>
        <source>{price} per seat</source>
        <translation>{price} par place</translation>
    </message>
    <message>
        <source>Anyone with the link can join.</source>
        <translation>Toute personne disposant du lien peut entrer.</translation>
    </message>
    <message>
        <source>Attendees pay before they get a seat; the replay is included. The team needs no seats. A paid webinar cannot be published yet, only tried out in a private test.</source>
        <translation>Les participants paient avant d’obtenir leur place&#x202f;; la rediffusion est comprise. L’équipe n’a pas besoin de places. Un webinaire payant ne peut pas encore être publié, seulement lancé en essai privé.</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Devise</translation>
    </message>
</context>
<context>
    <name>ActionAvailability</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;Annuler&#xa0;: {step}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Rétablir&#xa0;: {step}</translation>
    </message>
</context>
<context>
    <name>ActionRegistry</name>
    <message>
        <source>&amp;New webinar…</source>
        <translation>&amp;Nouveau webinaire…</translation>
    </message>
    <message>
        <source>&amp;All webinars</source>
        <translation>Tous les &amp;webinaires</translation>
    </message>
    <message>
        <source>Open a &amp;bundle…</source>
        <translation>&amp;Ouvrir un paquet…</translation>
    </message>
    <message>
        <source>&amp;Export as a bundle…</source>
        <translation>&amp;Exporter en paquet…</translation>
    </message>
    <message>
        <source>&amp;Import media…</source>
        <translation>&amp;Importer des médias…</translation>
    </message>
    <message>
        <source>Import &amp;recording…</source>
        <translation>Importer une &amp;captation…</translation>
    </message>
    <message>
        <source>A video from another tool, e.g. of a meeting, with its captions and chat</source>
        <translation>Une vidéo venue d’un autre outil, d’une réunion par exemple, avec ses sous-titres et sa discussion</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>Enregi&amp;strer</translation>
    </message>
    <message>
        <source>Save with a n&amp;ote…</source>
        <translation>Enregistrer avec une no&amp;te…</translation>
    </message>
    <message>
        <source>S&amp;ync now</source>
        <translation>S&amp;ynchroniser maintenant</translation>
    </message>
    <message>
        <source>&amp;Duplicate this webinar</source>
        <translation>&amp;Dupliquer ce webinaire</translation>
    </message>
    <message>
        <source>Use as a &amp;template</source>
        <translation>Utiliser comme &amp;modèle</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>Pré&amp;férences…</translation>
    </message>
    <message>
        <source>&amp;Close webinar</source>
        <translation>Fe&amp;rmer le webinaire</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Co&amp;uper</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Segments of this or another webinar, or files</source>
        <translation>Des segments de ce webinaire ou d’un autre, ou des fichiers</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Dupliquer</translation>
    </message>
    <message>
        <source>De&amp;lete, leave the gap</source>
        <translation>&amp;Supprimer en laissant le vide</translation>
    </message>
    <message>
        <source>Delete and close the &amp;gap</source>
        <translation>Supprimer et re&amp;fermer le vide</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Tout sélectionner</translation>
    </message>
    <message>
        <source>Select &amp;none</source>
        <translation>&amp;Ne rien sélectionner</translation>
    </message>
    <message>
        <source>Select everything a&amp;fter the playhead</source>
        <translation>Sélectionner tout ce qui suit la tête de l&amp;ecture</translation>
    </message>
    <message>
        <source>Ungrou&amp;p</source>
        <translation>Dégrou&amp;per</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>&amp;Normal</translation>
    </message>
    <message>
        <source>&amp;Insert</source>
        <translation>&amp;Insertion</translation>
    </message>
    <message>
        <source>&amp;Overwrite</source>
        <translation>Écr&amp;asement</translation>
    </message>
    <message>
        <source>&amp;Snap</source>
        <translation>Ai&amp;mantation</translation>
    </message>
    <message>
        <source>Add a &amp;call to action</source>
        <translation>Ajouter un a&amp;ppel à l’action</translation>
    </message>
    <message>
        <source>Add a s&amp;urvey</source>
        <translation>Ajouter une en&amp;quête</translation>
    </message>
    <message>
        <source>S&amp;plit at the playhead</source>
        <translation>&amp;Scinder à la tête de lecture</translation>
    </message>
    <message>
        <source>Start at the pla&amp;yhead</source>
        <translation>&amp;Débuter à la tête de lecture</translation>
    </message>
    <message>
        <source>&amp;End at the playhead</source>
        <translation>&amp;Finir à la tête de lecture</translation>
    </message>
    <message>
        <source>Cut away &amp;before the playhead</source>
        <translation>Rogner a&amp;vant la tête de lecture</translation>
    </message>
    <message>
        <source>Cut away &amp;after the playhead</source>
        <translation>Rogner après la &amp;tête de lecture</translation>
    </message>
    <message>
        <source>Close this &amp;gap</source>
        <translation>Refermer &amp;ce vide</translation>
    </message>
    <message>
        <source>C&amp;lose all gaps</source>
        <translation>Refermer to&amp;us les vides</translation>
    </message>
    <message>
        <source>Paste at the pla&amp;yhead</source>
        <translation>Co&amp;ller à la tête de lecture</translation>
    </message>
    <message>
        <source>&amp;Webinar settings…</source>
        <translation>&amp;Paramètres du webinaire…</translation>
    </message>
    <message>
        <source>Save a version. Edits are stored without it, too.</source>
        <translation>Enregistre une version. Vos modifications sont conservées même sans cela.</translation>
    </message>
    <message>
        <source>Version &amp;history</source>
        <translation>&amp;Historique des versions</translation>
    </message>
    <message>
        <source>P&amp;ublish…</source>
        <translation>P&amp;ublier…</translation>
    </message>
    <message>
        <source>Publish a version on the server and get the link for attendees</source>
        <translation>Publier une version sur le serveur et obtenir le lien des participants</translation>
    </message>
    <message>
        <source>Send saved versions and notes to the server, and get what is new there</source>
        <translation>Envoyer au serveur les versions enregistrées et les notes, et recevoir ce qui y est nouveau</translation>
    </message>
    <message>
        <source>Gr&amp;oup</source>
        <translation>&amp;Grouper</translation>
    </message>
    <message>
        <source>Start, &amp;in-point and length…</source>
        <translation>Dé&amp;but, point d’entrée et durée…</translation>
    </message>
    <message>
        <source>Segments cannot overlap; the nearest free position is offered</source>
        <translation>Les segments ne peuvent pas se chevaucher&#x202f;; la place libre la plus proche est proposée</translation>
    </message>
    <message>
        <source>Later segments move to make room</source>
        <translation>Les segments suivants se décalent</translation>
    </message>
    <message>
        <source>Segments in the way are trimmed</source>
        <translation>Les segments recouverts sont rognés</translation>
    </message>
    <message>
        <source>Add a &amp;marker</source>
        <translation>Poser un &amp;repère</translation>
    </message>
    <message>
        <source>The selected segments, or else the one at the playhead</source>
        <translation>Les segments sélectionnés, sinon celui sous la tête de lecture</translation>
    </message>
    <message>
        <source>Loc&amp;k the programme</source>
        <translation>Verrouiller l&amp;e programme</translation>
    </message>
    <message>
        <source>Lock the in&amp;teractions</source>
        <translation>Verrouiller &amp;les interactions</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Lire ou mettre en pause</translation>
    </message>
    <message>
        <source>Play &amp;backwards, faster each time</source>
        <translation>Lire en a&amp;rrière, de plus en plus vite</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>Play &amp;forwards, faster each time</source>
        <translation>Lire en a&amp;vant, de plus en plus vite</translation>
    </message>
    <message>
        <source>To the b&amp;eginning</source>
        <translation>Aller au &amp;début</translation>
    </message>
    <message>
        <source>To the e&amp;nd</source>
        <translation>Aller à la &amp;fin</translation>
    </message>
    <message>
        <source>P&amp;revious cut</source>
        <translation>Coupe &amp;précédente</translation>
    </message>
    <message>
        <source>Ne&amp;xt cut</source>
        <translation>Coupe &amp;suivante</translation>
    </message>
    <message>
        <source>Pre&amp;view on the full screen</source>
        <translation>Aperçu en plein é&amp;cran</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom a&amp;vant</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom a&amp;rrière</translation>
    </message>
    <message>
        <source>&amp;Fit the whole webinar</source>
        <translation>A&amp;juster à tout le webinaire</translation>
    </message>
    <message>
        <source>Ruler: from &amp;start</source>
        <translation>Règle&#xa0;: depuis le &amp;début</translation>
    </message>
    <message>
        <source>Ruler: time of &amp;day</source>
        <translation>Règle&#xa0;: &amp;heure</translation>
    </message>
    <message>
        <source>Reset panel la&amp;yout</source>
        <translation>Réinitialiser la dis&amp;position</translation>
    </message>
    <message>
        <source>As a &amp;table</source>
        <translation>En &amp;tableau</translation>
    </message>
    <message>
        <source>Before you pu&amp;blish</source>
        <translation>Avant de pu&amp;blier</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>A &amp;tour in five steps</source>
        <translation>&amp;Visite guidée en cinq étapes</translation>
    </message>
    <message>
        <source>&amp;About Matinee</source>
        <translation>À &amp;propos de Matinee</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>&amp;Lecture</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>&amp;Montage</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aid&amp;e</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Opening the library</source>
        <translation>Ouverture de la bibliothèque</translation>
    </message>
</context>
<context>
    <name>AudioVideoForm</name>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Shown to attendees while the audio plays</source>
        <translation>Montrée aux participants pendant la lecture du son</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Ajouter un fichier…</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
</context>
<context>
    <name>AudioVideoLengthRow</name>
    <message>
        <source>The file ends at {time}.</source>
        <translation>Le fichier se termine à {time}.</translation>
    </message>
    <message>
        <source>Plays from</source>
        <translation>Lecture de</translation>
    </message>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
    <message>
        <source>Freeze frame</source>
        <translation>Arrêt sur image</translation>
    </message>
    <message>
        <source>at least one second must be left</source>
        <translation>il doit rester au moins une seconde</translation>
    </message>
    <message>
        <source>{plays} + {hold} freeze frame</source>
        <translation>{plays} + {hold} d’arrêt sur image</translation>
    </message>
</context>
<context>
    <name>BinListModel</name>
    <message>
        <source>importing, {percent} %</source>
        <translation>importation, {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>downloading the prepared copy, {percent} %</source>
        <translation>téléchargement de la copie préparée, {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>manquant</translation>
    </message>
    <message>
        <source>prepared copy from the server</source>
        <translation>copie préparée du serveur</translation>
    </message>
    <message>
        <source>making previews, {percent} %</source>
        <translation>création des aperçus, {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n&#xa0;pages</numerusform>
        </translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} à {end}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height}&#xa0;pixels</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>sans son</translation>
    </message>
    <message>
        <source>subtitles: {name}</source>
        <translation>sous-titres&#xa0;: {name}</translation>
    </message>
    <message>
        <source>will be placed: {part}</source>
        <translation>sera placé&#xa0;: {part}</translation>
    </message>
    <message>
        <source>The file is not where it was. Choose Relink… to look for it elsewhere.</source>
        <translation>Le fichier n’est plus à sa place. Choisissez «&#xa0;Relier…&#xa0;» pour le chercher ailleurs.</translation>
    </message>
    <message>
        <source>The file is not on this computer. Previews show the server&apos;s prepared copy.</source>
        <translation>Le fichier n’est pas sur cet ordinateur. Les aperçus montrent la copie préparée par le serveur.</translation>
    </message>
</context>
<context>
    <name>BinListView</name>
    <message>
        <source>Drop files here, or press Ctrl+I</source>
        <translation>Déposez des fichiers ici, ou tapez Ctrl+I</translation>
    </message>
    <message>
        <source>Videos, sound, pictures, PDF and slides</source>
        <translation>Vidéos, sons, images, PDF et diapositives</translation>
    </message>
</context>
<context>
    <name>BundleIo</name>
    <message>
        <source>Open a bundle</source>
        <translation>Ouvrir un paquet</translation>
    </message>
    <message>
        <source>Matinee bundles (*{suffix})</source>
        <translation>Paquets Matinee (*{suffix})</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Ouverture de {name}</translation>
    </message>
    <message>
        <source>Export as a bundle</source>
        <translation>Exporter en paquet</translation>
    </message>
    <message>
        <source>Include the media, to play it on another computer (large file)</source>
        <translation>Inclure les médias, pour une lecture sur un autre ordinateur (fichier volumineux)</translation>
    </message>
    <message numerus="yes">
        <source>{name} was saved; %n file(s) were not found and are not included.</source>
        <translation>
            <numerusform>{name} a été enregistré&#x202f;; %n fichier introuvable n’y figure pas.</numerusform>
            <numerusform>{name} a été enregistré&#x202f;; %n fichiers introuvables n’y figurent pas.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} was saved.</source>
        <translation>{name} a été enregistré.</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>Exportation de {name}</translation>
    </message>
</context>
<context>
    <name>CardTextFormatter</name>
    <message>
        <source>No date yet</source>
        <translation>Pas encore de date</translation>
    </message>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>À jour</translation>
    </message>
    <message>
        <source>Newer on this computer</source>
        <translation>Plus récent sur cet ordinateur</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflit</translation>
    </message>
    <message>
        <source>Rejected by the server</source>
        <translation>Refusé par le serveur</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Pas encore enregistré</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
    <message>
        <source>{version}, edited since</source>
        <translation>{version}, modifiée depuis</translation>
    </message>
    <message>
        <source>in the past</source>
        <translation>passé</translation>
    </message>
    <message numerus="yes">
        <source>in %n minutes</source>
        <translation>
            <numerusform>dans %n minute</numerusform>
            <numerusform>dans %n&#xa0;minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hours</source>
        <translation>
            <numerusform>dans %n heure</numerusform>
            <numerusform>dans %n&#xa0;heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n days</source>
        <translation>
            <numerusform>dans %n jour</numerusform>
            <numerusform>dans %n&#xa0;jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangesDialog</name>
    <message>
        <source>What changed</source>
        <translation>Ce qui a changé</translation>
    </message>
    <message>
        <source>Take these changes</source>
        <translation>Reprendre ces changements</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et encore %n</numerusform>
            <numerusform>et encore %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing changed.</source>
        <translation>Rien n’a changé.</translation>
    </message>
</context>
<context>
    <name>ChatForm</name>
    <message>
        <source>Name at least one moderator, or no message is ever shown.</source>
        <translation>Désignez au moins un modérateur, sinon aucun message ne sera affiché.</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>propriétaire</translation>
    </message>
    <message>
        <source>presenter</source>
        <translation>intervenant</translation>
    </message>
    <message>
        <source>moderator</source>
        <translation>modérateur</translation>
    </message>
    <message>
        <source>organizer</source>
        <translation>organisateur</translation>
    </message>
    <message>
        <source>No chat</source>
        <translation>Pas de discussion</translation>
    </message>
    <message>
        <source>Attendees cannot write, and nothing is logged. A team member can turn the chat on during the session; from then on it is moderated and logged.</source>
        <translation>Les participants ne peuvent pas écrire et rien n’est consigné. Un membre de l’équipe peut ouvrir la discussion pendant la session&#x202f;; elle est alors modérée et consignée.</translation>
    </message>
    <message>
        <source>A moderator approves each message before other attendees see it.</source>
        <translation>Un modérateur approuve chaque message avant que les autres participants ne le voient.</translation>
    </message>
    <message>
        <source>Only the author and the team see a message. You answer by e-mail after the session, so attendees give an address when they join.</source>
        <translation>Seuls l’auteur et l’équipe voient un message. Vous répondez par e-mail après la session&#x202f;; les participants donnent donc une adresse en entrant.</translation>
    </message>
    <message>
        <source>Add a moderator</source>
        <translation>Ajouter un modérateur</translation>
    </message>
    <message>
        <source>Moderated</source>
        <translation>Modérée</translation>
    </message>
    <message>
        <source>Answer later</source>
        <translation>Réponses après coup</translation>
    </message>
    <message>
        <source>Who moderates</source>
        <translation>Qui modère</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>ColourPicker</name>
    <message>
        <source>vermilion</source>
        <translation>vermillon</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>bleu</translation>
    </message>
    <message>
        <source>green</source>
        <translation>vert</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>violet</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>orange</translation>
    </message>
    <message>
        <source>sky blue</source>
        <translation>bleu ciel</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>jaune</translation>
    </message>
    <message>
        <source>white</source>
        <translation>blanc</translation>
    </message>
    <message>
        <source>Another colour…</source>
        <translation>Autre couleur…</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>Nothing plays yet</source>
        <translation>Rien à lire pour l’instant</translation>
    </message>
    <message>
        <source>Drop a video on the timeline, or press Ctrl+I to import one.</source>
        <translation>Déposez une vidéo sur le montage, ou appuyez sur Ctrl+I pour en importer une.</translation>
    </message>
    <message>
        <source>Continues shortly</source>
        <translation>La suite dans un instant</translation>
    </message>
    <message>
        <source>Starts shortly</source>
        <translation>Nous commençons dans un instant</translation>
    </message>
    <message>
        <source>The webinar has ended.</source>
        <translation>Le webinaire est terminé.</translation>
    </message>
    <message>
        <source>Converting the slides…</source>
        <translation>Conversion des diapositives…</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et encore %n</numerusform>
            <numerusform>et encore %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Décider plus tard</translation>
    </message>
    <message>
        <source>Keep both as two webinars</source>
        <translation>Garder les deux, en deux webinaires</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre la leur</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Garder la mienne</translation>
    </message>
    <message>
        <source>Both of you changed the webinar&apos;s {fields}.</source>
        <translation>Vous avez tous deux modifié {fields} du webinaire.</translation>
    </message>
    <message>
        <source>Both of you changed the {fields} of {name}.</source>
        <translation>Vous avez tous deux modifié {fields} de {name}.</translation>
    </message>
    <message>
        <source>Conflicting changes</source>
        <translation>Changements contradictoires</translation>
    </message>
    <message>
        <source>You and a colleague made conflicting changes to “{title}”.</source>
        <translation>Vous et un collègue avez apporté des changements contradictoires à «&#xa0;{title}&#xa0;».</translation>
    </message>
    <message>
        <source>Both versions stay in the version history, and you can undo the change to your webinar.</source>
        <translation>Les deux versions restent dans l’historique, et vous pouvez annuler le changement apporté à votre webinaire.</translation>
    </message>
    <message>
        <source>{name} was changed to different kinds of segment.</source>
        <translation>{name} n’est plus du même type des deux côtés.</translation>
    </message>
    <message>
        <source>{one} and {other} would overlap.</source>
        <translation>{one} et {other} se chevaucheraient.</translation>
    </message>
    <message>
        <source>{field}: {mine} (yours) · {theirs} (theirs)</source>
        <translation>{field}&#xa0;: {mine} (vous) · {theirs} (l’autre)</translation>
    </message>
    <message>
        <source>“{name}” at {position}</source>
        <translation>«&#xa0;{name}&#xa0;» à {position}</translation>
    </message>
    <message>
        <source>title</source>
        <translation>le titre</translation>
    </message>
    <message>
        <source>description</source>
        <translation>la description</translation>
    </message>
    <message>
        <source>start</source>
        <translation>le début</translation>
    </message>
    <message>
        <source>time zone</source>
        <translation>le fuseau horaire</translation>
    </message>
    <message>
        <source>chat mode</source>
        <translation>le mode de la discussion</translation>
    </message>
    <message>
        <source>price</source>
        <translation>le prix</translation>
    </message>
    <message>
        <source>length</source>
        <translation>la durée</translation>
    </message>
    <message>
        <source>freeze frame</source>
        <translation>l’arrêt sur image</translation>
    </message>
    <message>
        <source>in-point</source>
        <translation>le point d’entrée</translation>
    </message>
    <message>
        <source>out-point</source>
        <translation>le point de sortie</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>le volume</translation>
    </message>
    <message>
        <source>text</source>
        <translation>le texte</translation>
    </message>
    <message>
        <source>link</source>
        <translation>le lien</translation>
    </message>
    <message>
        <source>button</source>
        <translation>le bouton</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>les questions</translation>
    </message>
</context>
<context>
    <name>ContextMenus</name>
    <message>
        <source>Spread pages evenly</source>
        <translation>Répartir les pages également</translation>
    </message>
    <message>
        <source>Replace media…</source>
        <translation>Remplacer le média…</translation>
    </message>
    <message>
        <source>Playhead here</source>
        <translation>Tête de lecture ici</translation>
    </message>
    <message>
        <source>Close this gap</source>
        <translation>Refermer ce vide</translation>
    </message>
    <message>
        <source>Close all gaps</source>
        <translation>Refermer tous les vides</translation>
    </message>
    <message>
        <source>Select everything after</source>
        <translation>Sélectionner tout ce qui suit</translation>
    </message>
    <message>
        <source>Add a marker here</source>
        <translation>Poser un repère ici</translation>
    </message>
    <message>
        <source>Name this marker…</source>
        <translation>Nommer ce repère…</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>Retirer ce repère</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>Son nom&#xa0;:</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>Something went wrong in Matinee. Your webinar is safe.</source>
        <translation>Un problème est survenu dans Matinee. Votre webinaire est en sécurité.</translation>
    </message>
    <message>
        <source>Something went wrong in Matinee. Your webinar is safe. Details are in {file}.</source>
        <translation>Un problème est survenu dans Matinee. Votre webinaire est en sécurité. Les détails sont dans {file}.</translation>
    </message>
</context>
<context>
    <name>CtaForm</name>
    <message>
        <source>What attendees will see</source>
        <translation>Ce que verront les participants</translation>
    </message>
    <message>
        <source>What attendees will see. Click to see it large.</source>
        <translation>Ce que verront les participants. Cliquez pour agrandir.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>Titre affiché</translation>
    </message>
    <message>
        <source>Ready for the next step?</source>
        <translation>Envie de passer à la suite&#x202f;?</translation>
    </message>
    <message>
        <source>Twenty minutes, and you are set up.</source>
        <translation>Vingt minutes, et tout est prêt.</translation>
    </message>
    <message>
        <source>Button</source>
        <translation>Bouton</translation>
    </message>
    <message>
        <source>Book your setup call</source>
        <translation>Réserver un rendez-vous</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>Banner</source>
        <translation>Bandeau</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>Coin</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>This is not a web address. Enter one like https://example.org.</source>
        <translation>Ce n’est pas une adresse web. Saisissez une adresse comme https://example.org.</translation>
    </message>
</context>
<context>
    <name>DockTitleBar</name>
    <message>
        <source>Float or dock this panel</source>
        <translation>Détacher ou ancrer ce panneau</translation>
    </message>
    <message>
        <source>Close this panel (reopen it from the View menu)</source>
        <translation>Fermer ce panneau (à rouvrir par le menu Affichage)</translation>
    </message>
</context>
<context>
    <name>EditErrors</name>
    <message>
        <source>That position is taken. Placed at the nearest free one, {place}.</source>
        <translation>Cette position est occupée. Placé à la plus proche libre, {place}.</translation>
    </message>
    <message>
        <source>Unlock and continue</source>
        <translation>Déverrouiller et continuer</translation>
    </message>
    <message>
        <source>Move as far as possible</source>
        <translation>Aller aussi loin que possible</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Recharger</translation>
    </message>
</context>
<context>
    <name>EditorPage</name>
    <message>
        <source>Saved as version {number}.</source>
        <translation>Enregistré&#xa0;: version {number}.</translation>
    </message>
    <message>
        <source>Your webinar now has the changes of version {number}.</source>
        <translation>Votre webinaire contient maintenant les changements de la version {number}.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Médias</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Before you publish</source>
        <translation>Avant de publier</translation>
    </message>
    <message>
        <source>Version history</source>
        <translation>Historique</translation>
    </message>
</context>
<context>
    <name>ErrorLine</name>
    <message>
        <source>Unlock and continue</source>
        <translation>Déverrouiller et continuer</translation>
    </message>
    <message>
        <source>Place it at {place}</source>
        <translation>Placer à {place}</translation>
    </message>
    <message>
        <source>Move as far as possible</source>
        <translation>Aller aussi loin que possible</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Import media</source>
        <translation>Importer des médias</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Médias</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Import a recording</source>
        <translation>Importer une captation</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vidéos</translation>
    </message>
    <message>
        <source>Replace {name}</source>
        <translation>Remplacer {name}</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Choisir une image</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Choose a sound track</source>
        <translation>Choisir une bande-son</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sons</translation>
    </message>
    <message>
        <source>Subtitles for {name}</source>
        <translation>Sous-titres de {name}</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Look for missing files in</source>
        <translation>Chercher les fichiers manquants dans</translation>
    </message>
</context>
<context>
    <name>Formatter</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>video</source>
        <translation>vidéo</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>audio</translation>
    </message>
    <message>
        <source>image</source>
        <translation>image</translation>
    </message>
    <message>
        <source>presentation</source>
        <translation>présentation</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>captation</translation>
    </message>
    <message>
        <source>call to action</source>
        <translation>appel à l’action</translation>
    </message>
    <message>
        <source>survey</source>
        <translation>enquête</translation>
    </message>
    <message>
        <source>An unknown error occurred: {code}</source>
        <translation>Une erreur inconnue est survenue&#xa0;: {code}</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>ddd d MMM yyyy</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date}, {time}</translation>
    </message>
    <message>
        <source>programme</source>
        <translation>programme</translation>
    </message>
    <message>
        <source>interactions</source>
        <translation>interactions</translation>
    </message>
    <message numerus="yes">
        <source>{step} of %n segments</source>
        <translation>
            <numerusform>{step} de %n segment</numerusform>
            <numerusform>{step} de %n segments</numerusform>
        </translation>
    </message>
    <message>
        <source>{step} of “{title}”</source>
        <translation>{step} de «&#xa0;{title}&#xa0;»</translation>
    </message>
    <message>
        <source>adding</source>
        <translation>ajout</translation>
    </message>
    <message>
        <source>move</source>
        <translation>déplacement</translation>
    </message>
    <message>
        <source>change of length</source>
        <translation>changement de durée</translation>
    </message>
    <message>
        <source>split</source>
        <translation>scission</translation>
    </message>
    <message>
        <source>deletion</source>
        <translation>suppression</translation>
    </message>
    <message>
        <source>ripple deletion</source>
        <translation>suppression avec raccord</translation>
    </message>
    <message>
        <source>ripple trim</source>
        <translation>rognage avec raccord</translation>
    </message>
    <message>
        <source>closing all gaps</source>
        <translation>fermeture de tous les vides</translation>
    </message>
    <message>
        <source>closing the gap</source>
        <translation>fermeture du vide</translation>
    </message>
    <message>
        <source>paste</source>
        <translation>collage</translation>
    </message>
    <message>
        <source>duplication</source>
        <translation>duplication</translation>
    </message>
    <message>
        <source>grouping</source>
        <translation>groupement</translation>
    </message>
    <message>
        <source>ungrouping</source>
        <translation>dégroupement</translation>
    </message>
    <message>
        <source>locking</source>
        <translation>verrouillage</translation>
    </message>
    <message>
        <source>change</source>
        <translation>modification</translation>
    </message>
    <message>
        <source>replacing the media</source>
        <translation>remplacement du média</translation>
    </message>
    <message>
        <source>importing media</source>
        <translation>importation de médias</translation>
    </message>
    <message>
        <source>removing media</source>
        <translation>retrait d’un média</translation>
    </message>
    <message>
        <source>spreading pages evenly</source>
        <translation>répartition égale des pages</translation>
    </message>
    <message>
        <source>adding a marker</source>
        <translation>ajout d’un repère</translation>
    </message>
    <message>
        <source>changing a marker</source>
        <translation>modification d’un repère</translation>
    </message>
    <message>
        <source>removing a marker</source>
        <translation>retrait d’un repère</translation>
    </message>
    <message>
        <source>change of settings</source>
        <translation>changement de paramètres</translation>
    </message>
    <message>
        <source>restoring a version</source>
        <translation>restauration d’une version</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>modification</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
</context>
<context>
    <name>HomePanel</name>
    <message>
        <source>No webinar here has “{words}” in its title.</source>
        <translation>Ici, aucun webinaire n’a «&#xa0;{words}&#xa0;» dans son titre.</translation>
    </message>
    <message>
        <source>No template yet. Right-click a webinar and choose “Use as a template”.</source>
        <translation>Pas encore de modèle. Cliquez du bouton droit sur un webinaire et choisissez «&#xa0;Utiliser comme modèle&#xa0;».</translation>
    </message>
    <message>
        <source>The archive is empty.</source>
        <translation>L’archive est vide.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>New from this one…</source>
        <translation>Nouveau à partir de celui-ci…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Use as a template</source>
        <translation>Utiliser comme modèle</translation>
    </message>
    <message>
        <source>No webinars here. Click “New webinar” to create one.</source>
        <translation>Aucun webinaire ici. Cliquez sur «&#xa0;Nouveau webinaire&#xa0;» pour en créer un.</translation>
    </message>
    <message>
        <source>Nothing is coming up. Give a webinar a date in its settings.</source>
        <translation>Rien n’est à venir. Donnez une date à un webinaire dans ses paramètres.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing was deleted in the last %n day(s).</source>
        <translation>
            <numerusform>Rien n’a été supprimé au cours du dernier jour.</numerusform>
            <numerusform>Rien n’a été supprimé ces %n derniers jours.</numerusform>
        </translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>Veuillez patienter…</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Delete on the server, too</source>
        <translation>Supprimer aussi sur le serveur</translation>
    </message>
    <message>
        <source>Archive</source>
        <comment>verb</comment>
        <translation>Archiver</translation>
    </message>
    <message>
        <source>Move out of the archive</source>
        <translation>Sortir de l’archive</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search webinars by title</source>
        <translation>Rechercher un webinaire par son titre</translation>
    </message>
    <message>
        <source>New webinar</source>
        <translation>Nouveau webinaire</translation>
    </message>
    <message>
        <source>Open a bundle…</source>
        <translation>Ouvrir un paquet…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Récents</translation>
    </message>
    <message>
        <source>Coming up</source>
        <translation>À venir</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Supprimés</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>Sur le serveur</translation>
    </message>
    <message>
        <source>Show as cards</source>
        <translation>Afficher en cartes</translation>
    </message>
    <message>
        <source>Show as rows</source>
        <translation>Afficher en lignes</translation>
    </message>
    <message>
        <source>Webinars</source>
        <translation>Webinaires</translation>
    </message>
</context>
<context>
    <name>HostingCommands</name>
    <message>
        <source>Publishing</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Replacing the version</source>
        <translation>Remplacement de la version</translation>
    </message>
    <message>
        <source>Rescheduling</source>
        <translation>Report de la session</translation>
    </message>
    <message>
        <source>Cancelling the session</source>
        <translation>Annulation de la session</translation>
    </message>
    <message>
        <source>{title} (mine)</source>
        <translation>{title} (le mien)</translation>
    </message>
    <message>
        <source>Resolving the conflict</source>
        <translation>Résolution du conflit</translation>
    </message>
    <message>
        <source>Saving the calendar file</source>
        <translation>Enregistrement du fichier d’agenda</translation>
    </message>
</context>
<context>
    <name>ImageForm</name>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
</context>
<context>
    <name>IncomingVersion</name>
    <message>
        <source>Comparing versions</source>
        <translation>Comparaison des versions</translation>
    </message>
</context>
<context>
    <name>IncomingVersionBar</name>
    <message>
        <source>Version {number} merges a colleague&apos;s changes with yours.</source>
        <translation>La version {number} fusionne les changements d’un collègue et les vôtres.</translation>
    </message>
    <message>
        <source>A colleague saved version {number}.</source>
        <translation>Un collègue a enregistré la version {number}.</translation>
    </message>
    <message>
        <source>Take these changes</source>
        <translation>Reprendre ces changements</translation>
    </message>
    <message>
        <source>Merge it into your webinar; unsaved edits are kept, and you can undo it</source>
        <translation>La fusionner avec votre webinaire&#x202f;; les modifications non enregistrées sont conservées, et c’est annulable</translation>
    </message>
    <message>
        <source>What changed?</source>
        <translation>Qu’est-ce qui a changé&#x202f;?</translation>
    </message>
</context>
<context>
    <name>InsertCommands</name>
    <message>
        <source>Ready for the next step?</source>
        <translation>Prêt pour la suite&#xa0;?</translation>
    </message>
    <message>
        <source>How did you like it?</source>
        <translation>Qu’en avez-vous pensé&#xa0;?</translation>
    </message>
    <message>
        <source>There is already a segment at {wanted}. Placed at {place}, the nearest free position.</source>
        <translation>Il y a déjà un segment à {wanted}. Placé à {place}, la position libre la plus proche.</translation>
    </message>
    <message>
        <source>Unlock and do it</source>
        <translation>Déverrouiller et le faire</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Speaker notes</source>
        <translation>Notes de l’intervenant</translation>
    </message>
    <message>
        <source>For presenters only; attendees never see them</source>
        <translation>Pour les intervenants seulement&#x202f;; les participants ne les voient jamais</translation>
    </message>
    <message>
        <source>What to say, what to watch for</source>
        <translation>Quoi dire, quoi surveiller</translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n segment</numerusform>
            <numerusform>%n segments</numerusform>
        </translation>
    </message>
    <message>
        <source>Webinar</source>
        <translation>Webinaire</translation>
    </message>
</context>
<context>
    <name>LengthPopup</name>
    <message>
        <source>Lengths</source>
        <translation>Durées</translation>
    </message>
    <message>
        <source>The freeze frame keeps the last image on the screen after the video, so that the host has time to take control. ClickMeeting calls it the buffer.</source>
        <translation>L’arrêt sur image garde la dernière image à l’écran après la vidéo&#xa0;: l’animateur a le temps de prendre le contrôle. ClickMeeting l’appelle zone tampon.</translation>
    </message>
    <message>
        <source>Don’t ask again</source>
        <translation>Ne plus demander</translation>
    </message>
    <message>
        <source>You can turn this on again in the preferences</source>
        <translation>Vous pourrez réactiver cette question dans les préférences</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>LengthRow</name>
    <message>
        <source>Start</source>
        <translation>Début</translation>
    </message>
</context>
<context>
    <name>LibraryCommands</name>
    <message>
        <source>Reading the library</source>
        <translation>Lecture de la bibliothèque</translation>
    </message>
    <message>
        <source>Creating the webinar</source>
        <translation>Création du webinaire</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title} (copie)</translation>
    </message>
    <message>
        <source>Duplicating</source>
        <translation>Duplication</translation>
    </message>
    <message>
        <source>Marking the template</source>
        <translation>Marquage du modèle</translation>
    </message>
    <message>
        <source>“{title}” was archived.</source>
        <translation>«&#xa0;{title}&#xa0;» a été archivé.</translation>
    </message>
    <message>
        <source>“{title}” was restored.</source>
        <translation>«&#xa0;{title}&#xa0;» a été restauré.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>Archivage</translation>
    </message>
    <message numerus="yes">
        <source>“{title}” was deleted. You can restore it for %n day(s).</source>
        <translation>
            <numerusform>«&#xa0;{title}&#xa0;» a été supprimé. Vous pouvez le restaurer pendant %n jour.</numerusform>
            <numerusform>«&#xa0;{title}&#xa0;» a été supprimé. Vous pouvez le restaurer pendant %n jours.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Suppression</translation>
    </message>
</context>
<context>
    <name>LibraryRecovery</name>
    <message>
        <source>Restore the backup of {date}</source>
        <translation>Restaurer la sauvegarde du {date}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>The library was restored to {date}. The damaged one was moved to {folder}.</source>
        <translation>La bibliothèque a été restaurée à son état du {date}. La bibliothèque endommagée a été déplacée dans {folder}.</translation>
    </message>
    <message>
        <source>Restoring the backup</source>
        <translation>Restauration de la sauvegarde</translation>
    </message>
</context>
<context>
    <name>LibrarySession</name>
    <message>
        <source>Making the daily backup</source>
        <translation>Sauvegarde quotidienne</translation>
    </message>
    <message>
        <source>Opening the webinar</source>
        <translation>Ouverture du webinaire</translation>
    </message>
    <message>
        <source>This webinar was made with a newer version of Matinee. You can look at it, but not edit it here.</source>
        <translation>Ce webinaire a été créé avec une version plus récente de Matinee. Vous pouvez le consulter, mais pas le modifier ici.</translation>
    </message>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Free trial: 15:00 at most</source>
        <translation>Essai gratuit&#xa0;: 15:00 au plus</translation>
    </message>
</context>
<context>
    <name>MediaBin</name>
    <message>
        <source>Media</source>
        <translation>Médias</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Import media (Ctrl+I)</source>
        <translation>Importer des médias (Ctrl+I)</translation>
    </message>
    <message>
        <source>Recording…</source>
        <translation>Captation…</translation>
    </message>
    <message>
        <source>Import a recording made with another tool, with its captions and chat (Ctrl+Shift+I)</source>
        <translation>Importer une captation faite avec un autre outil, avec ses sous-titres et sa discussion (Ctrl+Maj+I)</translation>
    </message>
    <message>
        <source>Look for the missing files in another folder; their content decides, not their names</source>
        <translation>Chercher les fichiers manquants dans un autre dossier, d’après leur contenu et non leur nom</translation>
    </message>
    <message>
        <source>Show the server&apos;s prepared copies in previews</source>
        <translation>Afficher dans les aperçus les copies préparées par le serveur</translation>
    </message>
    <message>
        <source>Looking for files that belong to {name}</source>
        <translation>Recherche des fichiers associés à {name}</translation>
    </message>
    <message>
        <source>Some files beside this recording seem to belong to it. Import them as well?</source>
        <translation>Des fichiers voisins semblent aller avec cette captation. Les importer aussi&#xa0;?</translation>
    </message>
    <message>
        <source>Subtitles: {name}</source>
        <translation>Sous-titres&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Chat, imported as speaker notes: {name}</source>
        <translation>Discussion, importée comme notes de l’intervenant&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Import them too</source>
        <translation>Les importer aussi</translation>
    </message>
    <message>
        <source>Place at the playhead</source>
        <translation>Placer à la tête de lecture</translation>
    </message>
    <message>
        <source>Place as a video</source>
        <translation>Placer comme vidéo</translation>
    </message>
    <message>
        <source>Place as an imported recording</source>
        <translation>Placer comme captation</translation>
    </message>
    <message>
        <source>Attach subtitles…</source>
        <translation>Joindre des sous-titres…</translation>
    </message>
    <message>
        <source>Use in the selected segment</source>
        <translation>Utiliser dans le segment sélectionné</translation>
    </message>
    <message>
        <source>Get from the server</source>
        <translation>Obtenir du serveur</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) missing</source>
        <translation>
            <numerusform>%n fichier manquant</numerusform>
            <numerusform>%n fichiers manquants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prepared copy(ies) from the server</source>
        <translation>
            <numerusform>%n copie préparée du serveur</numerusform>
            <numerusform>%n copies préparées du serveur</numerusform>
        </translation>
    </message>
    <message>
        <source>Get from the server ({size})</source>
        <translation>Obtenir du serveur ({size})</translation>
    </message>
    <message>
        <source>Relink…</source>
        <translation>Relier…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Remove from the bin</source>
        <translation>Retirer des médias</translation>
    </message>
</context>
<context>
    <name>MediaChoice</name>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Autre fichier…</translation>
    </message>
</context>
<context>
    <name>MediaRequestQueue</name>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
</context>
<context>
    <name>MediaRow</name>
    <message>
        <source>Get from the server</source>
        <translation>Récupérer depuis le serveur</translation>
    </message>
    <message>
        <source>prepared copy from the server</source>
        <translation>copie préparée du serveur</translation>
    </message>
    <message>
        <source>downloading the prepared copy, {percent} %</source>
        <translation>téléchargement de la copie préparée, {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Relink…</source>
        <translation>Relier…</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Remplacer…</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>manquant</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n&#xa0;pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MediaService</name>
    <message>
        <source>Making previews</source>
        <translation>Création des aperçus</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>Importation de {name}</translation>
    </message>
    <message numerus="yes">
        <source>Importing %n file(s)</source>
        <translation>
            <numerusform>Importation de %n fichier</numerusform>
            <numerusform>Importation de %n fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) not found in this folder. Choose another folder.</source>
        <translation>
            <numerusform>%n fichier introuvable dans ce dossier. Choisissez un autre dossier.</numerusform>
            <numerusform>%n fichiers introuvables dans ce dossier. Choisissez un autre dossier.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looking for %n file(s)</source>
        <translation>
            <numerusform>Recherche de %n fichier</numerusform>
            <numerusform>Recherche de %n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading subtitles</source>
        <translation>Lecture des sous-titres</translation>
    </message>
</context>
<context>
    <name>MultiSegmentForm</name>
    <message>
        <source>For the selected images, calls to action and surveys</source>
        <translation>Pour les images, appels à l’action et enquêtes sélectionnés</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Freeze frame</source>
        <translation>Arrêt sur image</translation>
    </message>
    <message>
        <source>For the selected videos, recordings and audio</source>
        <translation>Pour les vidéos, captations et sons sélectionnés</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Muet</translation>
    </message>
    <message>
        <source>{start} to {end}, {total} in total</source>
        <translation>De {start} à {end}, {total} au total</translation>
    </message>
    <message>
        <source>different values</source>
        <translation>valeurs différentes</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Reading notes</source>
        <translation>Lecture des notes</translation>
    </message>
    <message>
        <source>Saving a note</source>
        <translation>Enregistrement d’une note</translation>
    </message>
</context>
<context>
    <name>NotificationBar</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>%n more question(s) below</source>
        <translation>encore %n question plus bas / encore %n questions plus bas</translation>
    </message>
    <message>
        <source>A few questions</source>
        <translation>Quelques questions</translation>
    </message>
    <message>
        <source>Question without text</source>
        <translation>Question sans énoncé</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Votre réponse</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
</context>
<context>
    <name>PageListModel</name>
    <message>
        <source>Page {number}</source>
        <translation>Page {number}</translation>
    </message>
    <message>
        <source>Page {number}, {time}</source>
        <translation>Page {number}, {time}</translation>
    </message>
</context>
<context>
    <name>PagesEditor</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Spread evenly</source>
        <translation>Répartir également</translation>
    </message>
    <message>
        <source>Show every page for the same time; the total length stays the same</source>
        <translation>Afficher chaque page aussi longtemps&#x202f;; la durée totale ne change pas</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Monter (Alt+Haut)</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Descendre (Alt+Bas)</translation>
    </message>
    <message>
        <source>Remove this page (Delete)</source>
        <translation>Retirer cette page (Suppr)</translation>
    </message>
    <message numerus="yes">
        <source>Time of %n page(s)</source>
        <translation>
            <numerusform>Durée de %n page</numerusform>
            <numerusform>Durée de %n&#xa0;pages</numerusform>
        </translation>
    </message>
    <message>
        <source>Time per page</source>
        <translation>Durée par page</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n&#xa0;pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlainLengthRow</name>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>length</source>
        <translation>durée</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Général</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Durées</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>{mbits} Mbit/s</source>
        <translation>{mbits} Mbit/s</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Illimité</translation>
    </message>
</context>
<context>
    <name>PreflightPanel</name>
    <message>
        <source>Checking the webinar</source>
        <translation>Vérification du webinaire</translation>
    </message>
    <message>
        <source>No problems found.</source>
        <translation>Aucun problème détecté.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresentationForm</name>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Sound track</source>
        <translation>Bande-son</translation>
    </message>
    <message>
        <source>Plays from the first page on</source>
        <translation>Joue à partir de la première page</translation>
    </message>
</context>
<context>
    <name>PresentationLengthRow</name>
    <message>
        <source>Set each page…</source>
        <translation>Régler chaque page…</translation>
    </message>
    <message>
        <source>Each page</source>
        <translation>Chaque page</translation>
    </message>
    <message numerus="yes">
        <source>All %n page(s)</source>
        <translation>
            <numerusform>La page</numerusform>
            <numerusform>Les %n&#xa0;pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemRow</name>
    <message>
        <source>Must be fixed before publishing</source>
        <translation>À corriger avant la publication</translation>
    </message>
    <message>
        <source>Attendees would notice</source>
        <translation>Les participants le remarqueraient</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>Relink…</source>
        <translation>Relier…</translation>
    </message>
    <message>
        <source>Webinar settings…</source>
        <translation>Paramètres du webinaire…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Close gap</source>
        <translation>Refermer le vide</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Corriger</translation>
    </message>
</context>
<context>
    <name>ProgressFooter</name>
    <message>
        <source>Preparing {name}</source>
        <translation>Préparation de {name}</translation>
    </message>
    <message>
        <source>Uploading {name}</source>
        <translation>Envoi de {name}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} sur {count}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>encore %n min environ</numerusform>
            <numerusform>encore %n min environ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>encore %n s environ</numerusform>
            <numerusform>encore %n s environ</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Sending the version…</source>
        <translation>Envoi de la version…</translation>
    </message>
    <message>
        <source>Preparing and uploading media…</source>
        <translation>Préparation et envoi des médias…</translation>
    </message>
    <message>
        <source>Scheduling the session…</source>
        <translation>Programmation de la session…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ProxyFetcher</name>
    <message>
        <source>Asking the server for missing media</source>
        <translation>Demande des médias manquants au serveur</translation>
    </message>
    <message>
        <source>The server has no prepared copy of this media. Choose Relink… to look for the file.</source>
        <translation>Le serveur n’a pas de copie préparée de ce média. Choisissez «&#xa0;Relier…&#xa0;» pour chercher le fichier.</translation>
    </message>
    <message>
        <source>Downloading “{name}” from the server</source>
        <translation>Téléchargement de «&#xa0;{name}&#xa0;» depuis le serveur</translation>
    </message>
</context>
<context>
    <name>PublishDialog</name>
    <message>
        <source>The private test starts now. Its link: {url}</source>
        <translation>L’essai privé commence. Son lien&#xa0;: {url}</translation>
    </message>
    <message>
        <source>Published. The link for attendees, which does not change: {url}</source>
        <translation>Publié. Le lien des participants, qui ne change pas&#xa0;: {url}</translation>
    </message>
    <message>
        <source>Attendees now get version {number}.</source>
        <translation>Les participants reçoivent maintenant la version {number}.</translation>
    </message>
    <message>
        <source>A colleague changed this webinar, too. Resolve the conflict, then publish.</source>
        <translation>Un collègue a aussi modifié ce webinaire. Résolvez le conflit, puis publiez.</translation>
    </message>
    <message>
        <source>Cancelled. Files that were uploaded stay on the server and are not sent again.</source>
        <translation>Annulé. Les fichiers déjà envoyés restent sur le serveur et ne seront pas renvoyés.</translation>
    </message>
    <message>
        <source>Link copied.</source>
        <translation>Lien copié.</translation>
    </message>
    <message>
        <source>Save calendar file</source>
        <translation>Enregistrer le fichier d’agenda</translation>
    </message>
    <message>
        <source>Calendar files (*.ics)</source>
        <translation>Fichiers d’agenda (*.ics)</translation>
    </message>
    <message>
        <source>Cancel session</source>
        <translation>Annuler la session</translation>
    </message>
    <message>
        <source>Cancel this session? Visitors of its link will see that it was cancelled.</source>
        <translation>Annuler cette session&#x202f;? Les visiteurs de son lien verront qu’elle est annulée.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Conserver</translation>
    </message>
    <message>
        <source>Start private test</source>
        <translation>Lancer l’essai privé</translation>
    </message>
    <message>
        <source>Make available</source>
        <translation>Mettre à disposition</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Programmer</translation>
    </message>
    <message>
        <source>Schedule for {moment}</source>
        <translation>Programmer pour {moment}</translation>
    </message>
    <message>
        <source>1 · Server</source>
        <translation>1 · Serveur</translation>
    </message>
    <message>
        <source>2 · Version</source>
        <translation>2 · Version</translation>
    </message>
    <message>
        <source>3 · Start</source>
        <translation>3 · Début</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>No sessions yet. Once published, the link for attendees is shown here.</source>
        <translation>Pas encore de session. Une fois publié, le lien des participants s’affiche ici.</translation>
    </message>
    <message>
        <source>Cancel the session</source>
        <translation>Annuler la session</translation>
    </message>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>Publish “{title}”</source>
        <translation>Publier «&#xa0;{title}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <source>Answer type</source>
        <translation>Type de réponse</translation>
    </message>
    <message>
        <source>What do you want to know?</source>
        <translation>Que voulez-vous savoir&#x202f;?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Answers, one per line</source>
        <translation>Réponses, une par ligne</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Étoiles</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Obligatoire</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>Remove this question</source>
        <translation>Retirer cette question</translation>
    </message>
    <message>
        <source>Single choice</source>
        <translation>Choix unique</translation>
    </message>
    <message>
        <source>Multiple choice</source>
        <translation>Choix multiple</translation>
    </message>
    <message>
        <source>Free text</source>
        <translation>Texte libre</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Enter at least two different answers.</source>
        <translation>Saisissez au moins deux réponses différentes.</translation>
    </message>
</context>
<context>
    <name>RemoteWebinarList</name>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Webinars that are on a server and not on this computer are listed here. Sign in to a server, or open a webinar and host it on this computer.</source>
        <translation>Les webinaires qui sont sur un serveur et pas sur cet ordinateur figurent ici. Connectez-vous à un serveur, ou ouvrez un webinaire et hébergez-le sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Sign in to a server…</source>
        <translation>Se connecter à un serveur…</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>Connexion au serveur…</translation>
    </message>
    <message>
        <source>No webinar on the server has “{words}” in its title.</source>
        <translation>Aucun webinaire du serveur n’a «&#xa0;{words}&#xa0;» dans son titre.</translation>
    </message>
    <message>
        <source>All webinars on the server are on this computer, too.</source>
        <translation>Tous les webinaires du serveur sont aussi sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>changed {moment}</source>
        <translation>modifié {moment}</translation>
    </message>
</context>
<context>
    <name>RescheduleDialog</name>
    <message>
        <source>Reschedule</source>
        <translation>Reporter</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Conserver</translation>
    </message>
    <message>
        <source>Only this session is moved; the webinar settings and the link stay the same.</source>
        <translation>Seule cette session est reportée&#x202f;; les paramètres du webinaire et le lien restent les mêmes.</translation>
    </message>
</context>
<context>
    <name>SaveVersionDialog</name>
    <message>
        <source>Save with a note</source>
        <translation>Enregistrer avec une note</translation>
    </message>
    <message>
        <source>What changed in this version?</source>
        <translation>Qu’est-ce qui change dans cette version&#x202f;?</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The note is saved with the version and cannot be changed later.</source>
        <translation>La note est enregistrée avec la version et ne pourra plus être modifiée.</translation>
    </message>
</context>
<context>
    <name>ScheduleForm</name>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Private test, now</source>
        <translation>Essai privé, maintenant</translation>
    </message>
    <message>
        <source>Starts in {seconds} seconds on your server and counts in no statistics or limits. Only you get its link.</source>
        <translation>Commence dans {seconds} secondes sur votre serveur, hors statistiques et limites. Vous seul avez son lien.</translation>
    </message>
    <message>
        <source>As scheduled: no date yet</source>
        <translation>À la date prévue&#xa0;: pas encore de date</translation>
    </message>
    <message>
        <source>Starts by itself, with or without you.</source>
        <translation>Démarre de lui-même, avec ou sans vous.</translation>
    </message>
    <message>
        <source>That is {moment} on this computer&apos;s clock. Starts by itself, with or without you.</source>
        <translation>Soit {moment} à l’horloge de cet ordinateur. Démarre de lui-même, avec ou sans vous.</translation>
    </message>
</context>
<context>
    <name>SegmentActions</name>
    <message>
        <source>Set start and length</source>
        <translation>Régler le début et la durée</translation>
    </message>
</context>
<context>
    <name>SegmentTableModel</name>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>In-point</source>
        <translation>Point d’entrée</translation>
    </message>
    <message>
        <source>Freeze frame</source>
        <translation>Arrêt sur image</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Piste</translation>
    </message>
</context>
<context>
    <name>SegmentTableView</name>
    <message>
        <source>Segments as a table</source>
        <translation>Segments en tableau</translation>
    </message>
</context>
<context>
    <name>SessionRow</name>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n attendee(s)</source>
        <translation>
            <numerusform>%n participant</numerusform>
            <numerusform>%n participants</numerusform>
        </translation>
    </message>
    <message>
        <source>The attendees&apos; link</source>
        <translation>Le lien des participants</translation>
    </message>
    <message>
        <source>The link stays the same when the session is rescheduled.</source>
        <translation>Le lien reste le même si la session est reportée.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Ouvrir dans le navigateur</translation>
    </message>
    <message>
        <source>Save calendar file…</source>
        <translation>Enregistrer le fichier d’agenda…</translation>
    </message>
    <message>
        <source>Reschedule…</source>
        <translation>Reporter…</translation>
    </message>
    <message>
        <source>scheduled</source>
        <translation>programmée</translation>
    </message>
    <message>
        <source>playing now</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>Cancel session</source>
        <translation>Annuler la session</translation>
    </message>
    <message>
        <source>Update the session to version {number}</source>
        <translation>Passer la session à la version {number}</translation>
    </message>
    <message>
        <source>Private test, {time}</source>
        <translation>Essai privé, {time}</translation>
    </message>
    <message>
        <source>waiting room open</source>
        <translation>salle d’attente ouverte</translation>
    </message>
    <message>
        <source>closing</source>
        <translation>clôture</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulée</translation>
    </message>
    <message>
        <source>on demand</source>
        <translation>à la demande</translation>
    </message>
</context>
<context>
    <name>SettingsWriter</name>
    <message>
        <source>Your settings could not be saved ({reason}). They are in use until you close Matinee.</source>
        <translation>Vos préférences n’ont pas pu être enregistrées ({reason}). Elles restent actives jusqu’à la fermeture de Matinee.</translation>
    </message>
</context>
<context>
    <name>ShortcutListDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>In the timeline</source>
        <translation>Dans le montage</translation>
    </message>
    <message>
        <source>Move from area to area</source>
        <translation>Passer d’une zone à l’autre</translation>
    </message>
    <message>
        <source>Grab an edge, confirm</source>
        <translation>Saisir un bord, valider</translation>
    </message>
    <message>
        <source>Release an edge, cancel a drag</source>
        <translation>Relâcher un bord, annuler un glissement</translation>
    </message>
    <message>
        <source>On the ruler and the preview: one step; on a lane: from segment to segment</source>
        <translation>Sur la règle et l’aperçu&#xa0;: un pas&#x202f;; sur une piste&#xa0;: d’un segment à l’autre</translation>
    </message>
    <message>
        <source>On the ruler: ten steps; on a lane: select more</source>
        <translation>Sur la règle&#xa0;: dix pas&#x202f;; sur une piste&#xa0;: étendre la sélection</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>No snapping while dragging</source>
        <translation>Pas d’aimantation pendant le glissement</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Zoomer au pointeur</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + molette</translation>
    </message>
    <message>
        <source>Shift + wheel, or drag with the middle button</source>
        <translation>Maj + molette, ou glisser avec le bouton du milieu</translation>
    </message>
    <message>
        <source>Scroll the timeline</source>
        <translation>Faire défiler le montage</translation>
    </message>
    <message>
        <source>The menu of a segment, a gap, the ruler</source>
        <translation>Le menu d’un segment, d’un vide, de la règle</translation>
    </message>
</context>
<context>
    <name>ShortcutTable</name>
    <message>
        <source>Search actions or keys</source>
        <translation>Rechercher une action ou une touche</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Tapez les nouvelles touches</translation>
    </message>
    <message>
        <source>{key} is used twice: {names}. Choose other keys for one of them.</source>
        <translation>{key} est utilisé deux fois&#xa0;: {names}. Choisissez d’autres touches pour l’un d’eux.</translation>
    </message>
    <message>
        <source>used twice</source>
        <translation>utilisé deux fois</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Tout par défaut</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Sign in to a server</source>
        <translation>Se connecter à un serveur</translation>
    </message>
    <message>
        <source>https://webinars.example.org</source>
        <translation>https://webinars.example.org</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
</context>
<context>
    <name>SleepInhibitor</name>
    <message>
        <source>A webinar is hosted on this computer.</source>
        <translation>Un webinaire est hébergé sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>SoundFields</name>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Muet</translation>
    </message>
    <message>
        <source>Fade in</source>
        <translation>Fondu d’ouverture</translation>
    </message>
    <message>
        <source>Fade out</source>
        <translation>Fondu de fermeture</translation>
    </message>
    <message>
        <source>Together, both fades must not be longer than the playing time.</source>
        <translation>Ensemble, les deux fondus ne doivent pas dépasser la durée de lecture.</translation>
    </message>
</context>
<context>
    <name>StartForm</name>
    <message>
        <source>The date is set</source>
        <translation>La date est fixée</translation>
    </message>
    <message>
        <source>For a viewer in</source>
        <translation>Pour un spectateur à</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Time zone of a viewer elsewhere</source>
        <translation>Fuseau horaire d’un spectateur ailleurs</translation>
    </message>
    <message>
        <source>Set a date before you publish. Until then you can edit and save.</source>
        <translation>Fixez une date avant de publier. D’ici là, vous pouvez modifier et enregistrer.</translation>
    </message>
    <message>
        <source>This time does not exist in {place}: the clocks go forward.</source>
        <translation>Cette heure n’existe pas à {place}&#xa0;: on passe à l’heure d’été.</translation>
    </message>
    <message>
        <source>Use {time}</source>
        <translation>Utiliser {time}</translation>
    </message>
    <message>
        <source>This time occurs twice in {place}, since the clocks go back. The first one is used.</source>
        <translation>Cette heure existe deux fois à {place}, au passage à l’heure d’hiver. La première est utilisée.</translation>
    </message>
    <message>
        <source>This start is in the past.</source>
        <translation>Ce début est dans le passé.</translation>
    </message>
    <message>
        <source>that is {moment}.</source>
        <translation>soit {moment}.</translation>
    </message>
</context>
<context>
    <name>Surface</name>
    <message>
        <source>Relink…</source>
        <translation>Relier…</translation>
    </message>
    <message>
        <source>Get from the server</source>
        <translation>Obtenir du serveur</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
</context>
<context>
    <name>SurveyForm</name>
    <message>
        <source>What attendees will see</source>
        <translation>Ce que verront les participants</translation>
    </message>
    <message>
        <source>What attendees will see. Click to see it large.</source>
        <translation>Ce que verront les participants. Cliquez pour agrandir.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Attendees read it above the questions</source>
        <translation>Les participants le lisent au-dessus des questions</translation>
    </message>
    <message>
        <source>How was it?</source>
        <translation>Comment était-ce&#x202f;?</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Add a question</source>
        <translation>Ajouter une question</translation>
    </message>
</context>
<context>
    <name>SyncController</name>
    <message>
        <source>The server on this computer is stopped.</source>
        <translation>Le serveur de cet ordinateur est arrêté.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>No server is set up yet. Choose Publish… to host on this computer, or sign in to a server.</source>
        <translation>Aucun serveur n’est encore configuré. Choisissez Publier… pour héberger sur cet ordinateur, ou connectez-vous à un serveur.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Se connecter…</translation>
    </message>
    <message>
        <source>Saved as version {number}. Attendees still get version {older}.</source>
        <translation>Enregistré&#xa0;: version {number}. Les participants reçoivent encore la version {older}.</translation>
    </message>
    <message>
        <source>Update the session to version {number}</source>
        <translation>Passer la session à la version {number}</translation>
    </message>
    <message>
        <source>Attendees now get version {number}.</source>
        <translation>Les participants reçoivent maintenant la version {number}.</translation>
    </message>
    <message>
        <source>{title} (mine)</source>
        <translation>{title} (le mien)</translation>
    </message>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>“{title}” is playing from this computer. If you close Matinee, it stops for all attendees.</source>
        <translation>«&#xa0;{title}&#xa0;» est en cours sur cet ordinateur. Si vous fermez Matinee, il s’arrête pour tous les participants.</translation>
    </message>
    <message>
        <source>“{title}” is scheduled on this computer for {moment}. It does not start while Matinee is closed.</source>
        <translation>«&#xa0;{title}&#xa0;» est programmé sur cet ordinateur pour {moment}. Il ne commence pas tant que Matinee est fermé.</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>Fermer quand même</translation>
    </message>
    <message>
        <source>Close Matinee</source>
        <translation>Fermer Matinee</translation>
    </message>
    <message>
        <source>Keep Matinee open</source>
        <translation>Laisser Matinee ouvert</translation>
    </message>
</context>
<context>
    <name>SyncService</name>
    <message>
        <source>Looking for the server</source>
        <translation>Recherche du serveur</translation>
    </message>
    <message>
        <source>Starting the server on this computer</source>
        <translation>Démarrage du serveur sur cet ordinateur</translation>
    </message>
    <message>
        <source>Stopping the server on this computer</source>
        <translation>Arrêt du serveur sur cet ordinateur</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Signing out</source>
        <translation>Déconnexion</translation>
    </message>
    <message>
        <source>Comparing with the server</source>
        <translation>Comparaison avec le serveur</translation>
    </message>
    <message>
        <source>Downloading the webinar</source>
        <translation>Téléchargement du webinaire</translation>
    </message>
    <message>
        <source>“{title}” was deleted on the server, too.</source>
        <translation>«&#xa0;{title}&#xa0;» a aussi été supprimé sur le serveur.</translation>
    </message>
    <message>
        <source>Deleting on the server</source>
        <translation>Suppression sur le serveur</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>Synchronisation</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Se reconnecter…</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Synchroniser maintenant</translation>
    </message>
    <message>
        <source>The server was restored from an older backup, so nothing is sent to it. Your versions are safe on this computer. Compare to send again what the server has lost.</source>
        <translation>Le serveur a été restauré à partir d’une ancienne sauvegarde&#xa0;: rien ne lui est envoyé. Vos versions sont en sécurité sur cet ordinateur. Comparez pour renvoyer ce que le serveur a perdu.</translation>
    </message>
    <message>
        <source>Compare and continue</source>
        <translation>Comparer et continuer</translation>
    </message>
    <message>
        <source>The server on this computer stopped unexpectedly. Attendees cannot reach it.</source>
        <translation>Le serveur de cet ordinateur s’est arrêté de façon inattendue. Les participants ne peuvent plus s’y connecter.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Redémarrer</translation>
    </message>
</context>
<context>
    <name>SyncStatusButton</name>
    <message>
        <source>Server on this computer stopped</source>
        <translation>Serveur de cet ordinateur arrêté</translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation>Synchronisation…</translation>
    </message>
    <message numerus="yes">
        <source>trying again in %n s</source>
        <translation>
            <numerusform>nouvel essai dans %n s</numerusform>
            <numerusform>nouvel essai dans %n s</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Not synced</source>
        <translation>Non synchronisé</translation>
    </message>
    <message>
        <source>Server restored from a backup, sync paused</source>
        <translation>Serveur restauré d’une sauvegarde, synchronisation en pause</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Offline since {time}</source>
        <translation>Hors ligne depuis {time}</translation>
    </message>
    <message>
        <source>Conflict: choose a version…</source>
        <translation>Conflit&#xa0;: choisissez une version…</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflit</numerusform>
            <numerusform>%n conflits</numerusform>
        </translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>À jour</translation>
    </message>
    <message>
        <source>Rejected by the server</source>
        <translation>Refusé par le serveur</translation>
    </message>
    <message>
        <source>Not on the server yet</source>
        <translation>Pas encore sur le serveur</translation>
    </message>
    <message>
        <source>version {number} on the server</source>
        <translation>version {number} sur le serveur</translation>
    </message>
    <message>
        <source>Newer on this computer</source>
        <translation>Plus récent sur cet ordinateur</translation>
    </message>
    <message>
        <source>Newer on the server</source>
        <translation>Plus récent sur le serveur</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflit</translation>
    </message>
    <message>
        <source>Compare and continue</source>
        <translation>Comparer et continuer</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Show the conflict…</source>
        <translation>Montrer le conflit…</translation>
    </message>
    <message>
        <source>Start the server on this computer</source>
        <translation>Démarrer le serveur de cet ordinateur</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Se reconnecter…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Se connecter…</translation>
    </message>
</context>
<context>
    <name>TargetForm</name>
    <message>
        <source>No server is set up yet.</source>
        <translation>Aucun serveur n’est encore configuré.</translation>
    </message>
    <message>
        <source>Host on this computer, or sign in to a server that is always on.</source>
        <translation>Hébergez sur cet ordinateur, ou connectez-vous à un serveur toujours allumé.</translation>
    </message>
    <message>
        <source>This computer: {addresses}</source>
        <translation>Cet ordinateur&#xa0;: {addresses}</translation>
    </message>
    <message>
        <source>The server runs while Matinee is open, and starts with it.</source>
        <translation>Le serveur tourne tant que Matinee est ouvert, et démarre avec lui.</translation>
    </message>
    <message>
        <source>This computer (server stopped)</source>
        <translation>Cet ordinateur (serveur arrêté)</translation>
    </message>
    <message>
        <source>Scheduled sessions do not start while it is stopped.</source>
        <translation>Les sessions programmées ne commencent pas tant qu’il est arrêté.</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>Veuillez patienter…</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>Arrêter le serveur</translation>
    </message>
    <message>
        <source>Sign in to a server…</source>
        <translation>Se connecter à un serveur…</translation>
    </message>
    <message>
        <source>Keep this computer on and online, with Matinee open, until the session ends.</source>
        <translation>Laissez cet ordinateur allumé et en ligne, Matinee ouvert, jusqu’à la fin de la session.</translation>
    </message>
    <message>
        <source>Keep this computer on and online, with Matinee open, until the session ends ({moment}).</source>
        <translation>Laissez cet ordinateur allumé et en ligne, Matinee ouvert, jusqu’à la fin de la session ({moment}).</translation>
    </message>
    <message>
        <source>Matinee keeps it awake now; leave the lid open.</source>
        <translation>Matinee le maintient éveillé&#x202f;; laissez l’écran ouvert.</translation>
    </message>
    <message>
        <source>Matinee cannot keep it awake: turn off sleep in the system settings until then.</source>
        <translation>Matinee ne peut pas le maintenir éveillé&#xa0;: désactivez la veille dans les réglages du système d’ici là.</translation>
    </message>
    <message>
        <source>Matinee keeps it awake from 30 minutes before the start; leave the lid open.</source>
        <translation>Matinee le maintient éveillé dès 30 minutes avant le début&#x202f;; laissez l’écran ouvert.</translation>
    </message>
    <message>
        <source>Signed in as {email}.</source>
        <translation>Connecté en tant que {email}.</translation>
    </message>
    <message>
        <source>Host on this computer</source>
        <translation>Héberger sur cet ordinateur</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
</context>
<context>
    <name>TaskListPopup</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>TaskStatusBar</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>{part} %</source>
        <translation>{part}&#xa0;%</translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>encore %n&#xa0;min</numerusform>
            <numerusform>encore %n&#xa0;min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>encore %n&#xa0;s</numerusform>
            <numerusform>encore %n&#xa0;s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeEdit</name>
    <message>
        <source>This is not a valid time. Type 1:30, 90s or 0:01:30.500.</source>
        <translation>Cette durée n’est pas valide. Tapez 1:30, 90s ou 0:01:30.500.</translation>
    </message>
    <message>
        <source>At least {time}.</source>
        <translation>Au moins {time}.</translation>
    </message>
    <message>
        <source>At most {time}.</source>
        <translation>Au plus {time}.</translation>
    </message>
</context>
<context>
    <name>TimelineLabels</name>
    <message>
        <source>{plays} + {hold} freeze frame</source>
        <translation>{plays} + {hold} d’arrêt sur image</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Programme</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>Interactions</translation>
    </message>
    <message>
        <source>video, slides, audio</source>
        <translation>vidéo, diapos, son</translation>
    </message>
    <message>
        <source>links and surveys</source>
        <translation>liens et enquêtes</translation>
    </message>
    <message>
        <source>Drop videos, images, slides or audio here, or press Ctrl+I</source>
        <translation>Déposez ici des vidéos, des images, des diapositives ou des sons, ou appuyez sur Ctrl+I</translation>
    </message>
    <message>
        <source>Calls to action and surveys go here; they appear on top of the programme</source>
        <translation>Placez ici les appels à l’action et les enquêtes&#x202f;; ils s’affichent par-dessus le programme</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n&#xa0;pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>fichier manquant</translation>
    </message>
    <message>
        <source>prepared copy from the server</source>
        <translation>copie préparée du serveur</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>préparation</translation>
    </message>
    <message>
        <source>preparing {percent} %</source>
        <translation>préparation {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>starts {start}</source>
        <translation>débute à {start}</translation>
    </message>
    <message>
        <source>lasts {length}</source>
        <translation>dure {length}</translation>
    </message>
    <message>
        <source>freeze frame {hold}</source>
        <translation>arrêt sur image de {hold}</translation>
    </message>
    <message>
        <source>grouped</source>
        <translation>groupé</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>verrouillé</translation>
    </message>
    <message>
        <source>{kind}, {start} – {end}</source>
        <translation>{kind}, {start} – {end}</translation>
    </message>
    <message>
        <source>starts at {position} in the file</source>
        <translation>commence à {position} dans le fichier</translation>
    </message>
    <message>
        <source>{lane}, {segments}</source>
        <translation>{lane}, {segments}</translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n segment</numerusform>
            <numerusform>%n segments</numerusform>
        </translation>
    </message>
    <message>
        <source>{lane}, locked</source>
        <translation>{lane}, piste verrouillée</translation>
    </message>
    <message>
        <source>Ruler, playhead at {position}</source>
        <translation>Règle, tête de lecture à {position}</translation>
    </message>
    <message>
        <source>End of “{title}”</source>
        <translation>Fin de «&#xa0;{title}&#xa0;»</translation>
    </message>
    <message>
        <source>Start of “{title}”</source>
        <translation>Début de «&#xa0;{title}&#xa0;»</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>«&#xa0;{title}&#xa0;»</translation>
    </message>
    <message>
        <source>{what}: arrow keys move it, Enter applies, Esc cancels</source>
        <translation>{what}&#xa0;: les flèches déplacent, Entrée valide, Échap annule</translation>
    </message>
</context>
<context>
    <name>TimelineToolbar</name>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Insertion</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Écrasement</translation>
    </message>
    <message>
        <source>Placement mode</source>
        <translation>Mode de placement</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>From start</source>
        <translation>Depuis le début</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>+ Call to action</source>
        <translation>+ Appel à l’action</translation>
    </message>
    <message>
        <source>+ Survey</source>
        <translation>+ Enquête</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>Montage</translation>
    </message>
    <message>
        <source>Press Tab for the ruler and the lanes, arrow keys for the segments, Enter to move an edge.</source>
        <translation>Tab passe de la règle aux pistes, les flèches vont d’un segment à l’autre, Entrée permet de déplacer un bord.</translation>
    </message>
</context>
<context>
    <name>TimelineWidget</name>
    <message>
        <source>Unlock this lane</source>
        <translation>Déverrouiller cette piste</translation>
    </message>
    <message>
        <source>Lock this lane against changes</source>
        <translation>Verrouiller cette piste contre les modifications</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Repère</translation>
    </message>
</context>
<context>
    <name>TimingFields</name>
    <message>
        <source>Start</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Start, counted from the beginning of the webinar</source>
        <translation>Début, compté depuis le début du webinaire</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Playing time, without the freeze frame</source>
        <translation>Durée de lecture, sans l’arrêt sur image</translation>
    </message>
    <message>
        <source>How long it is shown</source>
        <translation>Durée d’affichage</translation>
    </message>
    <message>
        <source>Freeze frame</source>
        <translation>Arrêt sur image</translation>
    </message>
    <message>
        <source>How long the last image stays on the screen afterwards, so that the host has time to take control</source>
        <translation>Combien de temps la dernière image reste ensuite à l’écran, pour que l’animateur ait le temps de prendre le contrôle</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Where in the file it begins</source>
        <translation>Où il commence dans le fichier</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <source>Where in the file it ends</source>
        <translation>Où il finit dans le fichier</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>The file ends at {time}.</source>
        <translation>Le fichier se termine à {time}.</translation>
    </message>
    <message>
        <source>At least one second must be left.</source>
        <translation>Il doit rester au moins une seconde.</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problème</numerusform>
            <numerusform>%n problèmes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hint(s)</source>
        <translation>
            <numerusform>%n conseil</numerusform>
            <numerusform>%n conseils</numerusform>
        </translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>Publier…</translation>
    </message>
    <message>
        <source>Read-only: made with a newer Matinee</source>
        <translation>Lecture seule&#xa0;: créé avec un Matinee plus récent</translation>
    </message>
    <message>
        <source>unsaved edits</source>
        <translation>modifications non enregistrées</translation>
    </message>
    <message>
        <source>Saved {moment}</source>
        <translation>Enregistré&#xa0;: {moment}</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Pas encore enregistré</translation>
    </message>
    <message>
        <source>No date yet</source>
        <translation>Pas encore de date</translation>
    </message>
    <message>
        <source>on demand</source>
        <translation>à la demande</translation>
    </message>
    <message>
        <source>automated</source>
        <translation>automatisé</translation>
    </message>
    <message>
        <source>no chat</source>
        <translation>pas de discussion</translation>
    </message>
    <message>
        <source>chat: moderated</source>
        <translation>discussion&#xa0;: modérée</translation>
    </message>
    <message>
        <source>chat: answer later</source>
        <translation>discussion&#xa0;: réponses après coup</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>{step} of {steps}</source>
        <translation>{step} sur {steps}</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Your media</source>
        <translation>Vos médias</translation>
    </message>
    <message>
        <source>Drop files here, or press Ctrl+I.</source>
        <translation>Déposez des fichiers ici, ou tapez Ctrl+I.</translation>
    </message>
    <message>
        <source>Two lanes</source>
        <translation>Deux pistes</translation>
    </message>
    <message>
        <source>The programme lane has what plays, the interactions lane calls to action and surveys. Drag a segment to move it, drag its edges to change its length.</source>
        <translation>La piste Programme contient ce qui se joue, la piste Interactions les appels à l’action et les enquêtes. Faites glisser un segment pour le déplacer, ses bords pour changer sa durée.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>Press Space to play. The picture shows the webinar at the playhead.</source>
        <translation>Appuyez sur Espace pour lire. L’image montre le webinaire à la tête de lecture.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspecteur</translation>
    </message>
    <message>
        <source>Select a segment to edit its title, times, volume, questions or link.</source>
        <translation>Sélectionnez un segment pour modifier son titre, ses durées, son volume, ses questions ou son lien.</translation>
    </message>
    <message>
        <source>Settings and Save</source>
        <translation>Paramètres et enregistrement</translation>
    </message>
    <message>
        <source>Set when it starts and who can write in the chat. Edits are stored automatically; Save makes a version you can return to.</source>
        <translation>Fixez l’heure de début et qui peut écrire dans la discussion. Les modifications sont conservées automatiquement&#x202f;; Enregistrer crée une version à laquelle revenir.</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Previous frame</source>
        <translation>Image précédente</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>Image suivante</translation>
    </message>
    <message>
        <source>Exit full screen</source>
        <translation>Quitter le plein écran</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Rétablir le son</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Couper le son</translation>
    </message>
    <message>
        <source>Nothing to play</source>
        <translation>Rien à lire</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Vide</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>encore {time}</translation>
    </message>
    <message>
        <source>freeze frame, {time} left</source>
        <translation>arrêt sur image, encore {time}</translation>
    </message>
</context>
<context>
    <name>TrimEditor</name>
    <message>
        <source>In</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <source>Use whole media</source>
        <translation>Média entier</translation>
    </message>
    <message>
        <source>Clear the in and out points</source>
        <translation>Effacer les points d’entrée et de sortie</translation>
    </message>
    <message>
        <source>At least one second must remain between in and out.</source>
        <translation>Il doit rester au moins une seconde entre l’entrée et la sortie.</translation>
    </message>
    <message>
        <source>The media ends at {time}.</source>
        <translation>Le média se termine à {time}.</translation>
    </message>
    <message>
        <source>whole media, {length}</source>
        <translation>média entier, {length}</translation>
    </message>
    <message>
        <source>{part} of {length}</source>
        <translation>{part} sur {length}</translation>
    </message>
</context>
<context>
    <name>TrimStrip</name>
    <message>
        <source>In and out of {name}</source>
        <translation>Entrée et sortie de {name}</translation>
    </message>
</context>
<context>
    <name>VersionForm</name>
    <message>
        <source>Current state (saved as version {number} first)</source>
        <translation>État actuel (enregistré d’abord comme version {number})</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Version {number}</translation>
    </message>
</context>
<context>
    <name>VersionsPanel</name>
    <message>
        <source>Reading versions</source>
        <translation>Lecture des versions</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Version {number}</translation>
    </message>
    <message>
        <source>This is the first version.</source>
        <translation>C’est la première version.</translation>
    </message>
    <message>
        <source>Comparing versions</source>
        <translation>Comparaison des versions</translation>
    </message>
    <message>
        <source>Nothing changed.</source>
        <translation>Rien n’a changé.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Version {number} was restored.</source>
        <translation>La version {number} a été restaurée.</translation>
    </message>
    <message>
        <source>Not saved yet. Each time you save, a version is listed here, to compare and restore.</source>
        <translation>Pas encore enregistré. À chaque enregistrement, une version s’ajoute ici, à comparer et à restaurer.</translation>
    </message>
    <message>
        <source>in this version</source>
        <translation>dans cette version</translation>
    </message>
    <message>
        <source>since this version</source>
        <translation>depuis cette version</translation>
    </message>
    <message>
        <source>Replace the webinar as it is now by this version (can be undone)</source>
        <translation>Remplacer l’état actuel du webinaire par cette version (annulable)</translation>
    </message>
    <message>
        <source>Version history</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Ce qui a changé</translation>
    </message>
    <message>
        <source>From the version before to this one</source>
        <translation>De la version précédente à celle-ci</translation>
    </message>
    <message>
        <source>From this version to the webinar as it is now</source>
        <translation>De cette version à l’état actuel du webinaire</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
</context>
<context>
    <name>WebinarOverview</name>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Salle</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>Contains</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>automated</source>
        <translation>automatisée</translation>
    </message>
    <message>
        <source>on demand</source>
        <translation>à la demande</translation>
    </message>
    <message>
        <source>no chat</source>
        <translation>pas de discussion</translation>
    </message>
    <message>
        <source>moderated</source>
        <translation>modérée</translation>
    </message>
    <message>
        <source>answers later</source>
        <translation>réponses après coup</translation>
    </message>
    <message>
        <source>Webinar settings…</source>
        <translation>Paramètres du webinaire…</translation>
    </message>
    <message>
        <source>Select a segment to edit it.</source>
        <translation>Sélectionnez un segment pour le modifier.</translation>
    </message>
    <message>
        <source>Drop a video on the timeline to begin.</source>
        <translation>Déposez une vidéo dans le montage pour commencer.</translation>
    </message>
    <message>
        <source>not scheduled yet</source>
        <translation>pas encore programmé</translation>
    </message>
</context>
<context>
    <name>WebinarSettingsDialog</name>
    <message>
        <source>Waiting-room picture</source>
        <translation>Image de la salle d’attente</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp)</source>
        <translation>Images (*.png *.jpg *.jpeg *.webp)</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Pas d’image</translation>
    </message>
    <message>
        <source>New webinar</source>
        <translation>Nouveau webinaire</translation>
    </message>
    <message>
        <source>The start is at a time that does not exist. Choose another.</source>
        <translation>Le début tombe à une heure qui n’existe pas. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>“{address}” is not a valid e-mail address.</source>
        <translation>«&#xa0;{address}&#xa0;» n’est pas une adresse e-mail valide.</translation>
    </message>
    <message>
        <source>The price is not valid.</source>
        <translation>Le prix n’est pas valide.</translation>
    </message>
    <message>
        <source>This file is not a picture.</source>
        <translation>Ce fichier n’est pas une image.</translation>
    </message>
    <message>
        <source>Loading the picture…</source>
        <translation>Chargement de l’image…</translation>
    </message>
    <message>
        <source>Webinar settings</source>
        <translation>Paramètres du webinaire</translation>
    </message>
    <message>
        <source>Webinar</source>
        <translation>Webinaire</translation>
    </message>
    <message>
        <source>Room and access</source>
        <translation>Salle et accès</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>Waiting room</source>
        <translation>Salle d’attente</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Salle</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Untitled webinar</source>
        <translation>Webinaire sans titre</translation>
    </message>
    <message>
        <source>Shown to attendees on the registration page</source>
        <translation>Affiché aux participants sur la page d’inscription</translation>
    </message>
    <message>
        <source>The language of the attendees&apos; pages</source>
        <translation>La langue des pages des participants</translation>
    </message>
    <message>
        <source>Shown to attendees while they wait</source>
        <translation>Affiché aux participants pendant l’attente</translation>
    </message>
    <message>
        <source>Starts on time for everyone at once, with or without you. Latecomers join where it is now; nobody can seek.</source>
        <translation>Commence à l’heure pour tous à la fois, avec ou sans vous. Les retardataires arrivent en cours de route&#x202f;; personne ne peut avancer ni reculer.</translation>
    </message>
    <message>
        <source>Attendees watch whenever they like and can seek freely. It becomes available at its start.</source>
        <translation>Les participants regardent quand ils veulent et naviguent librement. Disponible à partir de son début.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Waiting-room text</source>
        <translation>Texte de la salle d’attente</translation>
    </message>
    <message>
        <source>Automated</source>
        <translation>Automatisée</translation>
    </message>
    <message>
        <source>On demand</source>
        <translation>À la demande</translation>
    </message>
    <message>
        <source>No new access after</source>
        <translation>Pas de nouvel accès après</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>Choisir une image…</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Create your first webinar</source>
        <translation>Créez votre premier webinaire</translation>
    </message>
    <message>
        <source>Arrange what you have recorded; it plays for everyone at the time you set.</source>
        <translation>Assemblez ce que vous avez enregistré&#x202f;; la session se joue pour tous à l’heure choisie.</translation>
    </message>
    <message>
        <source>1. Set up</source>
        <translation>1. Préparez</translation>
    </message>
    <message>
        <source>Click “New webinar” and set its title, its start, and who can write in the chat.</source>
        <translation>Cliquez sur «&#xa0;Nouveau webinaire&#xa0;» et choisissez son titre, son début et qui peut écrire dans la discussion.</translation>
    </message>
    <message>
        <source>2. Add media</source>
        <translation>2. Ajoutez des médias</translation>
    </message>
    <message>
        <source>Drop videos, images, slides and sound on the timeline. Drag them to move, drag their edges to trim.</source>
        <translation>Déposez vidéos, images, diapositives et sons sur le montage. Faites-les glisser pour les déplacer, leurs bords pour les rogner.</translation>
    </message>
    <message>
        <source>3. Engage attendees</source>
        <translation>3. Faites participer</translation>
    </message>
    <message>
        <source>Add a call to action or a survey, watch the preview, and save.</source>
        <translation>Ajoutez un appel à l’action ou une enquête, regardez l’aperçu, puis enregistrez.</translation>
    </message>
    <message>
        <source>New webinar</source>
        <translation>Nouveau webinaire</translation>
    </message>
    <message>
        <source>Open a bundle…</source>
        <translation>Ouvrir un paquet…</translation>
    </message>
    <message>
        <source>Download from a server…</source>
        <translation>Télécharger depuis un serveur…</translation>
    </message>
</context>
<context>
    <name>_RemoteWebinarRow</name>
    <message>
        <source>Download</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <source>Download “{title}”</source>
        <translation>Télécharger «&#xa0;{title}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>That place is taken. The nearest free place begins at {nearest_ms}: use it, or choose Insert or Overwrite.</source>
        <translation>Cette place est occupée. La place libre la plus proche commence à {nearest_ms}&#xa0;: utilisez-la, ou choisissez Insertion ou Écrasement.</translation>
    </message>
    <message>
        <source>There is no free place of this length. Shorten the segment or another one, or choose Insert or Overwrite.</source>
        <translation>Aucune place libre de cette durée. Raccourcissez ce segment ou un autre, ou choisissez Insertion ou Écrasement.</translation>
    </message>
    <message>
        <source>Two of these segments would overlap. Move one of them.</source>
        <translation>Deux de ces segments se chevaucheraient. Déplacez l’un d’eux.</translation>
    </message>
    <message>
        <source>A segment cannot begin before the webinar. Place it at the start or later.</source>
        <translation>Un segment ne peut pas commencer avant le webinaire. Placez-le au début ou plus tard.</translation>
    </message>
    <message>
        <source>A webinar can last at most 24 hours. Shorten or remove something first.</source>
        <translation>Un webinaire peut durer au plus 24&#xa0;heures. Raccourcissez ou retirez d’abord quelque chose.</translation>
    </message>
    <message>
        <source>The lane “{lane}” is locked. Unlock it to change its segments.</source>
        <translation>La piste «&#xa0;{lane}&#xa0;» est verrouillée. Déverrouillez-la pour modifier ses segments.</translation>
    </message>
    <message>
        <source>The next segment is in the way: the edge can go to {nearest_ms} at most. Move that segment, or choose Insert or Overwrite.</source>
        <translation>Le segment voisin bloque&#xa0;: le bord peut aller jusqu’à {nearest_ms} au plus. Déplacez ce segment, ou choisissez Insertion ou Écrasement.</translation>
    </message>
    <message>
        <source>A segment lasts at least {least_ms}. Make it longer, or delete it.</source>
        <translation>Un segment dure au moins {least_ms}. Allongez-le, ou supprimez-le.</translation>
    </message>
    <message>
        <source>Both parts of a split last at least {least_ms}. Move the playhead away from the edge.</source>
        <translation>Les deux parties d’une coupe durent au moins {least_ms}. Éloignez la tête de lecture du bord.</translation>
    </message>
    <message>
        <source>The media begins at {nearest_ms}; there is nothing before it. Move the segment instead.</source>
        <translation>Le média commence à {nearest_ms}&#x202f;; il n’y a rien avant. Déplacez plutôt le segment.</translation>
    </message>
    <message>
        <source>The media ends at {end_ms}. Use a shorter part, and add a freeze frame for the rest.</source>
        <translation>Le média se termine à {end_ms}. Utilisez une partie plus courte, et ajoutez un arrêt sur image pour le reste.</translation>
    </message>
    <message>
        <source>There is nothing here to apply this to. Select a segment, or put the playhead over one.</source>
        <translation>Il n’y a rien ici à quoi appliquer cette action. Sélectionnez un segment, ou placez la tête de lecture dessus.</translation>
    </message>
    <message>
        <source>“{id}” is no longer in this webinar. Undo brings back what was removed.</source>
        <translation>«&#xa0;{id}&#xa0;» n’est plus dans ce webinaire. Annuler rétablit ce qui a été retiré.</translation>
    </message>
    <message>
        <source>This is not possible for this kind of segment ({kind}). Choose another one, or delete it and add a new one.</source>
        <translation>Ce n’est pas possible pour ce type de segment ({kind}). Choisissez-en un autre, ou supprimez-le et ajoutez-en un nouveau.</translation>
    </message>
    <message>
        <source>The segment has been moved or resized in the meantime. Open it again and repeat the change.</source>
        <translation>Le segment a été déplacé ou redimensionné entre-temps. Rouvrez-le et refaites le changement.</translation>
    </message>
    <message>
        <source>“{id}” is in this webinar already. Use another id.</source>
        <translation>«&#xa0;{id}&#xa0;» est déjà dans ce webinaire. Utilisez un autre identifiant.</translation>
    </message>
    <message>
        <source>“{name}” is used in this webinar. First delete or replace the segments that play it.</source>
        <translation>«&#xa0;{name}&#xa0;» est utilisé dans ce webinaire. Supprimez ou remplacez d’abord les segments qui le lisent.</translation>
    </message>
    <message>
        <source>{date} is not a valid date. Choose another one.</source>
        <translation>{date} n’est pas une date valide. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>“{zone}” is not a known time zone. Choose one from the list, such as Europe/Paris.</source>
        <translation>«&#xa0;{zone}&#xa0;» n’est pas un fuseau horaire connu. Choisissez-en un dans la liste, comme Europe/Paris.</translation>
    </message>
    <message>
        <source>This edit has an invalid value: {reason}. Nothing was changed.</source>
        <translation>Cette modification contient une valeur non valide&#xa0;: {reason}. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>“{title}” would be invalid: {why}. Nothing was changed.</source>
        <translation>«&#xa0;{title}&#xa0;» ne serait pas valide&#xa0;: {why}. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>A segment ({segment}) is on a lane for other kinds ({lane}).</source>
        <translation>Un segment ({segment}) est sur une piste prévue pour d’autres types ({lane}).</translation>
    </message>
    <message>
        <source>The segments of a lane ({lane}) are out of order at {segment}.</source>
        <translation>Les segments d’une piste ({lane}) ne sont pas dans l’ordre à partir de {segment}.</translation>
    </message>
    <message>
        <source>Two segments of a lane ({lane}) overlap at {at_ms}.</source>
        <translation>Deux segments d’une piste ({lane}) se chevauchent à {at_ms}.</translation>
    </message>
    <message>
        <source>A segment ({segment}) lasts {length_ms}; the minimum is {least_ms}.</source>
        <translation>Un segment ({segment}) dure {length_ms}&#x202f;; le minimum est {least_ms}.</translation>
    </message>
    <message>
        <source>A segment ({segment}) begins before the webinar does.</source>
        <translation>Un segment ({segment}) commence avant le webinaire.</translation>
    </message>
    <message>
        <source>A segment ({segment}) ends after 24 hours.</source>
        <translation>Un segment ({segment}) se termine après 24&#xa0;heures.</translation>
    </message>
    <message>
        <source>A segment ({segment}) plays a part that its media does not have.</source>
        <translation>Un segment ({segment}) lit une partie que son média n’a pas.</translation>
    </message>
    <message>
        <source>The fades of a segment ({segment}) are longer than the segment.</source>
        <translation>Les fondus d’un segment ({segment}) sont plus longs que le segment.</translation>
    </message>
    <message>
        <source>A presentation ({segment}) shows a page that it does not have.</source>
        <translation>Une présentation ({segment}) montre une page qu’elle n’a pas.</translation>
    </message>
    <message>
        <source>A segment ({segment}) cannot play its media, which is of another kind ({kind}).</source>
        <translation>Un segment ({segment}) ne peut pas lire son média, qui est d’un autre type ({kind}).</translation>
    </message>
    <message>
        <source>A media ({media}) is stored under another one&apos;s name.</source>
        <translation>Un média ({media}) est enregistré sous le nom d’un autre.</translation>
    </message>
    <message>
        <source>The markers are out of order: {marker} at {at_ms}.</source>
        <translation>Les repères ne sont pas dans l’ordre&#xa0;: {marker} à {at_ms}.</translation>
    </message>
    <message>
        <source>Two things have the same id ({id}).</source>
        <translation>Deux éléments ont le même identifiant ({id}).</translation>
    </message>
    <message>
        <source>A value is invalid: {reason}.</source>
        <translation>Une valeur n’est pas valide&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>The timeline is empty. Drop a video, an image, a PDF or a sound on it.</source>
        <translation>Le montage est vide. Déposez-y une vidéo, une image, un PDF ou un son.</translation>
    </message>
    <message>
        <source>Nothing plays from {from_ms} to {to_ms}. Close the gap or put something in it.</source>
        <translation>Rien ne se joue de {from_ms} à {to_ms}. Refermez le vide ou mettez-y quelque chose.</translation>
    </message>
    <message>
        <source>“{title}” has no freeze frame after it. A few seconds give you time to take control.</source>
        <translation>«&#xa0;{title}&#xa0;» n’est pas suivi d’un arrêt sur image. Quelques secondes vous laissent le temps de prendre le contrôle.</translation>
    </message>
    <message>
        <source>The webinar lasts {length_ms}, and your plan allows {longest_ms}. Shorten it by {over_ms}, or change your plan.</source>
        <translation>Le webinaire dure {length_ms}, et votre forfait autorise {longest_ms}. Raccourcissez-le de {over_ms}, ou changez de forfait.</translation>
    </message>
    <message>
        <source>The chat is moderated, but there is no moderator. Add one, or choose another chat mode.</source>
        <translation>La discussion est modérée, mais il n’y a pas de modérateur. Ajoutez-en un, ou choisissez un autre mode de discussion.</translation>
    </message>
    <message>
        <source>The webinar has no date and time yet. Set them in the webinar settings.</source>
        <translation>Le webinaire n’a pas encore de date ni d’heure. Indiquez-les dans les paramètres du webinaire.</translation>
    </message>
    <message>
        <source>The start, {start} ({zone}), is in the past. Choose a later one.</source>
        <translation>Le début, {start} ({zone}), est déjà passé. Choisissez-en un ultérieur.</translation>
    </message>
    <message>
        <source>{start} does not exist in {zone}: clocks go forward. Start at {shifted}, or choose another time.</source>
        <translation>{start} n’existe pas ({zone})&#xa0;: on passe à l’heure d’été. Commencez à {shifted}, ou choisissez une autre heure.</translation>
    </message>
    <message>
        <source>{start} exists twice in {zone}: clocks go back. The first is meant; else choose a time outside that hour.</source>
        <translation>{start} existe deux fois ({zone})&#xa0;: on passe à l’heure d’hiver. C’est la première qui compte&#x202f;; sinon, choisissez une heure hors de celle-là.</translation>
    </message>
    <message>
        <source>“{start}” is not a valid date and time. Choose another one in the webinar settings.</source>
        <translation>«&#xa0;{start}&#xa0;» n’est pas une date et une heure valides. Choisissez-en une autre dans les paramètres du webinaire.</translation>
    </message>
    <message>
        <source>The time zone “{zone}” is unknown. Choose one in the webinar settings.</source>
        <translation>Le fuseau horaire «&#xa0;{zone}&#xa0;» est inconnu. Choisissez-en un dans les paramètres du webinaire.</translation>
    </message>
    <message>
        <source>“{until}”, the end of access, is not a valid date and time. Choose another one in the webinar settings.</source>
        <translation>«&#xa0;{until}&#xa0;», la fin de l’accès, n’est pas une date et une heure valides. Choisissez-en une autre dans les paramètres du webinaire.</translation>
    </message>
    <message>
        <source>Access would end on {until} ({zone}), before it begins. Choose a later day in the webinar settings, or none.</source>
        <translation>L’accès se terminerait le {until} ({zone}), avant d’avoir commencé. Choisissez un jour ultérieur dans les paramètres du webinaire, ou aucun.</translation>
    </message>
    <message>
        <source>Access is paid, but no price is set. Set one in the webinar settings, or make access free.</source>
        <translation>L’accès est payant, mais aucun prix n’est indiqué. Indiquez-en un dans les paramètres du webinaire, ou rendez l’accès gratuit.</translation>
    </message>
    <message>
        <source>“{name}” is missing; what uses it ({count}) cannot be played. Find it with Relink, or replace it.</source>
        <translation>«&#xa0;{name}&#xa0;» est introuvable&#x202f;; ce qui l’utilise ({count}) ne peut pas être lu. Retrouvez-le avec Relier, ou remplacez-le.</translation>
    </message>
    <message>
        <source>“{name}” is not prepared for the web yet. This is done before publishing; you can go on working.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas encore préparé pour le web. Ce sera fait avant la publication&#x202f;; vous pouvez continuer à travailler.</translation>
    </message>
    <message>
        <source>“{title}” has captions (“{name}”) that are not shown. Show them for people who cannot hear it.</source>
        <translation>«&#xa0;{title}&#xa0;» a des sous-titres («&#xa0;{name}&#xa0;») qui ne sont pas affichés. Affichez-les pour les personnes qui n’entendent pas.</translation>
    </message>
    <message>
        <source>“{title}” has no captions. Attach a subtitle file (.srt or .vtt) for people who cannot hear it.</source>
        <translation>«&#xa0;{title}&#xa0;» n’a pas de sous-titres. Attachez un fichier de sous-titres (.srt ou .vtt) pour les personnes qui n’entendent pas.</translation>
    </message>
    <message>
        <source>“{title}” ends {beyond_ms} after the last segment. Move it up, or add a freeze frame.</source>
        <translation>«&#xa0;{title}&#xa0;» se termine {beyond_ms} après le dernier segment. Avancez-le, ou ajoutez un arrêt sur image.</translation>
    </message>
    <message>
        <source>The button of “{title}” has no text. Give it a label.</source>
        <translation>Le bouton de «&#xa0;{title}&#xa0;» n’a pas de texte. Donnez-lui un libellé.</translation>
    </message>
    <message>
        <source>The button of “{title}” has no link. Add one.</source>
        <translation>Le bouton de «&#xa0;{title}&#xa0;» n’a pas de lien. Ajoutez-en un.</translation>
    </message>
    <message>
        <source>“{link}”, the link of “{title}”, is no address a browser can follow. It should read like https://example.org/page.</source>
        <translation>«&#xa0;{link}&#xa0;», le lien de «&#xa0;{title}&#xa0;», n’est pas une adresse qu’un navigateur peut ouvrir. Il doit ressembler à https://example.org/page.</translation>
    </message>
    <message>
        <source>“{title}” has no questions. Add one, or delete the survey.</source>
        <translation>«&#xa0;{title}&#xa0;» n’a pas de question. Ajoutez-en une, ou supprimez l’enquête.</translation>
    </message>
    <message>
        <source>Question {number} of “{title}” has no text. Write it, or remove the question.</source>
        <translation>La question {number} de «&#xa0;{title}&#xa0;» n’a pas d’énoncé. Écrivez-le, ou retirez la question.</translation>
    </message>
    <message>
        <source>Question {number} of “{title}” needs at least two different answers. Add them, or make it a text question.</source>
        <translation>La question {number} de «&#xa0;{title}&#xa0;» demande au moins deux réponses différentes. Ajoutez-les, ou faites-en une question à réponse libre.</translation>
    </message>
    <message>
        <source>This webinar was written by a newer Matinee (format {format}; this one reads {known}). Update Matinee, then open it again.</source>
        <translation>Ce webinaire a été écrit par une version plus récente de Matinee (format {format}&#x202f;; celle-ci lit {known}). Mettez Matinee à jour, puis rouvrez-le.</translation>
    </message>
    <message>
        <source>The webinar&apos;s data is damaged at byte {where} of {size}. Restore an earlier version, or ask for a new copy.</source>
        <translation>Les données du webinaire sont endommagées à l’octet {where} sur {size}. Restaurez une version antérieure, ou demandez une nouvelle copie.</translation>
    </message>
    <message>
        <source>This is not a Matinee webinar: it names no format.</source>
        <translation>Ce n’est pas un webinaire Matinee&#xa0;: aucun format n’y est indiqué.</translation>
    </message>
    <message>
        <source>The webinar&apos;s data is invalid at “{path}”: {reason}. Restore an earlier version, or ask for a new copy.</source>
        <translation>Les données du webinaire ne sont pas valides en «&#xa0;{path}&#xa0;»&#xa0;: {reason}. Restaurez une version antérieure, ou demandez une nouvelle copie.</translation>
    </message>
    <message>
        <source>“{text}” contains a character that cannot be stored. Type the text again.</source>
        <translation>«&#xa0;{text}&#xa0;» contient un caractère impossible à enregistrer. Saisissez de nouveau le texte.</translation>
    </message>
    <message>
        <source>The time zone “{zone}” is unknown. Choose one from the list, such as Europe/Paris.</source>
        <translation>Le fuseau horaire «&#xa0;{zone}&#xa0;» est inconnu. Choisissez-en un dans la liste, comme Europe/Paris.</translation>
    </message>
    <message>
        <source>“{start}” is not a valid date and time. Write it as 2026-12-01T18:00:00.</source>
        <translation>«&#xa0;{start}&#xa0;» n’est pas une date et une heure valides. Écrivez-la ainsi&#xa0;: 2026-12-01T18:00:00.</translation>
    </message>
    <message>
        <source>The session has already begun.</source>
        <translation>La session a déjà commencé.</translation>
    </message>
    <message>
        <source>The event has not begun yet. Wait for its start.</source>
        <translation>L’événement n’a pas encore commencé. Attendez le début.</translation>
    </message>
    <message>
        <source>The event is over and can no longer be controlled.</source>
        <translation>L’événement est terminé et ne peut plus être contrôlé.</translation>
    </message>
    <message>
        <source>The event is paused already. Resume it, or change the note.</source>
        <translation>L’événement est déjà en pause. Reprenez-le, ou changez le message.</translation>
    </message>
    <message>
        <source>The event is playing; there is nothing to resume.</source>
        <translation>L’événement est en cours&#x202f;; il n’y a rien à reprendre.</translation>
    </message>
    <message>
        <source>The event has ended and shows the closing card. Add time instead of pausing it.</source>
        <translation>L’événement est terminé et affiche la carte de fin. Ajoutez du temps au lieu de le mettre en pause.</translation>
    </message>
    <message>
        <source>{to_ms} is after the end, {length_ms}. Jump to an earlier position.</source>
        <translation>{to_ms} est après la fin, {length_ms}. Allez à une position antérieure.</translation>
    </message>
    <message>
        <source>No added time is left to take back.</source>
        <translation>Il ne reste pas de temps ajouté à retirer.</translation>
    </message>
    <message>
        <source>This event has been cancelled. The same link will lead to the next one.</source>
        <translation>Cet événement est annulé. Le même lien mènera au prochain.</translation>
    </message>
    <message>
        <source>The room is not open yet. The event&apos;s page says when it opens.</source>
        <translation>La salle n’est pas encore ouverte. La page de l’événement indique l’heure d’ouverture.</translation>
    </message>
    <message>
        <source>The chat is off. You can write as soon as the team turns it on.</source>
        <translation>La discussion est désactivée. Vous pourrez écrire dès que l’équipe l’activera.</translation>
    </message>
    <message>
        <source>The event is over and its chat is closed. Write to the organizer instead.</source>
        <translation>L’événement est terminé et sa discussion est fermée. Écrivez plutôt à l’organisateur.</translation>
    </message>
    <message>
        <source>The message is empty. Write something first.</source>
        <translation>Le message est vide. Écrivez d’abord quelque chose.</translation>
    </message>
    <message>
        <source>This message has {has} characters; the limit is {most}. Shorten it, or send it in two parts.</source>
        <translation>Ce message compte {has} caractères&#x202f;; la limite est de {most}. Raccourcissez-le, ou envoyez-le en deux parties.</translation>
    </message>
    <message>
        <source>You sent {most} messages within a few seconds. Wait a moment, then send this one again.</source>
        <translation>Vous avez envoyé {most} messages en quelques secondes. Patientez un instant, puis renvoyez celui-ci.</translation>
    </message>
    <message>
        <source>This is not available in this room. Reload the page to see what is.</source>
        <translation>Ce n’est pas disponible dans cette salle. Rechargez la page pour voir ce qui l’est.</translation>
    </message>
    <message>
        <source>The event is over and no more answers are accepted. Write to the organizer instead.</source>
        <translation>L’événement est terminé et les réponses ne sont plus acceptées. Écrivez plutôt à l’organisateur.</translation>
    </message>
    <message>
        <source>This question is not in the survey. Reload the page.</source>
        <translation>Cette question n’est pas dans l’enquête. Rechargez la page.</translation>
    </message>
    <message>
        <source>This question needs an answer. Answer it, then send again.</source>
        <translation>Cette question demande une réponse. Répondez, puis renvoyez.</translation>
    </message>
    <message>
        <source>This answer does not fit the question ({kind}). Reload the page and answer again.</source>
        <translation>Cette réponse ne convient pas à la question ({kind}). Rechargez la page et répondez de nouveau.</translation>
    </message>
    <message>
        <source>The question does not have this choice. Choose from its list, each answer once.</source>
        <translation>La question ne propose pas ce choix. Choisissez dans sa liste, chaque réponse une seule fois.</translation>
    </message>
    <message>
        <source>Only one answer is possible. Uncheck the others.</source>
        <translation>Une seule réponse est possible. Décochez les autres.</translation>
    </message>
    <message>
        <source>The rating goes from 1 to {scale}.</source>
        <translation>La note va de 1 à {scale}.</translation>
    </message>
    <message>
        <source>An answer has at most {most} characters. Shorten it.</source>
        <translation>Une réponse compte au plus {most} caractères. Raccourcissez-la.</translation>
    </message>
    <message>
        <source>The library {path} is damaged ({reason}) and was not changed. Restore one of the daily backups in {copies}, or open another library.</source>
        <translation>La bibliothèque {path} est endommagée ({reason}) et n’a pas été modifiée. Restaurez une des sauvegardes quotidiennes de {copies}, ou ouvrez une autre bibliothèque.</translation>
    </message>
    <message>
        <source>The library {path} was written by a newer Matinee and was not changed. Update Matinee, or open another library. Its daily backups are in {copies}.</source>
        <translation>La bibliothèque {path} a été écrite par une version plus récente de Matinee et n’a pas été modifiée. Mettez Matinee à jour, ou ouvrez une autre bibliothèque. Ses sauvegardes quotidiennes sont dans {copies}.</translation>
    </message>
    <message>
        <source>The library {path} is missing, but there are backups of it. Restore one from {copies}, or move that folder away to start with an empty library.</source>
        <translation>La bibliothèque {path} est introuvable, mais il y en a des sauvegardes. Restaurez-en une depuis {copies}, ou déplacez ce dossier pour commencer avec une bibliothèque vide.</translation>
    </message>
    <message>
        <source>The library {path} is no longer there, so the last edit was not saved. Connect its drive, or put it back, and open it again; every earlier edit is in it.</source>
        <translation>La bibliothèque {path} n’est plus là&#xa0;: la dernière modification n’a pas été enregistrée. Reconnectez son disque, ou remettez-la en place, et rouvrez-la&#x202f;; toutes les modifications précédentes y sont.</translation>
    </message>
    <message>
        <source>The library {path} cannot be written ({reason}). Check the permissions, or use a library in another folder.</source>
        <translation>Impossible d’écrire dans la bibliothèque {path} ({reason}). Vérifiez les droits, ou utilisez une bibliothèque dans un autre dossier.</translation>
    </message>
    <message>
        <source>The drive of {path} is full. Nothing was lost and nothing was changed. Free some space and try again.</source>
        <translation>Le disque de {path} est plein. Rien n’est perdu et rien n’a changé. Libérez de l’espace et réessayez.</translation>
    </message>
    <message>
        <source>Another program has been using the library {path} for too long. Wait until it has finished, or close it.</source>
        <translation>Un autre programme utilise la bibliothèque {path} depuis trop longtemps. Attendez qu’il ait terminé, ou fermez-le.</translation>
    </message>
    <message>
        <source>“{title}” was changed by another program in the meantime. Nothing was overwritten. Reload it, then edit again.</source>
        <translation>«&#xa0;{title}&#xa0;» a été modifié entre-temps par un autre programme. Rien n’a été écrasé. Rechargez-le, puis refaites la modification.</translation>
    </message>
    <message>
        <source>“{title}” is in this library already.</source>
        <translation>«&#xa0;{title}&#xa0;» est déjà dans cette bibliothèque.</translation>
    </message>
    <message>
        <source>This webinar is no longer in the library. Another program may have removed it for good.</source>
        <translation>Ce webinaire n’est plus dans la bibliothèque. Un autre programme l’a peut-être retiré définitivement.</translation>
    </message>
    <message>
        <source>There is no version {hash} of this webinar. Choose another from its history.</source>
        <translation>Ce webinaire n’a pas de version {hash}. Choisissez-en une autre dans son historique.</translation>
    </message>
    <message>
        <source>There is no usable backup in {path}.</source>
        <translation>Il n’y a pas de sauvegarde utilisable dans {path}.</translation>
    </message>
    <message>
        <source>“{title}” contains things from a newer Matinee ({unknown}). You can view it; update Matinee to edit it.</source>
        <translation>«&#xa0;{title}&#xa0;» contient des éléments d’une version plus récente de Matinee ({unknown}). Vous pouvez le consulter&#x202f;; mettez Matinee à jour pour le modifier.</translation>
    </message>
    <message>
        <source>“{title}” is read-only: it contains things from a newer Matinee ({unknown}). Update Matinee to edit it.</source>
        <translation>«&#xa0;{title}&#xa0;» est en lecture seule&#xa0;: il contient des éléments d’une version plus récente de Matinee ({unknown}). Mettez Matinee à jour pour le modifier.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Il n’y a rien à annuler.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Il n’y a rien à rétablir.</translation>
    </message>
    <message>
        <source>“{name}” is no longer there. Check whether it was moved or its drive was removed, and try again.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est plus là. Vérifiez s’il a été déplacé ou si son disque a été retiré, puis réessayez.</translation>
    </message>
    <message>
        <source>You have no permission to read “{name}”. Change its permissions, or use a copy.</source>
        <translation>Vous n’avez pas le droit de lire «&#xa0;{name}&#xa0;». Modifiez ses droits, ou utilisez une copie.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}. Check the drive it is on, or use a copy.</source>
        <translation>Impossible de lire «&#xa0;{name}&#xa0;»&#xa0;: {reason}. Vérifiez son disque, ou utilisez une copie.</translation>
    </message>
    <message>
        <source>“{name}” is a folder or a device. Choose the file itself.</source>
        <translation>«&#xa0;{name}&#xa0;» est un dossier ou un périphérique. Choisissez le fichier lui-même.</translation>
    </message>
    <message>
        <source>“{name}” is an empty file. Copy or export it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est un fichier vide. Copiez-le ou exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” is still being written. Wait until it is finished, then try again.</source>
        <translation>«&#xa0;{name}&#xa0;» est encore en cours d’écriture. Attendez la fin, puis réessayez.</translation>
    </message>
    <message>
        <source>“{folder}” cannot be written to: {reason}. Free some space or check the folder, and try again.</source>
        <translation>Impossible d’écrire dans «&#xa0;{folder}&#xa0;»&#xa0;: {reason}. Libérez de l’espace ou vérifiez le dossier, puis réessayez.</translation>
    </message>
    <message>
        <source>“{name}” is not a media that a webinar can show, but {found}. Save or export it as mp4, mp3, PNG, JPEG, PDF or pptx.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas un média qu’un webinaire peut montrer, mais {found}. Enregistrez-le ou exportez-le en mp4, mp3, PNG, JPEG, PDF ou pptx.</translation>
    </message>
    <message>
        <source>“{name}” is a playlist or shortcut ({found}): it only names other files or addresses. Import the videos that it names.</source>
        <translation>«&#xa0;{name}&#xa0;» est une liste de lecture ou un raccourci ({found})&#xa0;: ce fichier ne fait que désigner d’autres fichiers ou adresses. Importez les vidéos qu’il désigne.</translation>
    </message>
    <message>
        <source>“{name}” is an animated image. Convert it to a video (mp4), or save one of its images as PNG.</source>
        <translation>«&#xa0;{name}&#xa0;» est une image animée. Convertissez-la en vidéo (mp4), ou enregistrez une de ses images en PNG.</translation>
    </message>
    <message>
        <source>“{name}” is a subtitle file. Attach it to a video or an audio file instead of placing it.</source>
        <translation>«&#xa0;{name}&#xa0;» est un fichier de sous-titres. Joignez-le à une vidéo ou à un son au lieu de le placer.</translation>
    </message>
    <message>
        <source>“{name}” is damaged or of an unsupported type ({reason}). Export it again; if other programs can play it, convert it to mp4.</source>
        <translation>«&#xa0;{name}&#xa0;» est endommagé ou d’un type non pris en charge ({reason}). Exportez-le de nouveau&#x202f;; si d’autres programmes peuvent le lire, convertissez-le en mp4.</translation>
    </message>
    <message>
        <source>“{name}” is incomplete: its end is missing. A recording or a copy did not finish; copy or export it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est incomplet&#xa0;: la fin manque. Un enregistrement ou une copie ne s’est pas terminé&#x202f;; copiez-le ou exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” is an incomplete image. Save or copy it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est une image incomplète. Enregistrez-la ou copiez-la de nouveau.</translation>
    </message>
    <message>
        <source>The encoding of “{name}” is not supported. Convert it to mp4 (H.264 and AAC).</source>
        <translation>L’encodage de «&#xa0;{name}&#xa0;» n’est pas pris en charge. Convertissez-le en mp4 (H.264 et AAC).</translation>
    </message>
    <message>
        <source>“{name}” lasts 0 seconds: it has neither picture nor sound. Record or export it again.</source>
        <translation>«&#xa0;{name}&#xa0;» dure 0 seconde&#xa0;: il n’a ni image ni son. Enregistrez-le ou exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” has no picture, only sound.</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas d’image, seulement du son.</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password. Save it without one, and use that file.</source>
        <translation>«&#xa0;{name}&#xa0;» est protégé par un mot de passe. Enregistrez-le sans mot de passe, et utilisez ce fichier.</translation>
    </message>
    <message>
        <source>“{name}” has {width} × {height} pixels, more than {most} million. Scale it down (3840 pixels across are enough), and use that file.</source>
        <translation>«&#xa0;{name}&#xa0;» compte {width} × {height} pixels, plus de {most} millions. Réduisez-le (3840 pixels de large suffisent), et utilisez ce fichier.</translation>
    </message>
    <message>
        <source>“{name}” has {pages} pages; there is no page {page}.</source>
        <translation>«&#xa0;{name}&#xa0;» a {pages}&#xa0;pages&#x202f;; il n’y a pas de page {page}.</translation>
    </message>
    <message>
        <source>“{name}” needs LibreOffice, which is not installed. Install LibreOffice, or save the slides as PDF.</source>
        <translation>«&#xa0;{name}&#xa0;» demande LibreOffice, qui n’est pas installé. Installez LibreOffice, ou enregistrez les diapositives en PDF.</translation>
    </message>
    <message>
        <source>LibreOffice could not read “{name}” ({reason}). Open it there to see why, or save the slides as PDF.</source>
        <translation>LibreOffice n’a pas pu lire «&#xa0;{name}&#xa0;» ({reason}). Ouvrez-le dans LibreOffice pour voir pourquoi, ou enregistrez les diapositives en PDF.</translation>
    </message>
    <message>
        <source>LibreOffice took longer than {limit_ms} for “{name}” and was stopped. Save the slides as PDF.</source>
        <translation>LibreOffice a mis plus de {limit_ms} pour «&#xa0;{name}&#xa0;» et a été arrêté. Enregistrez les diapositives en PDF.</translation>
    </message>
    <message>
        <source>“{name}” cannot be checked for links to other files ({reason}). Save it again with PowerPoint or LibreOffice, or save the slides as PDF.</source>
        <translation>Impossible de vérifier si «&#xa0;{name}&#xa0;» contient des liens vers d’autres fichiers ({reason}). Enregistrez-le de nouveau avec PowerPoint ou LibreOffice, ou enregistrez les diapositives en PDF.</translation>
    </message>
    <message>
        <source>“{name}” uses pictures or objects that are not part of the presentation ({count}). They are left out; insert them into it, and import it again.</source>
        <translation>«&#xa0;{name}&#xa0;» utilise des images ou des objets qui ne font pas partie de la présentation ({count}). Ils sont laissés de côté&#xa0;; insérez-les dans la présentation, puis importez-la de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” is missing. Use Relink to show where it is now.</source>
        <translation>«&#xa0;{name}&#xa0;» est introuvable. Utilisez Relier pour indiquer où il se trouve.</translation>
    </message>
    <message>
        <source>“{name}” is not the file that is missing. Choose the file that was imported, or use Replace media.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas le fichier manquant. Choisissez le fichier qui a été importé, ou utilisez Remplacer le média.</translation>
    </message>
    <message>
        <source>“{name}” is not a valid subtitle file: line {line} is wrong. Correct that line, or export the subtitles again as .srt or .vtt.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas un fichier de sous-titres valide&#xa0;: la ligne {line} est incorrecte. Corrigez-la, ou exportez de nouveau les sous-titres en .srt ou .vtt.</translation>
    </message>
    <message>
        <source>“{name}” is not a subtitle file. Choose a file ending in .srt or .vtt.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas un fichier de sous-titres. Choisissez un fichier en .srt ou .vtt.</translation>
    </message>
    <message>
        <source>The subtitles {name} are not on this computer. Attach the subtitle file again.</source>
        <translation>Les sous-titres {name} ne sont pas sur cet ordinateur. Joignez de nouveau le fichier de sous-titres.</translation>
    </message>
    <message>
        <source>ffmpeg is not installed. Install it, and try again.</source>
        <translation>ffmpeg n’est pas installé. Installez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>“{name}” could not be prepared correctly ({what}). Export it again from the program it comes from.</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas pu être préparé correctement ({what}). Exportez-le de nouveau depuis son programme d’origine.</translation>
    </message>
    <message>
        <source>ffmpeg failed: {reason}. Free some disk space and try again.</source>
        <translation>ffmpeg a échoué&#xa0;: {reason}. Libérez de l’espace disque et réessayez.</translation>
    </message>
    <message>
        <source>“{name}” is incomplete: only {duration_ms} of {told_ms} can be played. Use it as it is, or copy or export it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est incomplet&#xa0;: seulement {duration_ms} sur {told_ms} peuvent être lus. Utilisez-le tel quel, ou copiez-le ou exportez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” plays for {duration_ms}, longer than a webinar can last. Up to 24 hours of it can be placed.</source>
        <translation>«&#xa0;{name}&#xa0;» dure {duration_ms}, plus que ne peut durer un webinaire. Vous pouvez en placer jusqu’à 24&#xa0;heures.</translation>
    </message>
    <message>
        <source>The sound of “{name}” has an unsupported encoding, so it plays without sound. Convert it to mp4 (H.264 and AAC).</source>
        <translation>Le son de «&#xa0;{name}&#xa0;» a un encodage non pris en charge&#xa0;: il est lu sans son. Convertissez-le en mp4 (H.264 et AAC).</translation>
    </message>
    <message>
        <source>Nothing can be played: libvlc is not installed, or without its plugins. Start Matinee with `./matinee`, which installs it, or install VLC yourself.</source>
        <translation>Rien ne peut être lu&#xa0;: libvlc n’est pas installé, ou il lui manque ses greffons. Lancez Matinee par `./matinee`, qui l’installe, ou installez VLC vous-même.</translation>
    </message>
    <message>
        <source>“{name}” cannot be played. Convert it to MP4 (H.264 and AAC) and replace the media.</source>
        <translation>«&#xa0;{name}&#xa0;» ne peut pas être lu. Convertissez-le en MP4 (H.264 et AAC) et remplacez le média.</translation>
    </message>
    <message>
        <source>“{name}” plays without a picture: its video format cannot be decoded. Convert it to MP4 (H.264 and AAC) and replace the media.</source>
        <translation>«&#xa0;{name}&#xa0;» est lu sans image&#xa0;: son format vidéo ne peut pas être décodé. Convertissez-le en MP4 (H.264 et AAC) et remplacez le média.</translation>
    </message>
    <message>
        <source>“{name}” stops at {at_ms}. Import the file again, or end the segment there.</source>
        <translation>«&#xa0;{name}&#xa0;» s’arrête à {at_ms}. Importez de nouveau le fichier, ou terminez le segment là.</translation>
    </message>
    <message>
        <source>“{path}” is not a Matinee bundle, or it is incomplete. Ask for it to be exported again.</source>
        <translation>«&#xa0;{path}&#xa0;» n’est pas un paquet Matinee, ou il est incomplet. Demandez un nouvel export.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}. Check whether it was moved or its drive was removed.</source>
        <translation>Impossible de lire «&#xa0;{path}&#xa0;»&#xa0;: {reason}. Vérifiez s’il a été déplacé ou si son disque a été retiré.</translation>
    </message>
    <message>
        <source>“{path}” was made by a newer Matinee. Update this one, then open the bundle again.</source>
        <translation>«&#xa0;{path}&#xa0;» a été créé par un Matinee plus récent. Mettez celui-ci à jour, puis rouvrez le paquet.</translation>
    </message>
    <message>
        <source>“{path}” contains more than a bundle may contain and was not opened. Ask for a new export of the webinar.</source>
        <translation>«&#xa0;{path}&#xa0;» contient plus que ce qu’un paquet peut contenir et n’a pas été ouvert. Demandez un nouvel export du webinaire.</translation>
    </message>
    <message>
        <source>“{name}” inside the bundle is damaged. Nothing was imported. Ask for a new export.</source>
        <translation>«&#xa0;{name}&#xa0;», dans le paquet, est endommagé. Rien n’a été importé. Demandez un nouvel export.</translation>
    </message>
    <message>
        <source>There is not enough space in “{path}” for the bundle&apos;s media ({size} bytes). Free some space and try again.</source>
        <translation>Il n’y a pas assez d’espace dans «&#xa0;{path}&#xa0;» pour les médias du paquet ({size} octets). Libérez de l’espace et réessayez.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}. Choose another folder, or check its permissions and try again.</source>
        <translation>Impossible d’écrire «&#xa0;{path}&#xa0;»&#xa0;: {reason}. Choisissez un autre dossier, ou vérifiez ses droits et réessayez.</translation>
    </message>
    <message>
        <source>There is no webinar “{name}” in this library. `matinee list` shows what there is.</source>
        <translation>Il n’y a pas de webinaire «&#xa0;{name}&#xa0;» dans cette bibliothèque. `matinee list` montre ce qu’elle contient.</translation>
    </message>
    <message>
        <source>“{name}” matches several webinars ({ids}). Give the id, or more of it.</source>
        <translation>«&#xa0;{name}&#xa0;» correspond à plusieurs webinaires ({ids}). Donnez l’identifiant, ou une plus grande partie.</translation>
    </message>
    <message>
        <source>“{name}” is archived or deleted. Restore it first with `matinee restore`.</source>
        <translation>«&#xa0;{name}&#xa0;» est archivé ou supprimé. Restaurez-le d’abord avec `matinee restore`.</translation>
    </message>
    <message>
        <source>“{name}” is neither archived nor deleted; there is nothing to restore.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est ni archivé ni supprimé&#x202f;; il n’y a rien à restaurer.</translation>
    </message>
    <message>
        <source>There is no media “{name}” in this webinar. `matinee show --json` lists what there is.</source>
        <translation>Il n’y a pas de média «&#xa0;{name}&#xa0;» dans ce webinaire. `matinee show --json` montre ce qu’il contient.</translation>
    </message>
    <message>
        <source>“{name}” has no sound. Attach subtitles to a video or an audio file.</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas de son. Attachez des sous-titres à une vidéo ou à un fichier audio.</translation>
    </message>
    <message>
        <source>There is no segment “{name}” in this webinar. `matinee show` lists what there is.</source>
        <translation>Il n’y a pas de segment «&#xa0;{name}&#xa0;» dans ce webinaire. `matinee show` montre ce qu’il contient.</translation>
    </message>
    <message>
        <source>There is no backup “{name}” of this library. `matinee copies` lists them.</source>
        <translation>Il n’y a pas de sauvegarde «&#xa0;{name}&#xa0;» de cette bibliothèque. `matinee copies` les affiche.</translation>
    </message>
    <message>
        <source>Some media ({count}) are not on this computer and were left out. Find them with `matinee relink`, and export again.</source>
        <translation>Certains médias ({count}) ne sont pas sur cet ordinateur et ont été laissés de côté. Retrouvez-les avec `matinee relink`, puis exportez de nouveau.</translation>
    </message>
    <message>
        <source>There is no version “{name}” of this webinar. `matinee versions` shows what there is.</source>
        <translation>Ce webinaire n’a pas de version «&#xa0;{name}&#xa0;». `matinee versions` montre celles qui existent.</translation>
    </message>
    <message>
        <source>“{text}” is not a time. Write it as 0:12:03, 12:03, 723s or 12m.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas une durée. Écrivez-la ainsi&#xa0;: 0:12:03, 12:03, 723s ou 12m.</translation>
    </message>
    <message>
        <source>This is not a list of edits: {reason}. docs/edits.md (`matinee operations`) describes the format.</source>
        <translation>Ce n’est pas une liste de modifications&#xa0;: {reason}. docs/edits.md (`matinee operations`) décrit le format.</translation>
    </message>
    <message>
        <source>Something went wrong inside Matinee. Nothing was lost. Please report it with the file {path}.</source>
        <translation>Une erreur interne est survenue dans Matinee. Rien n’est perdu. Merci de la signaler en joignant le fichier {path}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>«&#xa0;{path}&#xa0;» ne peut pas être lu&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>No browser was found to look at the room with ({names}). Install Chromium and start again.</source>
        <translation>Aucun navigateur n’a été trouvé pour regarder la salle ({names}). Installez Chromium et recommencez.</translation>
    </message>
    <message>
        <source>The headless browser failed: {reason}.</source>
        <translation>Le navigateur sans fenêtre a échoué&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>In the browser, {what} did not appear within {limit_ms}.</source>
        <translation>Dans le navigateur, {what} n’est pas apparu en {limit_ms}.</translation>
    </message>
    <message>
        <source>“{title}” ({kind}) was added at {at_ms}.</source>
        <translation>Ajout de «&#xa0;{title}&#xa0;» ({kind}) à {at_ms}.</translation>
    </message>
    <message>
        <source>“{title}” ({kind}) was removed from {at_ms}.</source>
        <translation>Retrait de «&#xa0;{title}&#xa0;» ({kind}), qui était à {at_ms}.</translation>
    </message>
    <message>
        <source>“{title}” was moved later, from {from_ms} to {to_ms}.</source>
        <translation>«&#xa0;{title}&#xa0;» est plus tard&#xa0;: de {from_ms} à {to_ms}.</translation>
    </message>
    <message>
        <source>“{title}” was moved earlier, from {from_ms} to {to_ms}.</source>
        <translation>«&#xa0;{title}&#xa0;» est plus tôt&#xa0;: de {from_ms} à {to_ms}.</translation>
    </message>
    <message>
        <source>{count} segments begin {by_ms} later, from {at_ms} on.</source>
        <translation>{count} segments commencent {by_ms} plus tard, à partir de {at_ms}.</translation>
    </message>
    <message>
        <source>{count} segments begin {by_ms} earlier, from {at_ms} on.</source>
        <translation>{count} segments commencent {by_ms} plus tôt, à partir de {at_ms}.</translation>
    </message>
    <message>
        <source>“{title}” is {by_ms} longer and lasts {length_ms}.</source>
        <translation>«&#xa0;{title}&#xa0;» est plus long de {by_ms} et dure {length_ms}.</translation>
    </message>
    <message>
        <source>“{title}” is {by_ms} shorter and lasts {length_ms}.</source>
        <translation>«&#xa0;{title}&#xa0;» est plus court de {by_ms} et dure {length_ms}.</translation>
    </message>
    <message>
        <source>The freeze frame after “{title}” is {new_ms} instead of {old_ms}.</source>
        <translation>L’arrêt sur image après «&#xa0;{title}&#xa0;» dure {new_ms} au lieu de {old_ms}.</translation>
    </message>
    <message>
        <source>“{title}” plays another part: {in_ms} to {out_ms}.</source>
        <translation>«&#xa0;{title}&#xa0;» lit une autre partie&#xa0;: de {in_ms} à {out_ms}.</translation>
    </message>
    <message>
        <source>“{old}” was renamed “{title}”.</source>
        <translation>«&#xa0;{old}&#xa0;» a été renommé «&#xa0;{title}&#xa0;».</translation>
    </message>
    <message>
        <source>“{title}” is a {kind} now.</source>
        <translation>«&#xa0;{title}&#xa0;» est maintenant de type {kind}.</translation>
    </message>
    <message>
        <source>“{title}” has new media: {new}.</source>
        <translation>«&#xa0;{title}&#xa0;» a un nouveau média&#xa0;: {new}.</translation>
    </message>
    <message>
        <source>The volume of “{title}” is {new} % now.</source>
        <translation>Le volume de «&#xa0;{title}&#xa0;» est maintenant de {new}&#xa0;%.</translation>
    </message>
    <message>
        <source>“{title}” was muted.</source>
        <translation>Le son de «&#xa0;{title}&#xa0;» a été coupé.</translation>
    </message>
    <message>
        <source>“{title}” can be heard again.</source>
        <translation>«&#xa0;{title}&#xa0;» s’entend de nouveau.</translation>
    </message>
    <message>
        <source>The fades of “{title}” were changed.</source>
        <translation>Les fondus de «&#xa0;{title}&#xa0;» ont été modifiés.</translation>
    </message>
    <message>
        <source>The captions of “{title}” were changed.</source>
        <translation>Les sous-titres de «&#xa0;{title}&#xa0;» ont été modifiés.</translation>
    </message>
    <message>
        <source>The picture of “{title}” was changed.</source>
        <translation>L’image de «&#xa0;{title}&#xa0;» a été modifiée.</translation>
    </message>
    <message>
        <source>The sound track of “{title}” was changed.</source>
        <translation>La piste son de «&#xa0;{title}&#xa0;» a été modifiée.</translation>
    </message>
    <message>
        <source>The pages of “{title}” or their times were changed.</source>
        <translation>Les pages de «&#xa0;{title}&#xa0;» ou leurs durées ont été modifiées.</translation>
    </message>
    <message>
        <source>The group of “{title}” was changed.</source>
        <translation>Le groupe de «&#xa0;{title}&#xa0;» a été modifié.</translation>
    </message>
    <message>
        <source>“{title}” belongs to another offer now.</source>
        <translation>«&#xa0;{title}&#xa0;» appartient désormais à une autre offre.</translation>
    </message>
    <message>
        <source>The text of “{title}” was changed.</source>
        <translation>Le texte de «&#xa0;{title}&#xa0;» a été modifié.</translation>
    </message>
    <message>
        <source>The button of “{title}” now says “{new}”.</source>
        <translation>Le bouton de «&#xa0;{title}&#xa0;» indique désormais «&#xa0;{new}&#xa0;».</translation>
    </message>
    <message>
        <source>The link of “{title}” is now {new}.</source>
        <translation>Le lien de «&#xa0;{title}&#xa0;» est désormais {new}.</translation>
    </message>
    <message>
        <source>The look of “{title}” was changed.</source>
        <translation>L’apparence de «&#xa0;{title}&#xa0;» a été modifiée.</translation>
    </message>
    <message>
        <source>The questions of “{title}” were changed.</source>
        <translation>Les questions de «&#xa0;{title}&#xa0;» ont été modifiées.</translation>
    </message>
    <message>
        <source>The webinar was renamed from “{old}” to “{new}”.</source>
        <translation>Le webinaire «&#xa0;{old}&#xa0;» a été renommé «&#xa0;{new}&#xa0;».</translation>
    </message>
    <message>
        <source>The description was changed.</source>
        <translation>La description a été modifiée.</translation>
    </message>
    <message>
        <source>The start is {new} instead of {old}.</source>
        <translation>Le début est {new} au lieu de {old}.</translation>
    </message>
    <message>
        <source>The time zone is {new} instead of {old}.</source>
        <translation>Le fuseau horaire est {new} au lieu de {old}.</translation>
    </message>
    <message>
        <source>Access is given until {new} instead of {old}.</source>
        <translation>L’accès est donné jusqu’à {new} au lieu de {old}.</translation>
    </message>
    <message>
        <source>The moderators are: {new} (before: {old}).</source>
        <translation>Les modérateurs sont&#xa0;: {new} (avant&#xa0;: {old}).</translation>
    </message>
    <message>
        <source>The price was changed.</source>
        <translation>Le prix a été modifié.</translation>
    </message>
    <message>
        <source>The language is {new} instead of {old}.</source>
        <translation>La langue est {new} au lieu de {old}.</translation>
    </message>
    <message>
        <source>The text of the waiting room was changed.</source>
        <translation>Le texte de la salle d’attente a été modifié.</translation>
    </message>
    <message>
        <source>The picture of the waiting room was changed.</source>
        <translation>L’image de la salle d’attente a été modifiée.</translation>
    </message>
    <message>
        <source>It now starts by itself at its time (automated).</source>
        <translation>Il démarre désormais de lui-même à l’heure prévue (automatisé).</translation>
    </message>
    <message>
        <source>It can now be watched at any time (on demand).</source>
        <translation>Il peut désormais être regardé à tout moment (à la demande).</translation>
    </message>
    <message>
        <source>The chat was turned off.</source>
        <translation>La discussion a été désactivée.</translation>
    </message>
    <message>
        <source>The chat is now moderated.</source>
        <translation>La discussion est désormais modérée.</translation>
    </message>
    <message>
        <source>Comments are now answered later.</source>
        <translation>Les commentaires reçoivent désormais une réponse plus tard.</translation>
    </message>
    <message>
        <source>Access is now free.</source>
        <translation>L’accès est désormais gratuit.</translation>
    </message>
    <message>
        <source>Access is now paid.</source>
        <translation>L’accès est désormais payant.</translation>
    </message>
    <message>
        <source>The programme was locked.</source>
        <translation>Le programme a été verrouillé.</translation>
    </message>
    <message>
        <source>The programme was unlocked.</source>
        <translation>Le programme a été déverrouillé.</translation>
    </message>
    <message>
        <source>The interactions were locked.</source>
        <translation>Les interactions ont été verrouillées.</translation>
    </message>
    <message>
        <source>The interactions were unlocked.</source>
        <translation>Les interactions ont été déverrouillées.</translation>
    </message>
    <message>
        <source>The marker “{title}” was added at {at_ms}.</source>
        <translation>Ajout du repère «&#xa0;{title}&#xa0;» à {at_ms}.</translation>
    </message>
    <message>
        <source>The marker “{title}” was removed from {at_ms}.</source>
        <translation>Retrait du repère «&#xa0;{title}&#xa0;», qui était à {at_ms}.</translation>
    </message>
    <message>
        <source>The marker “{title}” was moved from {from_ms} to {at_ms}.</source>
        <translation>Le repère «&#xa0;{title}&#xa0;» est passé de {from_ms} à {at_ms}.</translation>
    </message>
    <message>
        <source>The marker “{old}” was renamed “{title}”.</source>
        <translation>Le repère «&#xa0;{old}&#xa0;» a été renommé «&#xa0;{title}&#xa0;».</translation>
    </message>
    <message>
        <source>“{name}” was added to the media.</source>
        <translation>«&#xa0;{name}&#xa0;» a été ajouté aux médias.</translation>
    </message>
    <message>
        <source>“{name}” was removed from the media.</source>
        <translation>«&#xa0;{name}&#xa0;» a été retiré des médias.</translation>
    </message>
    <message>
        <source>The details of “{name}” were updated.</source>
        <translation>Les détails de «&#xa0;{name}&#xa0;» ont été mis à jour.</translation>
    </message>
    <message>
        <source>The subtitle files of “{name}” were changed.</source>
        <translation>Les fichiers de sous-titres de «&#xa0;{name}&#xa0;» ont été modifiés.</translation>
    </message>
    <message>
        <source>The server cannot write to “{path}”: {reason}. Check the folder, or choose another one with --data.</source>
        <translation>Le serveur ne peut pas écrire dans «&#xa0;{path}&#xa0;»&#xa0;: {reason}. Vérifiez le dossier, ou choisissez-en un autre avec --data.</translation>
    </message>
    <message>
        <source>The server&apos;s database “{path}” is damaged: {reason}. Restore a backup with matinee-host restore.</source>
        <translation>La base de données du serveur «&#xa0;{path}&#xa0;» est endommagée&#xa0;: {reason}. Restaurez une sauvegarde avec matinee-host restore.</translation>
    </message>
    <message>
        <source>“{path}” was written by a newer server. Update this one. Nothing was changed.</source>
        <translation>«&#xa0;{path}&#xa0;» a été écrit par un serveur plus récent. Mettez celui-ci à jour. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>The server is busy. Try again in a moment.</source>
        <translation>Le serveur est occupé. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The server&apos;s disk is full or failing. What was confirmed is saved. Tell the administrator of the server.</source>
        <translation>Le disque du serveur est plein ou défaillant. Ce qui a été confirmé est enregistré. Prévenez l’administrateur du serveur.</translation>
    </message>
    <message>
        <source>Something went wrong on the server. It is in the server&apos;s log. None of your data was lost.</source>
        <translation>Une erreur interne est survenue sur le serveur. Elle figure dans son journal. Aucune de vos données n’est perdue.</translation>
    </message>
    <message>
        <source>The server cannot listen on {host}, port {port}: {reason}. Choose another port with --port.</source>
        <translation>Le serveur ne peut pas écouter sur {host}, port {port}&#xa0;: {reason}. Choisissez un autre port avec --port.</translation>
    </message>
    <message>
        <source>There is no server data in “{path}”. Give its folder with --data.</source>
        <translation>Il n’y a pas de données de serveur dans «&#xa0;{path}&#xa0;». Indiquez son dossier avec --data.</translation>
    </message>
    <message>
        <source>There is no server data in “{path}”. Give its folder with --data, or add --create to begin there.</source>
        <translation>Il n’y a pas de données de serveur dans «&#xa0;{path}&#xa0;». Indiquez leur dossier avec --data, ou ajoutez --create pour commencer ici.</translation>
    </message>
    <message>
        <source>The server&apos;s database “{path}” is missing or empty, but media or backups are beside it. Restore a backup with matinee-host restore, or choose another folder with --data.</source>
        <translation>La base de données du serveur «&#xa0;{path}&#xa0;» manque ou est vide, alors que des médias ou des sauvegardes se trouvent à côté. Restaurez une sauvegarde avec matinee-host restore, ou choisissez un autre dossier avec --data.</translation>
    </message>
    <message>
        <source>A server is already running on “{path}”: process {pid}, since {since}. Stop it first, or choose another folder with --data.</source>
        <translation>Un serveur utilise déjà «&#xa0;{path}&#xa0;»&#xa0;: processus {pid}, depuis {since}. Arrêtez-le d’abord, ou choisissez un autre dossier avec --data.</translation>
    </message>
    <message>
        <source>The server&apos;s database “{path}” could not be migrated to this version: {reason}. Nothing was changed. If the disk is full, free some space; otherwise start the previous version. A backup is in “{backup}”.</source>
        <translation>La base de données du serveur «&#xa0;{path}&#xa0;» n’a pas pu être migrée vers cette version&#xa0;: {reason}. Rien n’a été modifié. Si le disque est plein, libérez de la place&#xa0;; sinon, démarrez la version précédente. Une sauvegarde se trouve dans «&#xa0;{backup}&#xa0;».</translation>
    </message>
    <message>
        <source>The settings in “{path}” cannot be read: {reason}.</source>
        <translation>Les réglages de «&#xa0;{path}&#xa0;» ne peuvent pas être lus&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>A setting is invalid: {reason}. Correct it and start again.</source>
        <translation>Un réglage n’est pas valide&#xa0;: {reason}. Corrigez-le et redémarrez.</translation>
    </message>
    <message>
        <source>The backup “{path}” could not be written: {reason}.</source>
        <translation>La sauvegarde «&#xa0;{path}&#xa0;» n’a pas pu être écrite&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” is not a backup that can be restored: {reason}. Nothing was changed.</source>
        <translation>«&#xa0;{path}&#xa0;» n’est pas une sauvegarde restaurable&#xa0;: {reason}. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>The server is running on “{path}”. Stop it, then restore. Nothing was changed.</source>
        <translation>Le serveur fonctionne sur «&#xa0;{path}&#xa0;». Arrêtez-le, puis restaurez. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>The e-mail address or the password is wrong.</source>
        <translation>L’adresse e-mail ou le mot de passe est incorrect.</translation>
    </message>
    <message>
        <source>You are no longer signed in. Sign in again.</source>
        <translation>Vous n’êtes plus connecté. Connectez-vous de nouveau.</translation>
    </message>
    <message>
        <source>This server has an owner already. Sign in instead.</source>
        <translation>Ce serveur a déjà un propriétaire. Connectez-vous plutôt.</translation>
    </message>
    <message>
        <source>This one-time link has been used. Restart the server for a new one.</source>
        <translation>Ce lien à usage unique a déjà servi. Redémarrez le serveur pour en obtenir un nouveau.</translation>
    </message>
    <message>
        <source>“{email}” is not an e-mail address, or it has an account already.</source>
        <translation>«&#xa0;{email}&#xa0;» n’est pas une adresse e-mail, ou elle a déjà un compte.</translation>
    </message>
    <message>
        <source>The password needs at least {least} characters.</source>
        <translation>Le mot de passe doit avoir au moins {least} caractères.</translation>
    </message>
    <message>
        <source>The server does not understand the request: {reason}.</source>
        <translation>Le serveur ne comprend pas la requête&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>There is nothing at this address.</source>
        <translation>Il n’y a rien à cette adresse.</translation>
    </message>
    <message>
        <source>This address does not support this method.</source>
        <translation>Cette adresse n’accepte pas cette méthode.</translation>
    </message>
    <message>
        <source>This is larger than the server accepts.</source>
        <translation>C’est plus volumineux que ce que le serveur accepte.</translation>
    </message>
    <message>
        <source>The request took too long and was stopped. Try again on a better connection.</source>
        <translation>La requête a pris trop de temps et a été interrompue. Réessayez avec une meilleure connexion.</translation>
    </message>
    <message>
        <source>The request&apos;s address or headers are too long.</source>
        <translation>L’adresse ou les en-têtes de la requête sont trop longs.</translation>
    </message>
    <message>
        <source>This type of content is not accepted.</source>
        <translation>Ce type de contenu n’est pas accepté.</translation>
    </message>
    <message>
        <source>This Matinee is newer than the server, which supports version {speaks}. Update the server.</source>
        <translation>Cette version de Matinee est plus récente que le serveur, qui prend en charge la version {speaks}. Mettez le serveur à jour.</translation>
    </message>
    <message>
        <source>The server refused the request: {reason}.</source>
        <translation>Le serveur a refusé la requête&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>There is no such webinar on the server.</source>
        <translation>Ce webinaire n’existe pas sur le serveur.</translation>
    </message>
    <message>
        <source>The server has a newer version of this webinar. Sync, then try again.</source>
        <translation>Le serveur a une version plus récente de ce webinaire. Synchronisez, puis réessayez.</translation>
    </message>
    <message>
        <source>The request does not say which revision it changes (If-Match).</source>
        <translation>La requête ne dit pas quelle révision elle modifie (If-Match).</translation>
    </message>
    <message>
        <source>This is the document of another webinar.</source>
        <translation>C’est le document d’un autre webinaire.</translation>
    </message>
    <message>
        <source>The server does not have the version that these changes are based on. Send the whole webinar.</source>
        <translation>Le serveur n’a pas la version sur laquelle ces changements sont fondés. Envoyez le webinaire entier.</translation>
    </message>
    <message>
        <source>The changes do not fit the version they are based on.</source>
        <translation>Les changements ne correspondent pas à la version sur laquelle ils sont fondés.</translation>
    </message>
    <message>
        <source>The changed webinar is larger than the server accepts.</source>
        <translation>Le webinaire modifié est plus volumineux que ce que le serveur accepte.</translation>
    </message>
    <message>
        <source>The changes arrived damaged. Sync again.</source>
        <translation>Les modifications sont arrivées abîmées. Synchronisez de nouveau.</translation>
    </message>
    <message>
        <source>There is no such version on the server. Sync, then try again.</source>
        <translation>Cette version n’existe pas sur le serveur. Synchronisez, puis réessayez.</translation>
    </message>
    <message>
        <source>The version arrived damaged. Sync again.</source>
        <translation>La version est arrivée endommagée. Synchronisez de nouveau.</translation>
    </message>
    <message>
        <source>The server has newer notes for this webinar. Sync, then try again.</source>
        <translation>Le serveur a des notes plus récentes pour ce webinaire. Synchronisez, puis réessayez.</translation>
    </message>
    <message>
        <source>This request was made before, with other content.</source>
        <translation>Cette requête a déjà été faite, avec un autre contenu.</translation>
    </message>
    <message>
        <source>There is no such upload. Start it again.</source>
        <translation>Cet envoi n’existe pas. Recommencez-le.</translation>
    </message>
    <message>
        <source>The upload is at byte {offset}. Continue from there.</source>
        <translation>L’envoi en est à l’octet {offset}. Continuez à partir de là.</translation>
    </message>
    <message>
        <source>More data arrived than the upload announced.</source>
        <translation>Plus de données sont arrivées que l’envoi n’en annonçait.</translation>
    </message>
    <message>
        <source>The file is larger than the server accepts ({most} bytes).</source>
        <translation>Le fichier est plus volumineux que ce que le serveur accepte ({most} octets).</translation>
    </message>
    <message>
        <source>There is no space left for this file ({quota} bytes in total). Delete webinars that you no longer need.</source>
        <translation>Il n’y a plus d’espace pour ce fichier ({quota} octets au total). Supprimez des webinaires dont vous n’avez plus besoin.</translation>
    </message>
    <message>
        <source>A part of the file arrived damaged and was discarded. Send it again.</source>
        <translation>Une partie du fichier est arrivée endommagée et a été rejetée. Renvoyez-la.</translation>
    </message>
    <message>
        <source>This file is already being sent, perhaps over a broken connection. Try again in a minute.</source>
        <translation>Ce fichier est déjà en cours d’envoi, peut-être par une connexion interrompue. Réessayez dans une minute.</translation>
    </message>
    <message>
        <source>The connection was lost during the upload. Continue where it stopped.</source>
        <translation>La connexion a été perdue pendant l’envoi. Reprenez là où il s’est arrêté.</translation>
    </message>
    <message>
        <source>The file arrived damaged and was discarded. Send it again.</source>
        <translation>Le fichier est arrivé endommagé et a été rejeté. Renvoyez-le.</translation>
    </message>
    <message>
        <source>The prepared files of “{name}” were damaged on this computer and were deleted. Try again: they are prepared anew.</source>
        <translation>Les fichiers préparés de «&#xa0;{name}&#xa0;» étaient endommagés sur cet ordinateur et ont été supprimés. Réessayez&#xa0;: ils seront préparés à nouveau.</translation>
    </message>
    <message>
        <source>The server supports tus 1.0.0 only.</source>
        <translation>Le serveur ne prend en charge que tus 1.0.0.</translation>
    </message>
    <message>
        <source>This media was prepared by a newer Matinee. Update the server.</source>
        <translation>Ce média a été préparé par une version plus récente de Matinee. Mettez le serveur à jour.</translation>
    </message>
    <message>
        <source>The prepared media is damaged. Prepare it again.</source>
        <translation>Le média préparé est endommagé. Préparez-le de nouveau.</translation>
    </message>
    <message>
        <source>Some files of the prepared media are not on the server yet.</source>
        <translation>Certains fichiers du média préparé ne sont pas encore sur le serveur.</translation>
    </message>
    <message>
        <source>This media has not been prepared and uploaded yet.</source>
        <translation>Ce média n’a pas encore été préparé et envoyé.</translation>
    </message>
    <message>
        <source>This file is not on the server.</source>
        <translation>Ce fichier n’est pas sur le serveur.</translation>
    </message>
    <message>
        <source>There is no such page here. Check the link.</source>
        <translation>Cette page n’existe pas. Vérifiez le lien.</translation>
    </message>
    <message>
        <source>There is nothing at this address. Enter the room again.</source>
        <translation>Il n’y a rien à cette adresse. Entrez de nouveau dans la salle.</translation>
    </message>
    <message>
        <source>This is not available yet. It appears when the event reaches it.</source>
        <translation>Ce n’est pas encore disponible. Cela apparaîtra au bon moment de l’événement.</translation>
    </message>
    <message>
        <source>The event is over and has no replay.</source>
        <translation>L’événement est terminé et n’a pas de rediffusion.</translation>
    </message>
    <message>
        <source>There is no such session.</source>
        <translation>Cette session n’existe pas.</translation>
    </message>
    <message>
        <source>The webinar is empty. Put something on its timeline, save, and publish again.</source>
        <translation>Le webinaire est vide. Placez quelque chose dans le montage, enregistrez, puis publiez de nouveau.</translation>
    </message>
    <message>
        <source>This webinar has no start. Set one in the webinar settings, then publish.</source>
        <translation>Ce webinaire n’a pas de date de début. Indiquez-la dans les paramètres du webinaire, puis publiez.</translation>
    </message>
    <message>
        <source>{start} does not exist in {zone}: the clocks go forward over it. Choose another time.</source>
        <translation>{start} n’existe pas à {zone}&#xa0;: on passe à l’heure d’été. Choisissez une autre heure.</translation>
    </message>
    <message>
        <source>{start} in {zone} is in the past. Choose a later start.</source>
        <translation>{start} ({zone}) est déjà passé. Choisissez un début ultérieur.</translation>
    </message>
    <message>
        <source>This session has begun and can no longer be rescheduled. End it, or take control of it.</source>
        <translation>Cette session a commencé et ne peut plus être déplacée. Terminez-la, ou prenez le contrôle.</translation>
    </message>
    <message>
        <source>This session was cancelled. Publish a new one.</source>
        <translation>Cette session a été annulée. Publiez-en une nouvelle.</translation>
    </message>
    <message>
        <source>This session is over. Publish a new one.</source>
        <translation>Cette session est terminée. Publiez-en une nouvelle.</translation>
    </message>
    <message>
        <source>Everybody watches this at their own time; it cannot be paused, skipped or ended for all.</source>
        <translation>Chacun regarde ceci à son heure&#x202f;; on ne peut ni mettre en pause, ni sauter, ni terminer pour tous.</translation>
    </message>
    <message>
        <source>Somebody else took control just before you. Check the session, then decide again.</source>
        <translation>Quelqu’un d’autre a pris le contrôle juste avant vous. Vérifiez l’état de la session, puis décidez de nouveau.</translation>
    </message>
    <message>
        <source>“{what}” needs a position or a length.</source>
        <translation>«&#xa0;{what}&#xa0;» demande une position ou une durée.</translation>
    </message>
    <message>
        <source>This version belongs to another webinar or kind of room. Choose a version of this webinar.</source>
        <translation>Cette version appartient à un autre webinaire ou à un autre type de salle. Choisissez une version de ce webinaire.</translation>
    </message>
    <message>
        <source>Some media of this version are not on the server yet. Upload them, then publish.</source>
        <translation>Certains médias de cette version ne sont pas encore sur le serveur. Envoyez-les, puis publiez.</translation>
    </message>
    <message>
        <source>A button cannot open “{link}”. Give it a web address (https://…), a mail address (mailto:…) or a telephone number (tel:…), save, and publish again.</source>
        <translation>Un bouton ne peut pas ouvrir «&#xa0;{link}&#xa0;». Indiquez une adresse web (https://…), une adresse e-mail (mailto:…) ou un numéro de téléphone (tel:…), enregistrez, puis publiez de nouveau.</translation>
    </message>
    <message>
        <source>This webinar has {feature}, which cannot be published yet: attendees could not get in. Change it in the webinar settings, or use a private test.</source>
        <translation>Ce webinaire prévoit {feature}, ce qui ne peut pas encore être publié&#xa0;: les participants ne pourraient pas entrer. Modifiez-le dans les paramètres du webinaire, ou lancez un essai privé.</translation>
    </message>
    <message>
        <source>The server does not know everything in this version: {unknown}. Update the server, or remove these parts from the webinar, save, and publish again.</source>
        <translation>Le serveur ne connaît pas tout ce que contient cette version&#xa0;: {unknown}. Mettez le serveur à jour, ou retirez ces éléments du webinaire, enregistrez et publiez de nouveau.</translation>
    </message>
    <message>
        <source>This server runs one event at a time, and {titles} is on then. Choose another time.</source>
        <translation>Ce serveur diffuse un événement à la fois, et {titles} a lieu à ce moment-là. Choisissez une autre heure.</translation>
    </message>
    <message>
        <source>Your plan allows {longest_ms} for a webinar; this one lasts {length_ms}. Shorten it.</source>
        <translation>Votre forfait autorise {longest_ms} par webinaire&#x202f;; celui-ci dure {length_ms}. Raccourcissez-le.</translation>
    </message>
    <message>
        <source>This version changes a part that has begun or begins within a minute. Change only what comes later.</source>
        <translation>Cette version modifie une partie qui a commencé ou commence dans moins d’une minute. Ne modifiez que la suite.</translation>
    </message>
    <message>
        <source>Too much has happened since you were last connected. Reload the page.</source>
        <translation>Trop de choses se sont passées depuis votre dernière connexion. Rechargez la page.</translation>
    </message>
    <message>
        <source>The server is shutting down. Try again in a moment.</source>
        <translation>Le serveur est en train de s’arrêter. Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>This link does not work. Check it with the person who sent it to you.</source>
        <translation>Ce lien ne fonctionne pas. Vérifiez-le auprès de la personne qui vous l’a envoyé.</translation>
    </message>
    <message>
        <source>You have not entered yet. Enter with your name first.</source>
        <translation>Vous n’êtes pas encore entré. Entrez d’abord votre nom.</translation>
    </message>
    <message>
        <source>Enter the name that the others will see.</source>
        <translation>Entrez le nom que les autres verront.</translation>
    </message>
    <message>
        <source>“{email}” is not an e-mail address. Enter one, so that you can get an answer.</source>
        <translation>«&#xa0;{email}&#xa0;» n’est pas une adresse e-mail. Entrez-en une pour recevoir une réponse.</translation>
    </message>
    <message>
        <source>You entered another session. Use the link of this one.</source>
        <translation>Vous êtes entré dans une autre session. Utilisez le lien de celle-ci.</translation>
    </message>
    <message>
        <source>This event is over.</source>
        <translation>Cet événement est terminé.</translation>
    </message>
    <message>
        <source>The room is closed to new attendees.</source>
        <translation>La salle n’accepte plus de nouveaux participants.</translation>
    </message>
    <message>
        <source>This event has to be paid for first.</source>
        <translation>Cet événement doit d’abord être payé.</translation>
    </message>
    <message>
        <source>You have already answered this; the first answer counts.</source>
        <translation>Vous avez déjà répondu&#x202f;; la première réponse compte.</translation>
    </message>
    <message>
        <source>This message has the id of another one. Send it again.</source>
        <translation>Ce message a l’identifiant d’un autre. Renvoyez-le.</translation>
    </message>
    <message>
        <source>“{address}” is not the address of a server. It begins with https:// (or http:// on this computer).</source>
        <translation>«&#xa0;{address}&#xa0;» n’est pas l’adresse d’un serveur. Elle commence par https:// (ou http:// sur cet ordinateur).</translation>
    </message>
    <message>
        <source>Can&apos;t connect to {address}. Your work is safe on this computer. Try again when you are online.</source>
        <translation>Connexion à {address} impossible. Votre travail est en sécurité sur cet ordinateur. Réessayez une fois en ligne.</translation>
    </message>
    <message>
        <source>The server {address} has a problem ({reason}). Try again in a moment.</source>
        <translation>Le serveur {address} a un problème ({reason}). Réessayez dans un instant.</translation>
    </message>
    <message>
        <source>{address} is not a Matinee server, or a newer one. Check the address.</source>
        <translation>{address} n’est pas un serveur Matinee, ou il est plus récent. Vérifiez l’adresse.</translation>
    </message>
    <message>
        <source>Save first: only saved versions go to the server.</source>
        <translation>Enregistrez d’abord&#xa0;: seules les versions enregistrées vont sur le serveur.</translation>
    </message>
    <message>
        <source>You are not connected to a server. Sign in to one, or host on this computer.</source>
        <translation>Vous n’êtes connecté à aucun serveur. Connectez-vous à un serveur, ou hébergez sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The server on this computer did not start: {reason}</source>
        <translation>Le serveur sur cet ordinateur n’a pas démarré&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>The server {address} was restored from a backup and may lack some of your versions. Nothing was sent. Compare to send what is missing; nothing is lost on either side.</source>
        <translation>Le serveur {address} a été restauré depuis une sauvegarde&#xa0;: certaines de vos versions peuvent lui manquer. Rien n’a été envoyé. Comparez pour envoyer ce qui manque&#x202f;; rien n’est perdu d’aucun côté.</translation>
    </message>
    <message>
        <source>“{title}” was deleted on the server. It is still on this computer: delete it here too, or save it to send it again.</source>
        <translation>«&#xa0;{title}&#xa0;» a été supprimé sur le serveur. Il est toujours sur cet ordinateur&#xa0;: supprimez-le ici aussi, ou enregistrez-le pour l’envoyer de nouveau.</translation>
    </message>
    <message>
        <source>“{title}” had been deleted on the server; your newer version restored it.</source>
        <translation>«&#xa0;{title}&#xa0;» avait été supprimé sur le serveur&#x202f;; votre version plus récente l’a rétabli.</translation>
    </message>
    <message>
        <source>You deleted “{title}”, but a colleague has changed it since. Restore it to see the changes.</source>
        <translation>Vous avez supprimé «&#xa0;{title}&#xa0;», mais un collègue l’a modifié depuis. Restaurez-le pour voir les changements.</translation>
    </message>
    <message>
        <source>In “{title}”, segments that one of you deleted and the other changed were kept: {count}.</source>
        <translation>Dans «&#xa0;{title}&#xa0;», des segments supprimés par l’un et modifiés par l’autre ont été conservés&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>A note of “{title}” is longer than {most} characters. Shorten it.</source>
        <translation>Une note de «&#xa0;{title}&#xa0;» dépasse {most} caractères. Raccourcissez-la.</translation>
    </message>
    <message>
        <source>This version was never sent to the server, and a later one was. Restore it, save, and publish the new version.</source>
        <translation>Cette version n’a jamais été envoyée au serveur, contrairement à une version ultérieure. Restaurez-la, enregistrez, puis publiez la nouvelle version.</translation>
    </message>
    <message>
        <source>The server on this computer is stopped. Start it, then try again.</source>
        <translation>Le serveur sur cet ordinateur est arrêté. Démarrez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>A preview copy of “{name}” is being downloaded from the server ({percent} %).</source>
        <translation>Une copie d’aperçu de «&#xa0;{name}&#xa0;» est en cours de téléchargement depuis le serveur ({percent}&#xa0;%).</translation>
    </message>
    <message>
        <source>The preview copy of “{name}” needs {need_mb} MB, and {free_mb} MB are free on this disk. Free some space, then download it again.</source>
        <translation>La copie d’aperçu de «&#xa0;{name}&#xa0;» demande {need_mb} Mo, et {free_mb} Mo sont libres sur ce disque. Libérez de l’espace, puis téléchargez-la de nouveau.</translation>
    </message>
    <message>
        <source>The preview copy of “{name}” arrived damaged and was deleted. Download it again, or relink the file.</source>
        <translation>La copie d’aperçu de «&#xa0;{name}&#xa0;» est arrivée endommagée et a été supprimée. Téléchargez-la de nouveau, ou reliez le fichier.</translation>
    </message>
    <message>
        <source>The key to the server on this computer is lost. Move the folder “{path}” away and start the server again: it starts empty.</source>
        <translation>La clé du serveur sur cet ordinateur est perdue. Déplacez le dossier «&#xa0;{path}&#xa0;» et redémarrez le serveur&#xa0;: il repart de zéro.</translation>
    </message>
    <message>
        <source>paid access</source>
        <translation>un accès payant</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Same as system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>The language of the window.</source>
        <translation>La langue de la fenêtre.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>The colors of the window.</source>
        <translation>Les couleurs de la fenêtre.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Length of a new image</source>
        <translation>Durée d’une nouvelle image</translation>
    </message>
    <message>
        <source>How long an image is shown when it is added to the timeline.</source>
        <translation>Durée d’affichage d’une image ajoutée au montage.</translation>
    </message>
    <message>
        <source>Length of a new page</source>
        <translation>Durée d’une nouvelle page</translation>
    </message>
    <message>
        <source>How long each page of a presentation is shown when it is added.</source>
        <translation>Durée d’affichage de chaque page d’une présentation ajoutée.</translation>
    </message>
    <message>
        <source>Length of a new call to action</source>
        <translation>Durée d’un nouvel appel à l’action</translation>
    </message>
    <message>
        <source>How long a call to action is shown when it is added.</source>
        <translation>Durée d’affichage d’un appel à l’action ajouté.</translation>
    </message>
    <message>
        <source>Length of a new survey</source>
        <translation>Durée d’une nouvelle enquête</translation>
    </message>
    <message>
        <source>How long a survey stays open when it is added.</source>
        <translation>Durée pendant laquelle une enquête ajoutée reste ouverte.</translation>
    </message>
    <message>
        <source>Freeze frame after a new video</source>
        <translation>Arrêt sur image après une nouvelle vidéo</translation>
    </message>
    <message>
        <source>The last frame stays on screen this long before the next segment begins, so that you can take control.</source>
        <translation>La dernière image reste affichée pendant cette durée avant le segment suivant, pour vous laisser le temps de prendre le contrôle.</translation>
    </message>
    <message>
        <source>Snap</source>
        <translation>Magnétisme</translation>
    </message>
    <message>
        <source>Whether segments snap to edges, markers and the playhead while they are dragged.</source>
        <translation>Aligne les segments que l’on fait glisser sur les bords, les repères et la tête de lecture.</translation>
    </message>
    <message>
        <source>Edit mode</source>
        <translation>Mode de montage</translation>
    </message>
    <message>
        <source>What happens when a segment is placed where another one lies.</source>
        <translation>Ce qui se passe quand un segment est placé là où il y en a déjà un.</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Insertion</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Écrasement</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>What the ruler above the timeline counts.</source>
        <translation>Ce que compte la règle au-dessus du montage.</translation>
    </message>
    <message>
        <source>From start</source>
        <translation>Depuis le début</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Preview volume</source>
        <translation>Volume de l’aperçu</translation>
    </message>
    <message>
        <source>The volume of the preview in percent; attendees do not hear it.</source>
        <translation>Le volume de l’aperçu en pour cent&#x202f;; il ne change rien pour les participants.</translation>
    </message>
    <message>
        <source>Ask for the length after adding a segment</source>
        <translation>Demander la durée après l’ajout d’un segment</translation>
    </message>
    <message>
        <source>Whether a small form asks how long an added segment lasts.</source>
        <translation>Un petit formulaire demande la durée du segment ajouté.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Forfait</translation>
    </message>
    <message>
        <source>On the free trial, an automated webinar lasts at most 15 minutes.</source>
        <translation>Avec l’essai gratuit, un webinaire automatisé dure au plus 15&#xa0;minutes.</translation>
    </message>
    <message>
        <source>Automated webinars</source>
        <translation>Webinaires automatisés</translation>
    </message>
    <message>
        <source>Free trial</source>
        <translation>Essai gratuit</translation>
    </message>
    <message>
        <source>Upload speed limit</source>
        <translation>Débit d’envoi maximal</translation>
    </message>
    <message>
        <source>Leaves bandwidth to others on a slow connection. The server on this computer is not limited.</source>
        <translation>Laisse de la bande passante aux autres sur une connexion lente. Le serveur sur cet ordinateur n’est pas limité.</translation>
    </message>
    <message>
        <source>Daily backups</source>
        <translation>Sauvegardes quotidiennes</translation>
    </message>
    <message>
        <source>How many daily backups of the library are kept.</source>
        <translation>Le nombre de sauvegardes quotidiennes de la bibliothèque qui sont conservées.</translation>
    </message>
    <message>
        <source>Tour seen</source>
        <translation>Visite guidée vue</translation>
    </message>
    <message>
        <source>Whether the tour of the window has been shown.</source>
        <translation>La visite guidée de la fenêtre a été montrée.</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>The keys of actions, where they are not the default ones.</source>
        <translation>Les touches des actions, quand ce ne sont pas celles d’origine.</translation>
    </message>
    <message>
        <source>Window layout</source>
        <translation>Disposition de la fenêtre</translation>
    </message>
    <message>
        <source>The size of the window and the arrangement of its panels.</source>
        <translation>La taille de la fenêtre et la disposition de ses volets.</translation>
    </message>
</context>
</TS>
